//! The fixtures of the repository: read without fault, and without panic when they are cut or bent.

use std::path::PathBuf;

use model::{Format, TreePath};

use super::read;
use crate::{Limits, format_of};

fn fixtures() -> Vec<(PathBuf, Format, Vec<u8>)> {
    let root = testkit::workspace().join("fixtures/documents");
    let mut files = Vec::new();
    for folder in ["yaml", "json", "dockerfile"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder of fixtures").flatten() {
            let path = entry.path();
            let name = TreePath::new(entry.file_name().as_encoded_bytes()).expect("a valid name");
            if let Some(format) = format_of(&name) {
                files.push((path.clone(), format, std::fs::read(&path).expect("a readable fixture")));
            }
        }
    }
    assert!(files.len() >= 6, "{} fixtures", files.len());
    files
}

#[test]
fn good_files_have_no_problems() {
    for (path, format, bytes) in fixtures() {
        let (documents, problems) = read(format, &bytes, &Limits::default());
        let is_bad = path.file_name().is_some_and(|name| name.to_string_lossy().contains("broken"));
        assert_eq!(problems.is_empty(), !is_bad, "{} {problems:?}", path.display());
        assert!(is_bad || !documents.is_empty(), "{}", path.display());
    }
}

#[test]
fn cut_anywhere() {
    for (_, format, bytes) in fixtures() {
        for end in 0..bytes.len() {
            read(format, &bytes[..end], &Limits::default());
        }
    }
}

#[test]
fn bent_anywhere() {
    for (_, format, mut bytes) in fixtures() {
        for at in 0..bytes.len() {
            for bit in [0x01, 0x04, 0x20, 0x80] {
                bytes[at] ^= bit;
                read(format, &bytes, &Limits::default());
                bytes[at] ^= bit;
            }
        }
    }
}
