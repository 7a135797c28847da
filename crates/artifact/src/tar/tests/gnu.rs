//! The reader on archives that GNU tar makes of a folder, in every format it has.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use testkit::scratch::Scratch;

use super::clean;

/// A folder with long names, links, bytes that are no UTF-8, and a file with holes.
fn folder() -> Scratch {
    let scratch = Scratch::with(&[("a", "1"), ("d/b", "two"), ("empty", "")]);
    scratch.write(&format!("{}/long", vec!["folder"; 30].join("/")), "three");
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        scratch.symlink("link", &vec!["target"; 30].join("/"));
        std::fs::hard_link(scratch.join("a"), scratch.join("z-hard")).expect("a writable folder");
        let name = std::ffi::OsStr::from_bytes(b"no-\xff-text");
        std::fs::write(scratch.path().join(name), "4").expect("a writable folder");
    }
    let sparse = std::fs::File::create(scratch.join("sparse")).expect("a writable folder");
    sparse.set_len(5 << 20).expect("a writable folder");
    write_at(&scratch.join("sparse"), 1 << 20, b"in the middle");
    write_at(&scratch.join("sparse"), (4 << 20) + 7, b"near the end");
    scratch
}

fn write_at(path: &Path, offset: u64, bytes: &[u8]) {
    use std::io::{Seek as _, Write as _};
    let mut file = std::fs::OpenOptions::new().write(true).open(path).expect("a writable folder");
    file.seek(std::io::SeekFrom::Start(offset)).and_then(|_| file.write_all(bytes)).expect("a writable folder");
}

fn check(arguments: &[&str]) {
    let Some(program) = testkit::program::find("tar", "tars as GNU tar writes them") else { return };
    let scratch = folder();
    let mut command = Command::new(program);
    command
        .args(["--create", "--sort=name", "--file=-"])
        .args(arguments)
        .arg("--directory")
        .arg(scratch.path())
        .arg(".");
    let output = command.output().expect("tar starts");
    if !output.status.success() {
        // busybox and BSD have other options.
        return testkit::skip("tars as GNU tar writes them", &String::from_utf8_lossy(&output.stderr));
    }
    let entries: BTreeMap<Vec<u8>, (&str, Vec<u8>)> = clean(&output.stdout)
        .into_iter()
        .map(|entry| (entry.path, (entry.kind, if entry.link.is_empty() { entry.content } else { entry.link })))
        .collect();
    let content = |path: &str| entries.get(path.as_bytes()).map(|(_, content)| content.as_slice());
    assert_eq!(content("./a"), Some(b"1".as_slice()), "{arguments:?}");
    assert_eq!(content("./d/b"), Some(b"two".as_slice()));
    assert_eq!(content(&format!("./{}/long", vec!["folder"; 30].join("/"))), Some(b"three".as_slice()));
    assert_eq!(content("./link"), Some(vec!["target"; 30].join("/").as_bytes()));
    assert_eq!(entries.get(b"./z-hard".as_slice()), Some(&("hard link", b"./a".to_vec())));
    assert_eq!(entries.get(b"./no-\xff-text".as_slice()), Some(&("file", b"4".to_vec())));
    let sparse = std::fs::read(scratch.join("sparse")).expect("our own file");
    assert!(content("./sparse") == Some(sparse.as_slice()), "{arguments:?}: the file with holes differs");
}

#[test]
fn gnu_format() {
    check(&["--format=gnu"]);
}

#[test]
fn pax_format() {
    check(&["--format=pax"]);
}

#[test]
fn sparse_in_every_encoding() {
    check(&["--format=gnu", "--sparse"]);
    check(&["--format=pax", "--sparse-version=0.0"]);
    check(&["--format=pax", "--sparse-version=0.1"]);
    check(&["--format=pax", "--sparse-version=1.0"]);
}
