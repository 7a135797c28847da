//! For the tests of this crate: snapshots from records written in a line each.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use crate::build::{BuildOptions, build};
use crate::snapshot::Snapshot;

/// A folder that is removed in the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("portcullis-advisory-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Folder(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file below it and gives its path.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a temporary folder");
        std::fs::write(&path, bytes).expect("a temporary file");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The bytes of a snapshot of JSON Lines.
pub(crate) fn bytes_of(lines: &str) -> Vec<u8> {
    let folder = Folder::new();
    let path = folder.write("test.jsonl", lines);
    build(&[path], &BuildOptions::default()).expect("a snapshot").0.bytes
}

/// A snapshot of records written as [`record`] reads them.
pub(crate) fn snapshot(records: &str) -> Snapshot {
    let lines: Vec<String> =
        records.lines().filter(|line| !line.trim().is_empty()).map(|line| record(line).to_string()).collect();
    Snapshot::from_bytes(bytes_of(&lines.join("\n"))).expect("a snapshot that opens")
}

/// An OSV record from `ID [= ALIAS,…] [^ UPSTREAM,…] [% RATING,…] [# CWE] : ECOSYSTEM NAME EVENT… [; NAME EVENT…]`.
///
/// An event is `>=1`, `<2` (fixed), `<=2` (last affected), `<!2` (limit) or `@2` (listed); `|` begins another range.
pub(crate) fn record(line: &str) -> Value {
    let (head, packages) = line.split_once(" : ").expect("a colon between the record and its packages");
    let mut words = head.split_whitespace();
    let mut value = json!({"id": words.next().expect("an id"), "modified": "2024-01-02T00:00:00Z", "affected": []});
    while let (Some(mark), Some(list)) = (words.next(), words.next()) {
        let list: Vec<&str> = list.split(',').collect();
        match mark {
            "=" => value["aliases"] = json!(list),
            "^" => value["upstream"] = json!(list),
            "%" => value["severity"] = list.iter().map(|score| json!({"type": "CVSS_V3", "score": score})).collect(),
            "#" => value["database_specific"]["cwe_ids"] = json!(list),
            "!" => value["database_specific"]["informational"] = json!(list[0]),
            "-" => value["withdrawn"] = json!(list[0]),
            other => panic!("no mark: {other}"),
        }
    }
    let (ecosystem, packages) = packages.trim().split_once(' ').expect("an ecosystem and a name");
    for package in packages.split(';') {
        value["affected"].as_array_mut().expect("a list").push(affected(&ecosystem.replace('+', " "), package.trim()));
    }
    value
}

fn affected(ecosystem: &str, text: &str) -> Value {
    let (name, events) = text.split_once(' ').unwrap_or((text, ""));
    let mut versions = Vec::new();
    let mut ranges = Vec::new();
    for range in events.split('|') {
        let mut list = Vec::new();
        for event in range.split_whitespace() {
            match event {
                "commits" => ranges.push(json!({"type": "GIT", "repo": "r", "events": [{"introduced": "0"}]})),
                _ => match bound(event) {
                    Some((kind, version)) => list.push(json!({kind: version})),
                    None => versions.push(event.strip_prefix('@').expect("an event")),
                },
            }
        }
        if !list.is_empty() {
            ranges.push(json!({"type": "ECOSYSTEM", "events": list}));
        }
    }
    json!({"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges, "versions": versions})
}

fn bound(event: &str) -> Option<(&'static str, &str)> {
    let kinds = [(">=", "introduced"), ("<=", "last_affected"), ("<!", "limit"), ("<", "fixed")];
    kinds.iter().find_map(|(mark, kind)| Some((*kind, event.strip_prefix(mark)?)))
}
