//! Snapshots built from foreign records: the builder reads files, so the bytes go to one first.

use std::path::PathBuf;

use advisory::{BuildOptions, Snapshot, build};

/// Builds a snapshot from a file of this content; `None` when no record could be taken.
pub(crate) fn built(file: &str, data: &[u8]) -> Option<Vec<u8>> {
    let folder = std::env::temp_dir().join(format!("portcullis-fuzz-{}", std::process::id()));
    let path = folder.join(file);
    write(&path, data);
    // The name of a source is its first component.
    let from = folder.join(file.split('/').next().unwrap_or(file));
    let (built, problems) = build(&[from], &BuildOptions::default()).ok()?;
    assert!(built.statistics.skipped == 0 || !problems.is_empty(), "records were dropped in silence");
    Some(built.bytes)
}

/// What was built opens, is undamaged, and answers.
pub(crate) fn check(bytes: Vec<u8>) {
    let snapshot = Snapshot::from_bytes(bytes).expect("what was built opens");
    snapshot.verify().expect("what was built is undamaged");
    ask(&snapshot);
}

/// Asks a few questions, whatever the answers.
pub(crate) fn ask(snapshot: &Snapshot) {
    for (ecosystem, name, version) in [
        ("npm", "lodash", "4.17.4"),
        ("crates.io", "smallvec", "0.6.9"),
        ("PyPI", "django", "1.11.29"),
        ("Go", "stdlib", "1.19.8"),
        ("Debian:12", "openssl", "3.0.11-1~deb12u2"),
        ("AlmaLinux:8", "kernel", "4.18.0-80.el8"),
        ("Maven", "org.example:a", "1.0"),
    ] {
        let _ = snapshot.query(ecosystem, name, version);
    }
    let _ = snapshot.records("CVE-2020-8203");
}

fn write(path: &PathBuf, data: &[u8]) {
    let folder = path.parent().expect("the path has a folder");
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, data))
        .expect("the temporary folder is writable");
}
