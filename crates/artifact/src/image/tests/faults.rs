//! Damaged layers: each a problem that says what it means, and everything before the damage kept.

use insta::assert_snapshot;
use testkit::digest::sha256;
use testkit::image::Image;
use testkit::layer::{Layer, Storage, gzip};
use testkit::tar::{Entry, Tar};

use super::{cached, opened};
use crate::recorder::Recorder;
use crate::{Limits, Options};

fn layer() -> Layer {
    Layer::files(&[("a", "1"), ("b", "2")])
}

fn check(layers: impl IntoIterator<Item = Layer>) -> String {
    check_with(layers, Limits::default())
}

fn check_with(layers: impl IntoIterator<Item = Layer>, limits: Limits) -> String {
    cached::tell(&Image::new(layers), &Recorder::all(), &Options { limits, ..Options::default() })
}

/// Digests of wrong things, for they differ from test to test.
fn without_digests(text: &str) -> String {
    let mut words = String::new();
    for line in text.lines() {
        let plain: Vec<&str> =
            line.split(' ').map(|word| if word.starts_with("sha256:") { "sha256:…" } else { word }).collect();
        words.push_str(&plain.join(" "));
        words.push('\n');
    }
    words
}

#[test]
fn every_way_of_storing_is_read() {
    let long = "x".repeat(100_000);
    for storage in [Storage::Plain, Storage::Gzip, Storage::Members(700), Storage::Zstd, Storage::Frames(700)] {
        let layer = Layer::files(&[("a", &long), ("b", "2")]).stored_as(storage);
        // The media type is not believed.
        let layer = layer.media_type("application/vnd.oci.image.layer.v1.tar+gzip");
        let artifact = opened(&Image::new([layer]), &Options::default());
        let recorder = Recorder::all();
        let walk = artifact.walk(&recorder, &model::Cancel::new());
        assert_eq!(walk.problems, [], "{storage:?}");
        assert_eq!(recorder.received.lock().expect("one thread")[0].1, long.as_bytes());
        assert_eq!((walk.files_seen, walk.files_read, walk.bytes_read), (2, 2, 100_001));
    }
}

