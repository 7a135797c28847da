//! What a rule sees of each kind, held against what is written down for the version of its shape.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::{Document, DocumentKind, Origin, TreePath};
use serde_json::{Value, json};

use crate::{Limits, format_of, parse};

fn folder() -> PathBuf {
    testkit::workspace().join("fixtures/shapes")
}

/// Every document of the folder, by kind.
fn seen() -> BTreeMap<&'static str, Value> {
    let mut seen: BTreeMap<&str, Value> = BTreeMap::new();
    let mut folders = vec![folder()];
    while let Some(open) = folders.pop() {
        for entry in std::fs::read_dir(open).expect("the fixtures are there") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                for document in documents(&path) {
                    seen.entry(document.kind.name()).or_insert_with(|| document.root.to_json());
                }
            }
        }
    }
    seen
}

fn documents(path: &Path) -> Vec<Document> {
    let name = path.strip_prefix(folder()).expect("it is below").to_str().expect("a plain name");
    let origin = Origin::file(TreePath::new(name).expect("a path"));
    let Some(format) = format_of(&origin.path).filter(|_| name != "shapes.json") else { return Vec::new() };
    let (documents, problems) = parse(format, &origin, &std::fs::read(path).expect("a file"), &Limits::default());
    assert!(problems.is_empty(), "{name}: {problems:?}");
    documents
}

/// What was written down, by the names of shapes.
fn written() -> BTreeMap<String, Value> {
    let text = std::fs::read_to_string(folder().join("shapes.json")).unwrap_or_else(|_| "{}".to_owned());
    serde_json::from_str(&text).expect("an object")
}

#[test]
fn a_changed_shape_has_another_version() {
    let seen = seen();
    let mut written = written();
    let mut faults = Vec::new();
    for kind in DocumentKind::ALL {
        let Some(input) = seen.get(kind.name()) else {
            faults.push(format!("{}: no document of the kind in fixtures/shapes", kind.name()));
            continue;
        };
        match written.get(&kind.shape()) {
            Some(before) if before == input => {}
            Some(before) => faults.push(format!(
                "{}: a rule sees something else than what this version stands for; raise it\nbefore {before}\nnow    {input}",
                kind.shape()
            )),
            None if std::env::var_os("PORTCULLIS_WRITE_SHAPES").is_some() => {
                written.insert(kind.shape(), input.clone());
            }
            None => faults.push(format!("{}: not written down yet", kind.shape())),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    if std::env::var_os("PORTCULLIS_WRITE_SHAPES").is_some() {
        let text = serde_json::to_string_pretty(&json!(written)).expect("plain values");
        std::fs::write(folder().join("shapes.json"), text + "\n").expect("the folder is writable");
    }
}

#[test]
fn the_page_names_every_shape() {
    let page = std::fs::read_to_string(testkit::workspace().join("docs/documents.md")).expect("the page is there");
    let missing: Vec<String> = DocumentKind::ALL
        .iter()
        .map(|kind| kind.shape())
        .filter(|shape| !page.contains(&format!("`{shape}`")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
