//! Unpacked root file systems.

#![cfg(unix)]

use insta::assert_snapshot;
use model::TargetKind;
use testkit::scratch::Scratch;

use super::tell_as;
use crate::recorder::Recorder;
use crate::{Options, Source, detect, open};

fn check(scratch: &Scratch, path: &'static str) -> String {
    let recorder = Recorder { exactly: vec![path], exact: vec![path], ..Recorder::default() };
    tell_as(&Source::Rootfs(scratch.path().to_owned()), &recorder, &Options::default())
}

#[test]
fn told_by_its_content() {
    let scratch = Scratch::with(&[("usr/lib/os-release", "ID=debian")]);
    scratch.symlink("etc/os-release", "/usr/lib/os-release");
    let source = detect(scratch.path()).expect("it is there");
    assert_eq!(source, Source::Rootfs(scratch.path().to_owned()));
    let artifact = open(&source, &Options::default()).expect("a root");
    assert_eq!(artifact.kind(), TargetKind::Rootfs);
    assert_eq!(
        detect(Scratch::with(&[("usr/x", "")]).path()).map(|source| matches!(source, Source::Directory(_))).ok(),
        Some(true)
    );
}

#[test]
fn absolute_links_lead_from_the_root() {
    let scratch = Scratch::with(&[("data/db/status", "Package: a")]);
    scratch.symlink("var/lib/dpkg", "/data/db");
    assert_snapshot!(check(&scratch, "var/lib/dpkg/status"), @"/var/lib/dpkg/status: Package: a");
}

#[test]
fn links_cannot_leave_the_root() {
    let scratch = Scratch::with(&[("etc/passwd", "inside")]);
    scratch.symlink("var/lib/dpkg/status", "../../../../../../../../etc/passwd");
    assert_snapshot!(check(&scratch, "var/lib/dpkg/status"), @"/var/lib/dpkg/status: inside");
    scratch.symlink("lib", "/no/such/place");
    assert_snapshot!(check(&scratch, "lib/apk/db/installed"), @"");
}

#[test]
fn links_in_circles() {
    let scratch = Scratch::new();
    scratch.symlink("a", "b");
    scratch.symlink("b", "/a");
    assert_snapshot!(check(&scratch, "a/x"), @"error limit /a/x: its links lead in circles; nothing can be read there (limit `link_hops` is 40; `--limit link_hops=N` raises it)");
}

#[test]
fn what_was_delivered_is_not_delivered_again() {
    let scratch = Scratch::with(&[("usr/lib/os-release", "ID=debian")]);
    scratch.symlink("etc/os-release", "../usr/lib/os-release");
    let paths = vec!["etc/os-release", "usr/lib/os-release"];
    let recorder = Recorder { exactly: paths.clone(), exact: paths, ..Recorder::default() };
    assert_snapshot!(tell_as(&Source::Rootfs(scratch.path().to_owned()), &recorder, &Options::default()), @"/usr/lib/os-release: ID=debian");
}

#[test]
fn an_exact_folder() {
    let scratch = Scratch::with(&[("db/info/a.list", "1"), ("db/info/sub/b.list", "2")]);
    scratch.symlink("var/lib/dpkg", "/db");
    let recorder =
        Recorder { exactly: vec!["var/lib/dpkg/info/a.list"], exact: vec!["var/lib/dpkg/info"], ..Recorder::default() };
    assert_snapshot!(tell_as(&Source::Rootfs(scratch.path().to_owned()), &recorder, &Options::default()), @"/var/lib/dpkg/info/a.list: 1");
}

#[test]
fn folders_of_the_machine_are_not_visited() {
    let scratch = Scratch::with(&[("proc/1/maps", "x"), ("a/proc/b", "kept"), ("sys/.keep", ""), (".gitignore", "a")]);
    std::fs::create_dir(scratch.join("dev")).expect("a writable folder");
    let source = Source::Rootfs(scratch.path().to_owned());
    assert_snapshot!(tell_as(&source, &Recorder::all(), &Options::default()), @r"
    /.gitignore: a
    /a/proc/b: kept
    skipped /proc: it is the machine's, not the root's
    skipped /sys: it is the machine's, not the root's
    ");
}
