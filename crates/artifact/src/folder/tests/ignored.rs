//! What `.gitignore` leaves out.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use testkit::scratch::Scratch;

use super::{tell, tell_as};
use crate::recorder::Recorder;
use crate::{Options, Source};

#[test]
fn gitignore_of_the_tree_itself() {
    let scratch = Scratch::with(&[
        (".gitignore", "target/\n*.log\n!keep.log\n"),
        ("target/Cargo.lock", "1"),
        ("a.log", "2"),
        ("keep.log", "3"),
        ("sub/.gitignore", "only-here"),
        ("sub/only-here", "4"),
        ("only-here", "5"),
        (".ignore", "only-here"),
    ]);
    let recorder = || Recorder::ending(&["lock", "log", "here"]);
    let source = || Source::Directory(scratch.path().to_owned());
    assert_snapshot!(tell_as(&source(), &recorder(), &Options::default()), @r"
    keep.log: 3
    only-here: 5
    warning suppression: left out by .gitignore, and there all the same: a.log, sub/only-here; --no-gitignore reads what it names
    skipped a.log: left out by .gitignore
    skipped sub/only-here: left out by .gitignore
    skipped target: left out by .gitignore
    ");
    let options = Options { honour_gitignore: false, ..Options::default() };
    assert_snapshot!(tell_as(&source(), &recorder(), &options), @r"
    a.log: 2
    keep.log: 3
    only-here: 5
    sub/only-here: 4
    target/Cargo.lock: 1
    ");
}

#[test]
fn what_hides_itself_is_told() {
    let scratch = Scratch::with(&[(".gitignore", "*"), ("Cargo.lock", "1"), ("a/Cargo.lock", "2"), ("a/b", "3")]);
    let source = Source::Directory(scratch.path().to_owned());
    assert_snapshot!(tell_as(&source, &Recorder::ending(&["lock"]), &Options::default()), @r"
    warning suppression: left out by .gitignore, and there all the same: Cargo.lock; --no-gitignore reads what it names
    skipped Cargo.lock: left out by .gitignore
    skipped a: left out by .gitignore
    ");
}

#[test]
fn gitignore_of_a_parent_is_not_read() {
    let scratch = Scratch::with(&[(".gitignore", "*"), ("tree/a", "1")]);
    let source = Source::Directory(scratch.join("tree"));
    assert_snapshot!(tell_as(&source, &Recorder::all(), &Options::default()), @"a: 1");
}

#[test]
fn what_is_excluded_as_well_is_no_surprise() {
    let scratch = Scratch::with(&[(".gitignore", "*.lock"), ("a.lock", "1"), ("b", "2")]);
    let options = Options { exclude: vec!["*.lock".to_owned(), ".gitignore".to_owned()], ..Options::default() };
    assert_snapshot!(tell(&scratch, &options), @r"
    b: 2
    skipped .gitignore: excluded by `.gitignore`
    skipped a.lock: excluded by `*.lock`
    ");
}

#[test]
fn a_file_that_is_too_long_leaves_out_nothing() {
    let long = format!("a\n{}", "#\n".repeat(1 << 19));
    let scratch = Scratch::with(&[("x/.gitignore", &long), ("x/a", "1")]);
    let source = Source::Directory(scratch.path().to_owned());
    assert_snapshot!(tell_as(&source, &Recorder::ending(&["a"]), &Options::default()), @r"
    x/a: 1
    warning io x/.gitignore: it leaves out nothing: it is longer than 1048576 bytes
    ");
}

#[cfg(unix)]
#[test]
fn a_link_leaves_out_nothing() {
    let scratch = Scratch::with(&[("rules", "a"), ("x/a", "1")]);
    std::os::unix::fs::symlink(scratch.join("rules"), scratch.join("x/.gitignore")).expect("its own folder");
    let source = Source::Directory(scratch.path().to_owned());
    assert_snapshot!(tell_as(&source, &Recorder::ending(&["a"]), &Options::default()), @r"
    x/a: 1
    warning io x/.gitignore: it leaves out nothing: it is no plain file
    ");
}

/// The walk of the `ignore` crate with its own rules is a second judge.
#[test]
fn as_the_walk_would_leave_it_out() {
    let names =
        ["a", "b", "c.log", "build/a", "build/keep/b", "x/a", "x/b/c.log", "x/y/a", "x/y/build/b", ".h/a", "z z/[a]"];
    let rules = [
        "a",
        "/a",
        "a/",
        "build",
        "build/*\n!build/keep",
        "*.log\n!x/**/c.log",
        "**/y",
        "x/**",
        "!a",
        "/x/y/",
        "*\n!*/\n!b",
        "\\[a\\]",
        "[ab]",
        "?",
        "z\\ z/",
        "#a\n\\#a\nb  ",
        "{a,b}",
        "[",
        "!",
        "/",
        "\u{feff}b",
        ".*",
    ];
    for (at, here) in rules.iter().enumerate() {
        for (below, there) in [("x", rules[(at + 3) % rules.len()]), ("build", "!keep\n!a"), ("x/y", "!a\nb")] {
            let below = format!("{below}/.gitignore");
            let mut files: Vec<(&str, &str)> = names.iter().map(|name| (*name, "")).collect();
            files.extend([(".gitignore", *here), (below.as_str(), there)]);
            check_against_the_walk(&Scratch::with(&files), &format!("{here:?}, {below}: {there:?}"));
        }
    }
}

fn check_against_the_walk(scratch: &Scratch, what: &str) {
    let mut walker = ignore::WalkBuilder::new(scratch.path());
    walker.standard_filters(false).git_ignore(true).require_git(false);
    let expected: BTreeSet<String> = walker
        .build()
        .map(|entry| entry.expect("its own folder"))
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(|entry| entry.path().strip_prefix(scratch.path()).expect("below it").display().to_string())
        .collect();
    let told = tell(scratch, &Options::default());
    let is_file = |line: &&str| !line.starts_with("warning") && !line.starts_with("skipped") && line.contains(':');
    let found: BTreeSet<String> =
        told.lines().filter(is_file).filter_map(|line| line.split_once(':').map(|(path, _)| path.to_owned())).collect();
    assert_eq!(found, expected, "{what}: {told}");
}
