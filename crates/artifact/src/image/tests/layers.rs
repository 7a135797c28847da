//! What later layers do to earlier ones.

use insta::assert_snapshot;
use model::Cancel;
use testkit::image::Image;
use testkit::layer::{Layer, Storage};
use testkit::tar::Entry;

use super::{opened, tell};
use crate::Options;
use crate::recorder::Recorder;

fn file(path: &str, content: &str) -> Entry {
    Entry::file(path, content)
}

#[test]
fn the_last_writer_counts() {
    assert_snapshot!(tell(&[&[file("a", "old"), file("b", "kept")], &[file("./a", "new")]]), @r"
    /a layer 0 (hidden by 1): old
    /b layer 0: kept
    /a layer 1: new
    ");
}

#[test]
fn whiteouts_hide_what_is_below() {
    assert_snapshot!(tell(&[
        &[file("a", "1"), file("d/e/f", "2"), file("d/g", "3")],
        &[file(".wh.a", ""), file("d/.wh.e", "")],
        &[file("a", "again")],
    ]), @r"
    /a layer 0 (hidden by 2): 1
    /d/e/f layer 0 (hidden by 1): 2
    /d/g layer 0: 3
    /a layer 2: again
    ");
}

#[test]
fn a_whiteout_of_nothing_is_nothing() {
    assert_snapshot!(tell(&[&[file("a", "1")], &[file(".wh.never", ""), file("no/such/.wh.folder", "")]]), @"/a layer 0: 1");
}

#[test]
fn a_whiteout_spares_its_own_layer_in_any_order() {
    assert_snapshot!(tell(&[
        &[file("a", "old"), file("b", "old"), file("d/x", "old")],
        &[file(".wh.a", ""), file("a", "new"), file("b", "new"), file(".wh.b", ""), file("d/y", "new"), file(".wh.d", "")],
    ]), @r"
    /a layer 0 (hidden by 1): old
    /b layer 0 (hidden by 1): old
    /d/x layer 0 (hidden by 1): old
    /a layer 1: new
    /b layer 1: new
    /d/y layer 1: new
    ");
}

#[test]
fn opaque_folders_spare_their_own_layer_in_any_order() {
    assert_snapshot!(tell(&[
        &[file("d/a", "old"), file("d/s/b", "old"), file("e/a", "old")],
        &[file("d/.wh..wh..opq", ""), file("d/c", "new"), file("e/c", "new"), file("e/.wh..wh..opq", "")],
    ]), @r"
    /d/a layer 0 (hidden by 1): old
    /d/s/b layer 0 (hidden by 1): old
    /e/a layer 0 (hidden by 1): old
    /d/c layer 1: new
    /e/c layer 1: new
    ");
}

#[test]
fn an_opaque_root_hides_everything_below() {
    assert_snapshot!(tell(&[&[file("a", "old"), file("d/b", "old")], &[file(".wh..wh..opq", ""), file("c", "new")]]), @r"
    /a layer 0 (hidden by 1): old
    /d/b layer 0 (hidden by 1): old
    /c layer 1: new
    ");
}

#[test]
fn a_folder_becomes_a_file_and_a_file_a_folder() {
    assert_snapshot!(tell(&[
        &[file("d/a", "1"), file("f", "2")],
        &[file("d", "now a file"), file("f/b", "now a folder")],
        &[Entry::folder("d"), file("d/c", "a folder again")],
    ]), @r"
    /d/a layer 0 (hidden by 1): 1
    /f layer 0 (hidden by 1): 2
    /d layer 1 (hidden by 2): now a file
    /f/b layer 1: now a folder
    /d/c layer 2: a folder again
    ");
}

#[test]
fn a_folder_written_again_keeps_what_is_in_it() {
    assert_snapshot!(tell(&[&[file("d/a", "1")], &[Entry::folder("d")]]), @"/d/a layer 0: 1");
}

#[test]
fn of_a_path_written_twice_in_a_layer_the_last_counts() {
    assert_snapshot!(tell(&[&[
        file("a", "first"),
        file("./a", "second"),
        file("b", "first"),
        Entry::symlink("b", "a"),
        file("d/x", "first"),
        file("d", "second"),
    ]]), @r"
    /a layer 0: second
    /d layer 0: second
    ");
}

#[test]
fn names_are_made_plain() {
    assert_snapshot!(tell(&[&[file("./a", "1"), file("/b", "2"), file("c//d", "3"), file("e/../f", "4")]]), @r"
    /a layer 0: 1
    /b layer 0: 2
    /c/d layer 0: 3
    /f layer 0: 4
    ");
}

#[test]
fn names_of_a_storage_driver_are_passed_over() {
    assert_snapshot!(tell(&[&[file("a", "1")], &[file(".wh..wh.plnk/12.34", "x"), file(".wh..wh.aufs", "")]]), @"/a layer 0: 1");
}

#[test]
fn devices_and_pipes_hide_and_hold_nothing() {
    assert_snapshot!(tell(&[
        &[file("a", "1"), file("b", "2")],
        &[Entry::of_kind(b'3', "a"), Entry::of_kind(b'6', "b"), Entry::of_kind(b'4', "c")],
    ]), @r"
    /a layer 0 (hidden by 1): 1
    /b layer 0 (hidden by 1): 2
    ");
}

#[test]
fn names_may_hold_anything() {
    assert_snapshot!(tell(&[&[
        Entry::file(b"a\xff", "1"),
        file("\u{1b}[2J", "2"),
        file(&"n".repeat(200), "3"),
        file("a\nb", "4"),
    ]]), @r"
    /a\xff layer 0: 1
    /\x1b[2J layer 0: 2
    /nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn layer 0: 3
    /a\x0ab layer 0: 4
    ");
}

/// Programs of a MiB stay in the chunks they came in, however their layer is stored.
#[test]
fn a_large_program_is_what_its_layer_holds() {
    let code: String = (0..(1 << 20) - 4).map(|at| char::from(b' ' + (at * 7 % 89) as u8)).collect();
    let program = format!("\x7fELF{code}");
    let large = Entry::file("bin/large", &program).mode(0o755);
    let small = Entry::file("bin/small", "\x7fELF small").mode(0o755);
    let other = Entry::file("etc/other", "x".repeat(70_001));
    let layer = |storage| Layer::of(&[other.clone(), large.clone(), small.clone()]).stored_as(storage);
    for storage in [Storage::Plain, Storage::Gzip, Storage::Zstd] {
        let recorder = Recorder { magic: Some(b"\x7fELF"), ..Recorder::default() };
        let image = Image::new([layer(storage)]);
        let walk = opened(&image, &Options::default()).walk(&recorder, &Cancel::new());
        assert!(walk.problems.is_empty(), "{:?}", walk.problems);
        let received = recorder.received.into_inner().expect("no test panics here");
        let of = |name: &str| {
            received.iter().find(|(origin, _)| origin.path.to_string() == name).map(|(_, bytes)| bytes.as_slice())
        };
        assert!(of("/bin/large") == Some(program.as_bytes()), "it came otherwise");
        assert_eq!(of("/bin/small"), Some(b"\x7fELF small".as_slice()));
    }
}
