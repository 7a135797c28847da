//! Source trees.

use insta::assert_snapshot;
use model::TargetKind;
use testkit::scratch::Scratch;

use super::{tell, tell_as};
use crate::recorder::Recorder;
use crate::{Limits, OpenError, Options, Source, detect, open};

fn excluding(globs: &[&str]) -> Options {
    Options { exclude: globs.iter().map(|glob| (*glob).to_owned()).collect(), ..Options::default() }
}

#[test]
fn everything_in_the_order_of_names() {
    let scratch = Scratch::with(&[("b", "1"), ("a/z", "2"), ("a/.hidden", "3"), (".git/config", "4"), ("a-b", "5")]);
    assert_snapshot!(tell(&scratch, &Options::default()), @r"
    a/.hidden: 3
    a/z: 2
    a-b: 5
    b: 1
    ");
    let artifact = open(&Source::Directory(scratch.path().to_owned()), &Options::default()).expect("a folder");
    assert_eq!(artifact.kind(), TargetKind::Directory);
    assert_eq!(artifact.root(), Some(scratch.path()));
}

#[test]
fn exclusions_are_told() {
    let scratch = Scratch::with(&[("vendor/a", "1"), ("b/vendor/c", "2"), ("x.lock", "3"), ("y", "4")]);
    assert_snapshot!(tell(&scratch, &excluding(&["vendor", "*.lock"])), @r"
    y: 4
    skipped x.lock: excluded by `*.lock`
    skipped b/vendor: excluded by `vendor`
    skipped vendor: excluded by `vendor`
    ");
    let error = open(&Source::Directory(scratch.path().to_owned()), &excluding(&["["])).expect_err("no glob");
    assert!(error.is_usage());
}

#[cfg(unix)]
#[test]
fn links_stay_inside() {
    let outside = Scratch::with(&[("secret", "outside"), ("folder/x", "outside")]);
    let scratch = Scratch::with(&[("real/Cargo.lock", "1"), ("plain", "2")]);
    scratch.symlink("out", &outside.join("secret").display().to_string());
    scratch.symlink("out-folder", &outside.join("folder").display().to_string());
    scratch.symlink("up", "../../../../../../../../etc/passwd");
    scratch.symlink("inside", "real");
    scratch.symlink("again", "plain");
    scratch.symlink("nothing", "no-such-file");
    scratch.symlink("circle", "circle");
    assert_snapshot!(tell(&scratch, &Options::default()), @r"
    plain: 2
    real/Cargo.lock: 1
    warning link circle: the link leads to nothing: Too many levels of symbolic links (os error 40)
    warning link nothing: the link leads to nothing: No such file or directory (os error 2)
    error link out: the link leads out of the scanned folder and was not followed
    warning link out-folder: the link leads to a folder outside of the scanned one and was not followed
    error link up: the link leads out of the scanned folder and was not followed
    skipped circle: the link leads to nothing: Too many levels of symbolic links (os error 40)
    skipped nothing: the link leads to nothing: No such file or directory (os error 2)
    skipped out: the link leads out of the scanned folder and was not followed
    skipped out-folder: the link leads to a folder outside of the scanned one and was not followed
    skipped up: the link leads out of the scanned folder and was not followed
    ");
}

#[cfg(unix)]
#[test]
fn a_link_lends_its_name_to_a_file_inside() {
    let scratch = Scratch::with(&[("requirements/prod.in", "flask==1")]);
    scratch.symlink("requirements.txt", "requirements/prod.in");
    scratch.symlink("sub/requirements.txt", "../requirements.txt");
    let recorder = Recorder::ending(&["requirements.txt"]);
    let source = Source::Directory(scratch.path().to_owned());
    assert_snapshot!(tell_as(&source, &recorder, &Options::default()), @"requirements.txt: flask==1");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_a_problem() {
    use std::os::unix::fs::PermissionsExt as _;
    let scratch = Scratch::with(&[("a", "1"), ("locked/b", "2"), ("unreadable", "3")]);
    let forbid = |name: &str| std::fs::set_permissions(scratch.join(name), std::fs::Permissions::from_mode(0o000));
    forbid("locked").and_then(|()| forbid("unreadable")).expect("our own folder");
    let is_root = std::fs::read(scratch.join("unreadable")).is_ok();
    let text = tell(&scratch, &Options::default());
    let reopen = std::fs::set_permissions(scratch.join("locked"), std::fs::Permissions::from_mode(0o755));
    reopen.expect("our own folder");
    // Nothing is forbidden to root.
    if !is_root {
        assert!(text.contains("/a: 1") || text.contains("a: 1"), "{text}");
        assert!(text.contains("error io locked: it could not be read, and what is below it neither"), "{text}");
        assert!(text.contains("error io unreadable: the file could not be read"), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_sockets_are_passed_over() {
    let scratch = Scratch::with(&[("a", "1")]);
    let socket = std::os::unix::net::UnixListener::bind(scratch.join("socket"));
    socket.expect("a writable folder");
    if let Some(mkfifo) = testkit::program::find("mkfifo", "a pipe in a tree") {
        testkit::program::run(&mkfifo, &[scratch.join("pipe")]);
    }
    assert_snapshot!(tell(&scratch, &Options::default()), @"a: 1");
}

#[test]
fn limits_and_sizes() {
    let scratch = Scratch::with(&[("a", "1"), ("b", "22")]);
    let source = || Source::Directory(scratch.path().to_owned());
    let limits = Limits { folder_entries: 2, ..Limits::default() };
    assert_snapshot!(tell(&scratch, &Options { limits, ..Options::default() }), @r"
    a: 1
    error limit: the folder has more entries; the rest was not read (limit `folder_entries` is 2; `--limit folder_entries=N` raises it)
    ");
    let recorder = Recorder { limit: 1, ..Recorder::all() };
    assert_snapshot!(tell_as(&source(), &recorder, &Options::default()), @r"
    a: 1
    error limit b: file of 2 bytes was not read (limit `size of files of its kind` is 1)
    skipped b: file of 2 bytes was not read (limit `size of files of its kind` is 1)
    ");
}

#[test]
fn what_is_not_there_or_not_what_it_was_said_to_be() {
    let scratch = Scratch::with(&[("a", "1")]);
    let check = |source: Source| open(&source, &Options::default()).expect_err("a refusal");
    assert!(matches!(check(Source::Directory(scratch.join("none"))), OpenError::Missing { .. }));
    assert!(matches!(check(Source::Directory(scratch.join("a"))), OpenError::WrongKind { .. }));
    assert!(matches!(check(Source::File(scratch.path().to_owned())), OpenError::WrongKind { .. }));
    assert!(matches!(check(Source::OciLayout(scratch.path().to_owned())), OpenError::WrongKind { .. }));
    assert!(matches!(check(Source::OciArchive(scratch.join("a"))), OpenError::Damaged { .. }));
    assert!(matches!(check(Source::Stdin { name: None }), OpenError::Stdin));
    assert!(matches!(detect(&scratch.join("none")), Err(OpenError::Missing { .. })));
    #[cfg(unix)]
    {
        let error = detect(std::path::Path::new("/dev/null")).expect_err("a device");
        assert!(error.is_usage() && error.to_string().contains("on standard input, as `-`"), "{error}");
    }
}

#[test]
fn one_file() {
    let scratch = Scratch::with(&[("sub/Cargo.lock", "version = 4")]);
    let source = detect(&scratch.join("sub/Cargo.lock")).expect("it is there");
    assert_eq!(source, Source::File(scratch.join("sub/Cargo.lock")));
    assert_snapshot!(tell_as(&source, &Recorder::all(), &Options::default()), @"Cargo.lock: version = 4");
}

/// What the sink cannot want is counted, and it is never asked about it.
#[test]
fn what_nobody_can_want_is_not_asked_about() {
    #[derive(Default)]
    struct Picky(std::sync::Mutex<Vec<String>>);
    impl crate::Sink for Picky {
        fn may_want(&self, path: &[u8], executable: bool) -> bool {
            executable || path.ends_with(b".lock")
        }
        fn interest(&self, file: &crate::FileMeta) -> crate::Interest {
            self.0.lock().expect("no test panics here").push(file.origin.path.to_string());
            crate::Interest::Skip
        }
        fn interest_after_head(&self, _file: &crate::FileMeta, _head: &[u8]) -> crate::Interest {
            crate::Interest::Skip
        }
        fn content(&self, _file: &crate::FileMeta, _content: crate::FileBytes) {}
    }
    let scratch = Scratch::with(&[("a/x.lock", "1"), ("a/y.c", "1"), ("z", "1")]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let executable = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(scratch.join("z"), executable).expect("its own file");
    }
    let folder = open(&Source::Directory(scratch.path().to_owned()), &Options::default()).expect("a folder");
    let picky = Picky::default();
    let walk = folder.walk(&picky, &model::Cancel::new());
    let mut asked = picky.0.into_inner().expect("no test panics here");
    asked.sort();
    let expected: &[&str] = if cfg!(unix) { &["a/x.lock", "z"] } else { &["a/x.lock"] };
    assert_eq!((walk.files_seen, asked.iter().map(String::as_str).collect::<Vec<_>>()), (3, expected.to_vec()));
}
