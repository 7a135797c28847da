//! The records: one a name, all of one shape.

use std::path::PathBuf;

pub(crate) const NAMES: usize = 250_000;

pub(crate) fn name(at: usize) -> String {
    format!("package-{at}")
}

/// The record as OSV has it.
pub(crate) fn record(at: usize) -> String {
    format!(
        r#"{{"id":"x_BENCH-{at}","modified":"2026-08-01T00:00:00Z","affected":[{{"package":{{"ecosystem":"npm","name":"{}"}},"ranges":[{{"type":"SEMVER","events":[{{"introduced":"0"}},{{"fixed":"1.{}.0"}}]}}]}}]}}"#,
        name(at),
        at % 9
    )
}

/// What another store keeps of it: the identifier and the range.
pub(crate) fn row(at: usize) -> String {
    format!("x_BENCH-{at}\0001.{}.0", at % 9)
}

/// Where the stores are written.
pub(crate) fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/stores");
    std::fs::create_dir_all(&folder).expect("target is writable");
    folder
}
