//! Layers made to hurt or to fool.

use std::time::{Duration, Instant};

use insta::assert_snapshot;
use testkit::image::Image;
use testkit::layer::{Layer, Storage};
use testkit::tar::{Entry, Tar};

use super::{opened, tell, tell_tar, tell_with};
use crate::recorder::Recorder;
use crate::{Limits, Options};

fn file(path: &str, content: &str) -> Entry {
    Entry::file(path, content)
}

#[test]
fn paths_that_escape() {
    assert_snapshot!(tell(&[&[
        file("../../etc/passwd", "1"),
        file("a/../../b", "2"),
        file("", "3"),
        file("..", "4"),
        file("x/.wh..", "5"),
        file("x/.wh...", "6"),
        file("x/.wh.", "7"),
        file("fine", "8"),
    ]]), @r"
    /fine layer 0: 8
    error path layer 0: `../../etc/passwd` was not read: path leads above the root (byte 0 of the layer's tar)
    error path layer 0: `a/../../b` was not read: path leads above the root (byte 1024 of the layer's tar)
    error path layer 0: `` was not read: path is empty (byte 2048 of the layer's tar)
    error path layer 0: `..` was not read: path leads above the root (byte 3072 of the layer's tar)
    error path /x/.wh.. layer 0: a whiteout names no file; it was passed over
    error path /x/.wh... layer 0: a whiteout names no file; it was passed over
    error path /x/.wh. layer 0: a whiteout names no file; it was passed over
    ");
}

#[test]
fn a_path_longer_than_any_system_takes() {
    let text = tell(&[&[file(&"d/".repeat(3000), "1"), file("fine", "2")]]);
    assert!(text.contains("/fine layer 0: 2") && text.contains("path is longer than 4096 bytes"), "{text}");
}

#[test]
fn a_link_longer_than_any_system_takes() {
    let text = tell(&[&[Entry::symlink("a", "x".repeat(5000)), file("fine", "2")]]);
    assert!(text.contains("a symbolic link leads to a path longer"), "{text}");
}

#[test]
fn two_sizes_for_one_file() {
    // Who believes the header sees another file in the content; runtimes believe the record.
    let smuggled = Tar::new().entry(&file("hidden", "evil")).unfinished();
    let cover = file("cover", "").content(smuggled).record("size", "1024").claims(0);
    let text = tell_tar(Tar::new().entry(&cover).entry(&file("after", "2")));
    assert!(text.starts_with("/cover layer 0: hidden") && text.ends_with("/after layer 0: 2\n"), "{text}");
    let cover = file("cover", &"x".repeat(1024)).record("size", "1024").claims(512);
    let text = tell_tar(Tar::new().entry(&cover).entry(&file("after", "2")));
    assert!(text.contains("header and pax record give different sizes, 512 and 1024"), "{text}");
    assert!(text.contains("/after layer 0: 2"), "{text}");
}

#[test]
fn two_names_for_one_file() {
    let long = Entry::of_kind(b'L', "././@LongLink").gnu().content("gnu-name\0");
    let tar = Tar::new().entry(&long).entry(&file("header-name", "1").record("path", "pax-name"));
    assert_snapshot!(tell_tar(tar), @r"
    /gnu-name layer 0: 1
    error archive /gnu-name layer 0: a GNU long name and a pax record name an entry differently (byte 2048 of the layer's tar)
    ");
}

#[test]
fn a_global_header_that_renames() {
    let global = Entry::of_kind(b'g', "g").content(testkit::tar::pax_record("path", b"elsewhere"));
    assert_snapshot!(tell_tar(Tar::new().entry(&global).entry(&file("a", "1"))), @r"
    /a layer 0: 1
    error archive /a layer 0: a global header names or sizes further entries; runtimes pass over it, others obey (byte 0 of the layer's tar)
    ");
    let harmless = Entry::of_kind(b'g', "g").content(testkit::tar::pax_record("comment", b"0123456789"));
    assert_snapshot!(tell_tar(Tar::new().entry(&harmless).entry(&file("a", "1"))), @"/a layer 0: 1");
}

#[test]
fn records_that_lie_about_their_length() {
    let lying = Entry::of_kind(b'x', "x").content("99 path=b\n");
    assert_snapshot!(tell_tar(Tar::new().entry(&file("a", "1")).entry(&lying).entry(&file("c", "2"))), @r"
    /a layer 0: 1
    error archive layer 0: the layer was not read to its end: the tar is damaged at byte 1024: a pax record does not have the length it claims; what came before is kept
    ");
}

#[test]
fn a_long_name_beyond_the_limit() {
    let claims = Entry::of_kind(b'L', "././@LongLink").gnu().claims(1 << 40);
    assert_snapshot!(tell_tar(Tar::new().entry(&file("a", "1")).entry(&claims)), @r"
    /a layer 0: 1
    error limit layer 0: the layer was not read to its end: a header at byte 1024 claims 1099511627776 bytes (limit `tar_header_bytes` is 1048576; `--limit tar_header_bytes=N` raises it); what came before is kept
    ");
}

#[test]
fn sizes_that_cannot_be() {
    assert_snapshot!(tell_tar(Tar::new().entry(&file("a", "1")).entry(&file("b", "").claims(1 << 62))), @r"
    /a layer 0: 1
    error limit /b layer 0: file of 4611686018427387904 bytes was not read (limit `size of files of its kind` is 1048576)
    error truncated layer 0: the layer was not read to its end: the tar ends inside the content of a file at byte 2560; what came before is kept
    skipped /b: file of 4611686018427387904 bytes was not read (limit `size of files of its kind` is 1048576)
    ");
}

#[test]
fn a_lone_empty_block() {
    assert_snapshot!(tell_tar(Tar::new().entry(&file("a", "1")).raw(&[0; 512]).entry(&file("b", "2"))), @r"
    /a layer 0: 1
    /b layer 0: 2
    error archive /b layer 0: a single empty block does not end the tar; some readers stop here, runtimes refuse (byte 1536 of the layer's tar)
    ");
}

#[test]
fn an_archive_behind_the_end() {
    let hidden = Tar::new().entry(&file("b", "2")).finish();
    let tar = Tar::new().entry(&file("a", "1")).raw(&[0; 1024]).raw(&hidden);
    assert_snapshot!(tell_tar(tar), @r"
    /a layer 0: 1
    warning archive layer 0: bytes follow the end of the layer's tar; no runtime reads them, some tools do
    ");
}

#[test]
fn a_header_in_disorder() {
    let mut broken = Tar::new().entry(&file("b", "2")).unfinished();
    broken[0] = b'X';
    let tar = Tar::new().entry(&file("a", "1")).raw(&broken).entry(&file("c", "3"));
    assert_snapshot!(tell_tar(tar), @r"
    /a layer 0: 1
    error archive layer 0: the layer was not read to its end: the tar is damaged at byte 1024: a header has a wrong checksum; what came before is kept
    ");
}

#[test]
fn a_link_with_content_and_a_file_that_is_a_folder() {
    let tar = Tar::new().entry(&file("a", "1")).entry(&Entry::hardlink("b", "a").claims(5)).entry(&file("c/", "3"));
    assert_snapshot!(tell_tar(tar), @r"
    /a layer 0: 1
    /b layer 0: 1
    /c layer 0: 3
    error archive /b layer 0: an entry without content claims 5 bytes (byte 1024 of the layer's tar)
    error archive /c layer 0: a file's name ends in `/`; some readers make a folder of it (byte 1536 of the layer's tar)
    ");
}

#[test]
fn a_sparse_file_of_a_terabyte_costs_nothing() {
    let sparse = file("huge", "").record("GNU.sparse.major", "0").record("GNU.sparse.minor", "1");
    let sparse = sparse.record("GNU.sparse.size", "1099511627776").record("GNU.sparse.map", "0,0");
    let text = tell_tar(Tar::new().entry(&sparse).entry(&file("a", "1")));
    assert!(text.contains("file of 1099511627776 bytes was not read") && text.contains("/a layer 0: 1"), "{text}");
}

#[test]
fn a_database_of_four_gibibytes() {
    // Whoever wants it takes 64 MiB at most, as the package databases do.
    let sparse = file("var/lib/dpkg/status", "").record("GNU.sparse.major", "0").record("GNU.sparse.minor", "1");
    let sparse = sparse.record("GNU.sparse.size", "4294967296");
    let sparse = sparse.record("GNU.sparse.map", "0,0");
    let recorder = Recorder { exactly: vec!["var/lib/dpkg/status"], limit: 64 << 20, ..Recorder::default() };
    let layers = Image::new([Layer::from_tar(Tar::new().entry(&sparse).finish())]);
    let text = within(Duration::from_secs(10), || recorder.tell(&opened(&layers, &Options::default())));
    assert!(text.contains("file of 4294967296 bytes was not read"), "{text}");
    // The same bytes in full, compressed to a few: the layer is given up long before they end.
    let bomb = Layer::files(&[("var/lib/dpkg/status", &"\0".repeat(64 << 20))]).stored_as(Storage::Zstd);
    let limits = Limits { ratio_from: 1 << 20, ..Limits::default() };
    let text = recorder.tell(&opened(&Image::new([bomb]), &Options { limits, ..Options::default() }));
    assert!(text.contains("limit `ratio` is 200"), "{text}");
}

#[test]
fn a_hundred_thousand_files() {
    let files: Vec<Entry> = (0..100_000).map(|at| file(&format!("d/{}/{at}", at % 100), "x")).collect();
    let nobody = Recorder::default();
    assert_eq!(within(Duration::from_secs(30), || tell_with(&[&files], &nobody, Limits::default())), "");
    let few = Limits { image_entries: 50_000, ..Limits::default() };
    let text = tell_with(&[&files], &nobody, few);
    assert!(text.contains("limit `image_entries` is 50000"), "{text}");
}

/// What must not take long: a second is a hundred times what it takes.
fn within(limit: Duration, work: impl FnOnce() -> String) -> String {
    let start = Instant::now();
    let text = work();
    assert!(start.elapsed() < limit, "took {:?}", start.elapsed());
    text
}

#[test]
fn many_whiteouts_in_a_large_folder() {
    let files: Vec<Entry> = (0..20_000).map(|at| file(&format!("d/{at}"), "")).collect();
    let whiteouts: Vec<Entry> = (0..20_000).map(|at| file(&format!("d/.wh.{at}"), "")).collect();
    let opaque = vec![file("d/.wh..wh..opq", ""); 20_000];
    let again: Vec<Entry> = files.iter().flat_map(|entry| [entry.clone(), file("d/.wh..wh..opq", "")]).collect();
    let nobody = Recorder::default();
    let text = within(Duration::from_secs(30), || {
        tell_with(&[&files, &whiteouts, &files, &opaque, &again], &nobody, Limits::default())
    });
    assert_eq!(text, "");
}

#[test]
fn many_links_in_the_way_of_exact_paths() {
    let mut entries: Vec<Entry> = Vec::new();
    for at in 0..10_000 {
        entries.push(Entry::symlink("var/lib", if at % 2 == 0 { "/a" } else { "/b" }));
        entries.push(file(&format!("f/{at}"), ""));
    }
    let recorder = Recorder { exact: vec!["var/lib/dpkg/status"; 1], ..Recorder::default() };
    within(Duration::from_secs(30), || tell_with(&[&entries], &recorder, Limits::default()));
}

#[test]
fn ten_thousand_layers() {
    let image = Image::new(vec![Layer::files(&[("a", "1")]); 10_000]);
    let artifact = opened(&image, &Options::default());
    assert_eq!(artifact.layers().len(), 1000);
    let text = within(Duration::from_secs(60), || Recorder::default().tell(&artifact));
    assert!(text.contains("(limit `layers` is 1000; `--limit layers=N` raises it)"), "{text}");
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_as_a_layer(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
            let image = Image::new([Layer::files(&[("a", "1")]).stored_bytes(|_| bytes), Layer::files(&[("b", "2")])]);
            let text = Recorder::all().tell(&opened(&image, &Options::default()));
            prop_assert!(text.contains("/b layer 1: 2"));
            prop_assert!(text.contains("error "));
        }

        #[test]
        fn a_damaged_tar(at in 0_usize..4096, byte in any::<u8>()) {
            let mut tar = Tar::new()
                .entry(&file("first", "1"))
                .entry(&file(&"long/".repeat(40), "2").gnu())
                .entry(&file("s", "3").record("path", "other"))
                .finish();
            let length = tar.len();
            tar[at % length] = byte;
            tell_tar(Tar::new().raw(&tar));
        }

        #[test]
        fn any_bytes_as_an_archive(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            let _ = crate::open_bytes("x", bytes, &Options::default());
        }

        #[test]
        fn a_damaged_archive(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            for mut bytes in [Image::new([Layer::files(&[("a", "1")])]).oci_archive(), Image::new([Layer::files(&[("a", "1")])]).hybrid_archive()] {
                let at = at.index(bytes.len());
                bytes[at] = byte;
                if let Ok(artifact) = crate::open_bytes("x", bytes, &Options::default()) {
                    Recorder::all().tell(&artifact);
                }
            }
        }
    }
}