#[test]
fn truncated() {
    let large =
        Layer::from_tar(Tar::new().entry(&Entry::file("a", "1")).entry(&Entry::file("b", noise(300_000))).finish());
    let cut = large.clone().stored_bytes(|bytes| bytes[..bytes.len() / 2].to_vec());
    assert_snapshot!(without_digests(&check([cut])), @r"
    /a layer 0: 1
    error truncated layer 0: the layer was not read to its end: it ends inside its gzip stream, after 158256 stored bytes; what came before is kept
    ");
    let cut = large.stored_as(Storage::Zstd).stored_bytes(|bytes| bytes[..bytes.len() / 2].to_vec());
    assert_snapshot!(without_digests(&check([cut, layer()])), @r"
    /a layer 0 (hidden by 1): 1
    /a layer 1: 1
    /b layer 1: 2
    error truncated layer 0: the layer was not read to its end: it ends inside its zstd stream, after 150825 stored bytes; what came before is kept
    ");
    let cut = Layer::from_tar(
        Tar::new().entry(&Entry::file("a", "1")).entry(&Entry::file("b", "22")).unfinished()[..1100].to_vec(),
    );
    assert_snapshot!(without_digests(&check([cut])), @r"
    /a layer 0: 1
    error truncated layer 0: the layer was not read to its end: the tar ends inside a header at byte 1100; what came before is kept
    ");
}

#[test]
fn truncated_at_every_byte() {
    let whole = Tar::new().entry(&Entry::file("a", "1")).entry(&Entry::file("b", "2")).finish();
    for length in 0..whole.len() {
        let text = check([Layer::from_tar(whole[..length].to_vec()).stored_as(Storage::Plain)]);
        let is_complete = length >= 1537 || length == 1024;
        let has_error = text.contains("error ");
        // At the end of a block, or inside padding, nothing is missing that a runtime would miss.
        assert!(is_complete || has_error || length == 0 || (513..=1024).contains(&length), "{length}: {text}");
        assert_eq!(text.contains("/a layer 0: 1"), length >= 513, "{length}: {text}");
    }
}

#[test]
fn gzip_truncated_at_every_byte() {
    let whole = layer();
    for length in 0..whole.stored().len() {
        let cut = whole.clone().stored_bytes(|bytes| bytes[..length].to_vec());
        assert!(check([cut]).contains("error "), "{length}");
    }
}

#[test]
fn damaged_inside() {
    let large =
        Layer::from_tar(Tar::new().entry(&Entry::file("a", "1")).entry(&Entry::file("b", noise(300_000))).finish());
    let flipped = large.stored_bytes(|mut bytes| {
        let middle = bytes.len() / 2;
        bytes[middle..middle + 64].fill(0xff);
        bytes
    });
    let text = check([flipped, layer()]);
    assert!(text.contains("/a layer 0 (hidden by 1): 1") && text.contains("/b layer 1: 2"), "{text}");
    assert!(text.contains("error compression layer 0"), "{text}");
}

#[test]
fn a_wrong_checksum_inside_gzip() {
    let wrong = layer().stored_bytes(|mut bytes| {
        let at = bytes.len() - 8;
        bytes[at] ^= 1;
        bytes
    });
    assert_snapshot!(check([wrong]), @r"
    /a layer 0: 1
    /b layer 0: 2
    error compression layer 0: the layer was not read to its end: its gzip stream is damaged near stored byte 123: the checksum of a member is wrong; what came before is kept
    ");
}

#[test]
fn bytes_after_the_gzip_stream() {
    assert_snapshot!(check([layer().stored_bytes(|bytes| [bytes.as_slice(), b"rubbish"].concat())]), @r"
    /a layer 0: 1
    /b layer 0: 2
    warning compression layer 0: 7 bytes after the layer's gzip stream were passed over
    ");
    let unverified =
        layer().claims_diff_id(sha256(b"other")).stored_bytes(|bytes| [bytes.as_slice(), &[0; 9]].concat());
    assert_snapshot!(without_digests(&check([unverified])), @r"
    /a layer 0: 1
    /b layer 0: 2
    error digest-mismatch layer 0: the layer has the diff id sha256:… where the configuration says sha256:…
    error compression layer 0: 9 bytes after the layer's gzip stream were passed over
    ");
}

#[test]
fn wrong_digests_and_sizes() {
    assert_snapshot!(check([layer().claims_digest(sha256(b"other"))]), @r"
    /a layer 0: 1
    /b layer 0: 2
    error digest-mismatch layer 0: the blob of the layer has the digest sha256:4ab49e9414743665480dc4b232b31a908ef1e61f393ce8e7873d425e6f6bf0a0 where the manifest says sha256:d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa
    ");
    assert_snapshot!(check([layer().claims_diff_id(sha256(b"other"))]), @r"
    /a layer 0: 1
    /b layer 0: 2
    error digest-mismatch layer 0: the layer has the diff id sha256:a3a9076e430d360b427553882b04876bf912aee66d64a0547166a09032c37441 where the configuration says sha256:d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa
    ");
    assert_snapshot!(check([layer().stored_as(Storage::Plain).claims_diff_id(sha256(b"other"))]), @r"
    /a layer 0: 1
    /b layer 0: 2
    error digest-mismatch layer 0: the layer has the diff id sha256:a3a9076e430d360b427553882b04876bf912aee66d64a0547166a09032c37441 where the configuration says sha256:d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa
    ");
    assert_snapshot!(check([layer().claims_size(7)]), @r"
    /a layer 0: 1
    /b layer 0: 2
    error size-mismatch layer 0: the blob of the layer has 123 bytes where the manifest says 7
    ");
}

#[test]
fn a_missing_blob() {
    assert_snapshot!(without_digests(&check([layer().missing(), Layer::files(&[("c", "3")])])), @r"
    /c layer 1: 3
    error manifest layer 0: the blob sha256:… of the layer is missing
    ");
}

#[test]
fn layers_nobody_can_read() {
    let of = |media_type: &str| check([layer().media_type(media_type), Layer::files(&[("c", "3")])]);
    assert_snapshot!(without_digests(&of("application/vnd.oci.image.layer.v1.tar+gzip+encrypted")), @r"
    /c layer 1: 3
    error unsupported layer 0: layer sha256:… is encrypted (`application/vnd.oci.image.layer.v1.tar+gzip+encrypted`); nothing of it was read
    ");
    assert_snapshot!(without_digests(&of("application/vnd.example.thing")), @r"
    /c layer 1: 3
    error unsupported layer 0: layer sha256:… is of the unknown type `application/vnd.example.thing`; nothing of it was read
    ");
    let foreign = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
    assert_snapshot!(without_digests(&check([layer().media_type(foreign).missing()])), @"error unsupported layer 0: layer sha256:… is foreign (`application/vnd.docker.image.rootfs.foreign.diff.tar.gzip`) and kept elsewhere; its addresses are not followed, but for images of registries with --foreign-layers");
    assert_snapshot!(of(foreign), @r"
    /a layer 0: 1
    /b layer 0: 2
    /c layer 1: 3
    ");
    let xz = layer().stored_bytes(|_| b"\xfd7zXZ\0\0\0".to_vec());
    assert_snapshot!(check([xz]), @"error unsupported layer 0: the layer was not read to its end: it is compressed with xz, which no container runtime reads; neither was it read here; what came before is kept");
    assert_snapshot!(check([layer().stored_bytes(|_| b"no tar at all".repeat(100))]), @r"
    error archive layer 0: the layer was not read to its end: the tar is damaged at byte 0: a header has a wrong checksum; what came before is kept
    error digest-mismatch layer 0: the layer has the diff id sha256:0d1ec95583fdcfbd5c0bc2fc53503f36bbbf46507deb8fbfee0e52b1e52f1e64 where the configuration says sha256:a3a9076e430d360b427553882b04876bf912aee66d64a0547166a09032c37441
    ");
    assert_snapshot!(check([layer().stored_bytes(|_| Vec::new())]), @"error digest-mismatch layer 0: the layer has the diff id sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 where the configuration says sha256:a3a9076e430d360b427553882b04876bf912aee66d64a0547166a09032c37441");
}

#[test]
fn limits_are_named() {
    let limits = Limits { layer_entries: 1, ..Limits::default() };
    assert_snapshot!(check_with([layer()], limits), @r"
    /a layer 0: 1
    error limit layer 0: the layer has more entries; the rest was not read (limit `layer_entries` is 1; `--limit layer_entries=N` raises it)
    ");
    let limits = Limits { layers: 1, ..Limits::default() };
    assert_snapshot!(check_with([layer(), layer()], limits), @r"
    /a layer 0: 1
    /b layer 0: 2
    error limit: the image has 2 layers; the upper ones were not read (limit `layers` is 1; `--limit layers=N` raises it)
    ");
    let limits = Limits { image_entries: 2, ..Limits::default() };
    assert_snapshot!(check_with([layer(), layer()], limits), @r"
    /a layer 0: 1
    error limit layer 0: the image has more files and folders; the rest was not read (limit `image_entries` is 2; `--limit image_entries=N` raises it)
    ");
    let limits = Limits { layer_bytes: 1000, ..Limits::default() };
    assert_snapshot!(check_with([layer()], limits), @"error limit layer 0: the layer was not read to its end: it holds more than 1000 uncompressed bytes (limit `layer_bytes` is 1000; `--limit layer_bytes=N` raises it); what came before is kept");
    let limits = Limits { image_bytes: 3000, ..Limits::default() };
    assert_snapshot!(check_with([layer(), layer()], limits), @r"
    error limit layer 0: the layer was not read to its end: it holds more than 3000 uncompressed bytes (limit `image_bytes` is 3000; `--limit image_bytes=N` raises it); what came before is kept
    error limit layer 1: the layer was not read to its end: it holds more than 0 uncompressed bytes (limit `image_bytes` is 3000; `--limit image_bytes=N` raises it); what came before is kept
    ");
    let limits = Limits { file_bytes: 0, ..Limits::default() };
    assert_snapshot!(check_with([layer()], limits), @r"
    error limit /a layer 0: file of 1 bytes was not read (limit `file_bytes` is 0; `--limit file_bytes=N` raises it)
    error limit /b layer 0: file of 1 bytes was not read (limit `file_bytes` is 0; `--limit file_bytes=N` raises it)
    skipped /a: file of 1 bytes was not read (limit `file_bytes` is 0; `--limit file_bytes=N` raises it)
    skipped /b: file of 1 bytes was not read (limit `file_bytes` is 0; `--limit file_bytes=N` raises it)
    ");
    let zeros = || Layer::files(&[("a", &"\0".repeat(4 << 20))]);
    let limits = Limits { ratio: 50, ratio_from: 1 << 20, ..Limits::default() };
    let text = check_with([zeros()], limits);
    assert!(text.contains("(limit `ratio` is 50; `--limit ratio=N` raises it)"), "{text}");
    let bomb = zeros().stored_as(Storage::Zstd);
    let limits = Limits { ratio_from: 1 << 20, ..Limits::default() };
    assert!(check_with([bomb], limits).contains("(limit `ratio` is 200; `--limit ratio=N` raises it)"));
}

#[test]
fn what_exceeds_the_held_back_bytes_is_still_delivered() {
    let limits = Limits { held_back_bytes: 0, ..Limits::default() };
    let twice = Layer::of(&[Entry::file("a", "1"), Entry::file("a", "2")]);
    assert_snapshot!(check_with([twice], limits), @r"
    /a layer 0: 1
    /a layer 0: 2
    warning archive /a layer 0: the file is written twice in its layer, and both contents were read; only the last counts for a runtime
    ");
}

#[test]
fn nothing_is_read_after_a_cancel() {
    let artifact = opened(&Image::new([layer()]), &Options::default());
    let cancel = model::Cancel::new();
    cancel.cancel();
    let recorder = Recorder::all();
    let walk = artifact.walk(&recorder, &cancel);
    assert_snapshot!(recorder.lines(&walk), @"error cancelled: the scan was stopped before all was read");
}

#[test]
fn a_cancel_in_the_only_layer_is_said() {
    struct Stopping(model::Cancel);
    impl crate::Sink for Stopping {
        fn interest(&self, _: &crate::FileMeta) -> crate::Interest {
            self.0.cancel();
            crate::Interest::Whole { limit: 1 << 30 }
        }

        fn interest_after_head(&self, _: &crate::FileMeta, _: &[u8]) -> crate::Interest {
            crate::Interest::Skip
        }

        fn content(&self, _: &crate::FileMeta, _: crate::FileBytes) {}
    }
    let large = Layer::from_tar(Tar::new().entry(&Entry::file("a", noise(3 << 20))).finish());
    let cancel = model::Cancel::new();
    let walk = opened(&Image::new([large]), &Options::default()).walk(&Stopping(cancel.clone()), &cancel);
    let kinds: Vec<_> = walk.problems.iter().map(|problem| problem.kind.name()).collect();
    assert_eq!(kinds, ["cancelled"]);
}

#[test]
fn a_member_with_all_optional_fields() {
    let tar = layer();
    let plain = gzip(tar.tar());
    let deflate = &plain[10..];
    let header = [0x1f, 0x8b, 8, 0b1_1110, 0, 0, 0, 0, 0, 3, 2, 0, b'x', b'y', b'n', 0, b'c', 0, 0, 0];
    let text = check([tar.stored_bytes(|_| [header.as_slice(), deflate].concat())]);
    assert!(!text.contains("compression"), "{text}");
}

/// Bytes that do not compress.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let next = std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as u8
    });
    next.take(length).collect()
}
