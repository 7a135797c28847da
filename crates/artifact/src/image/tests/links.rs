//! Hard links, and exact paths reached through symbolic ones.

use insta::assert_snapshot;
use testkit::tar::Entry;

use super::{tell, tell_with};
use crate::Limits;
use crate::recorder::Recorder;

fn file(path: &str, content: &str) -> Entry {
    Entry::file(path, content)
}

/// Wants this exact path, and no other by name.
fn exact(path: &'static str) -> Recorder {
    Recorder { exactly: vec![path], exact: vec![path], ..Recorder::default() }
}

fn check(path: &'static str, layers: &[&[Entry]]) -> String {
    tell_with(layers, &exact(path), Limits::default())
}

#[test]
fn hard_links_are_files() {
    assert_snapshot!(tell(&[&[file("a", "1"), Entry::hardlink("b", "a")], &[Entry::hardlink("d/c", "/a")]]), @r"
    /a layer 0: 1
    /b layer 0: 1
    /d/c layer 0: 1
    ");
}

#[test]
fn a_hard_link_outlives_its_first_name() {
    assert_snapshot!(tell(&[&[file("a", "1"), Entry::hardlink("b", "./a")], &[file(".wh.a", "")]]), @r"
    /a layer 0 (hidden by 1): 1
    /b layer 0: 1
    ");
}

#[test]
fn a_hard_link_in_a_later_layer_is_read_again() {
    let recorder = Recorder { endings: vec!["wanted"], ..Recorder::default() };
    let layers: &[&[Entry]] = &[&[file("x", "0"), file("plain", "1")], &[Entry::hardlink("wanted", "plain")]];
    assert_snapshot!(tell_with(layers, &recorder, Limits::default()), @"/wanted layer 0: 1");
}

#[test]
fn a_hard_link_to_what_is_not_there() {
    assert_snapshot!(tell(&[
        &[file("a", "1")],
        &[file(".wh.a", ""), Entry::hardlink("b", "a"), Entry::hardlink("c", "../../etc/shadow"), Entry::hardlink("d", "d")],
    ]), @r"
    /a layer 0 (hidden by 1): 1
    error link /b layer 1: a hard link leads to `a`, which is no file of this or a lower layer
    error link /c layer 1: a hard link leads to `../../etc/shadow`, which is no file of this or a lower layer
    error link /d layer 1: a hard link leads to `d`, which is no file of this or a lower layer
    ");
}

#[test]
fn executables_with_many_names_are_read_once() {
    let recorder = Recorder { magic: Some(b"\x7fELF"), ..Recorder::default() };
    let program = |name: &str, content: &str| file(name, content).mode(0o755);
    let layers: &[&[Entry]] = &[&[
        program("bin/a", "\x7fELF program"),
        Entry::hardlink("bin/b", "bin/a"),
        program("bin/c", "#!/bin/sh"),
        Entry::hardlink("bin/d", "bin/c"),
    ]];
    assert_snapshot!(tell_with(layers, &recorder, Limits::default()), @r"/bin/a layer 0: \u{7f}ELF program");
}

#[test]
fn usrmerge() {
    let link = Entry::symlink("lib", "usr/lib");
    assert_snapshot!(check("lib/apk/db/installed", &[&[link.clone(), file("usr/lib/apk/db/installed", "db")]]), @"/lib/apk/db/installed layer 0: db");
    assert_snapshot!(check("lib/apk/db/installed", &[&[file("usr/lib/apk/db/installed", "db"), link]]), @"/lib/apk/db/installed layer 0: db");
}

#[test]
fn a_file_below_a_linked_folder_goes_where_the_link_leads() {
    let layers: &[&[Entry]] = &[&[Entry::symlink("lib", "usr/lib"), file("usr/lib/x", "old")], &[file("lib/x", "new")]];
    assert_snapshot!(tell(layers), @r"
    /usr/lib/x layer 0 (hidden by 1): old
    /usr/lib/x layer 1: new
    ");
    let hidden: &[&[Entry]] =
        &[&[Entry::symlink("lib", "usr/lib"), file("usr/lib/x", "old")], &[file("lib/.wh.x", "")]];
    assert_snapshot!(tell(hidden), @"/usr/lib/x layer 0 (hidden by 1): old");
}

#[test]
fn a_database_behind_links_of_links() {
    assert_snapshot!(check("var/lib/dpkg/status", &[
        &[Entry::symlink("var/lib", "/data/lib"), Entry::symlink("data", "./real"), Entry::symlink("real/lib/dpkg", "../../db")],
        &[file("db/status", "Package: a")],
    ]), @"/var/lib/dpkg/status layer 1: Package: a");
}

#[test]
fn a_link_that_comes_in_a_later_layer() {
    assert_snapshot!(check("var/lib/dpkg/status", &[&[file("db/status", "Package: a")], &[Entry::symlink("var/lib/dpkg", "/db")]]), @"/var/lib/dpkg/status layer 0: Package: a");
}

#[test]
fn a_link_that_goes_takes_its_content_with_it() {
    assert_snapshot!(check("etc/os-release", &[
        &[Entry::symlink("etc/os-release", "../usr/lib/os"), file("usr/lib/os", "ID=a")],
        &[file("etc/.wh.os-release", "")],
    ]), @"/etc/os-release layer 0 (hidden by 1): ID=a");
    assert_snapshot!(check("etc/os-release", &[
        &[Entry::symlink("etc/os-release", "../usr/lib/os"), file("usr/lib/os", "ID=a")],
        &[file("etc/os-release", "ID=b")],
    ]), @r"
    /etc/os-release layer 0 (hidden by 1): ID=a
    /etc/os-release layer 1: ID=b
    ");
}

#[test]
fn a_file_replaced_by_a_link_is_gone() {
    assert_snapshot!(check("etc/os-release", &[
        &[file("etc/os-release", "ID=a"), file("usr/lib/os", "ID=b")],
        &[Entry::symlink("etc/os-release", "/usr/lib/os")],
    ]), @r"
    /etc/os-release layer 0: ID=a
    /etc/os-release layer 0: ID=b
    warning link /etc/os-release layer 0: a file that was replaced by a link and what the link leads to are of one layer; both were read
    ");
}

#[test]
fn what_was_delivered_under_its_own_name_is_not_delivered_again() {
    let recorder = Recorder { exact: vec!["etc/os-release"], ..Recorder::ending(&["os-release"]) };
    let layers: &[&[Entry]] =
        &[&[Entry::symlink("etc/os-release", "../usr/lib/os-release"), file("usr/lib/os-release", "ID=a")]];
    assert_snapshot!(tell_with(layers, &recorder, Limits::default()), @"/usr/lib/os-release layer 0: ID=a");
}

#[test]
fn an_exact_folder() {
    let recorder = Recorder { endings: vec![".list"], exact: vec!["var/lib/dpkg/info"], ..Recorder::default() };
    let layers: &[&[Entry]] =
        &[&[file("db/info/a.list", "1"), file("db/info/b.md5", "2")], &[Entry::symlink("var/lib/dpkg", "/db")]];
    assert_snapshot!(tell_with(layers, &recorder, Limits::default()), @"/db/info/a.list layer 0: 1");
    let by_folder =
        Recorder { endings: vec!["dpkg/info/a.md5"], exact: vec!["var/lib/dpkg/info"], ..Recorder::default() };
    let layers: &[&[Entry]] = &[&[Entry::symlink("var/lib/dpkg", "/db")], &[file("db/info/a.md5", "1")]];
    assert_snapshot!(tell_with(layers, &by_folder, Limits::default()), @"/var/lib/dpkg/info/a.md5 layer 1: 1");
}

#[test]
fn links_cannot_leave_the_image() {
    assert_snapshot!(check("etc/passwd", &[&[Entry::symlink("etc/passwd", "../../../../../etc/host"), file("etc/host", "inside")]]), @"/etc/passwd layer 0: inside");
}

#[test]
fn links_in_circles() {
    let circle: &[&[Entry]] = &[&[Entry::symlink("a", "b"), Entry::symlink("b", "a"), file("a/x", "1")]];
    assert_snapshot!(check("a/x", circle), @r"
    error limit /a/x layer 0: its folders are links without end; it was not read (limit `link_hops` is 40; `--limit link_hops=N` raises it)
    error limit /a/x: its links lead in circles; nothing can be read there (limit `link_hops` is 40; `--limit link_hops=N` raises it)
    ");
    let itself: &[&[Entry]] = &[&[Entry::symlink("a", "a"), Entry::symlink("c", "c/../c/d")]];
    assert_snapshot!(check("c", itself), @"error limit /c: its links lead in circles; nothing can be read there (limit `link_hops` is 40; `--limit link_hops=N` raises it)");
}

#[test]
fn a_chain_of_links_as_long_as_allowed() {
    let chain = |length: usize| -> Vec<Entry> {
        let links = (0..length).map(|at| Entry::symlink(format!("l{at}"), format!("l{}", at + 1)));
        links.chain([file(&format!("l{length}"), "end")]).collect()
    };
    assert_snapshot!(check("l0", &[&chain(40)]), @"/l0 layer 0: end");
    assert_snapshot!(check("l0", &[&chain(41)]), @"error limit /l0: its links lead in circles; nothing can be read there (limit `link_hops` is 40; `--limit link_hops=N` raises it)");
}
