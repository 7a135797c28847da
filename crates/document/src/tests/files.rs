//! The fixtures of the repository: read without fault, without panic when they are cut or bent, and as Conftest reads them.

use std::path::PathBuf;

use model::{DocumentKind, Format, TreePath};
use serde_json::Value;

use super::read;
use crate::{Limits, format_of};

const FOLDERS: &[&str] = &[
    "yaml",
    "json",
    "dockerfile",
    "jsonc",
    "toml",
    "hcl",
    "ini",
    "dotenv",
    "properties",
    "xml",
    "csv",
    "ignore",
    "edn",
    "textproto",
    "spdx",
    "nginx",
    "codeowners",
];

/// From here on only some bytes of a file are bent.
const LONG: usize = 150;

fn fixtures() -> Vec<(PathBuf, Format, Vec<u8>)> {
    let root = testkit::workspace().join("fixtures/documents");
    let mut files = Vec::new();
    for folder in FOLDERS {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder of fixtures").flatten() {
            let path = entry.path();
            let name = TreePath::new(entry.file_name().as_encoded_bytes()).expect("a valid name");
            if let Some(format) = format_of(&name) {
                files.push((path.clone(), format, std::fs::read(&path).expect("a readable fixture")));
            }
        }
    }
    assert!(files.len() >= FOLDERS.len(), "{} fixtures", files.len());
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
        for at in (0..bytes.len()).step_by(1 + bytes.len() / LONG) {
            for bit in [0x01, 0x04, 0x20, 0x80] {
                bytes[at] ^= bit;
                read(format, &bytes, &Limits::default());
                bytes[at] ^= bit;
            }
        }
    }
}

/// Numbers are equal however they are written.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Value::Object(ours), Value::Object(theirs)) => {
            let member = |name| ours.get(name).zip(theirs.get(name));
            ours.len() == theirs.len() && theirs.keys().all(|name| member(name).is_some_and(|(a, b)| same(a, b)))
        }
        (Value::Number(ours), Value::Number(theirs)) => ours.as_f64() == theirs.as_f64(),
        _ => ours == theirs,
    }
}

#[test]
fn the_same_values_as_conftest() {
    let folder = testkit::workspace().join("fixtures/documents/conftest");
    let mut compared = 0;
    for (path, format, bytes) in fixtures() {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let Ok(theirs) = std::fs::read(folder.join(format!("{name}.json"))) else { continue };
        if format == Format::Dockerfile {
            continue;
        }
        compared += 1;
        let theirs: Value = serde_json::from_slice(&theirs).expect("valid JSON");
        // Conftest puts the entries of an ignore file into a list of their own, so that they are one input.
        let theirs = if format == Format::Ignore { &theirs[0] } else { &theirs };
        let (documents, _) = read(format, &bytes, &Limits::default());
        let documents: Vec<_> = documents.iter().filter(|document| document.kind != DocumentKind::HclSyntax).collect();
        let mut ours = documents[0].root.to_json();
        if format == Format::Ini {
            ours.as_object_mut().expect("sections").shift_remove("DEFAULT");
        }
        assert!(same(&ours, theirs), "{name}: {ours:#} {theirs:#}");
    }
    assert_eq!(compared, 12);
}
