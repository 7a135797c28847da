//! The shared advisory sets, each built once.

use std::io::Read as _;
use std::path::PathBuf;

use model::Problem;
use portcullis_advisory::{BuildOptions, Built, Snapshot, build};
use serde_json::Value;

/// Every set, with the number of records its README gives.
pub(crate) const ALL: [(&str, u64); 15] = [
    ("rustsec.jsonl.zst", 1206),
    ("pypa.jsonl.zst", 2661),
    ("govulndb.jsonl.zst", 4291),
    ("almalinux.jsonl.zst", 5680),
    ("rubysec.jsonl.zst", 1008),
    ("friendsofphp.jsonl.zst", 1592),
    ("nodejs-security-wg-npm.jsonl.zst", 467),
    ("retirejs-npm.jsonl.zst", 710),
    ("project-kb-maven.jsonl.zst", 545),
    ("dotnet-nuget.jsonl.zst", 14),
    ("ghsa-sample.jsonl.zst", 469),
    ("licence-not-stated/debian-dsa-dla-2023.jsonl.zst", 8906),
    ("licence-not-stated/alpine-secdb-2020.jsonl.zst", 2437),
    ("licence-not-stated/rapidfort-ubuntu.jsonl.zst", 10257),
    ("licence-not-stated/rapidfort-alpine.jsonl.zst", 1392),
];

/// Paths of all sets, or `None` when they are not there.
pub(crate) fn paths() -> Option<Vec<PathBuf>> {
    ALL.iter().map(|(file, _)| testkit::advisories(file)).collect()
}

/// Builds from some paths.
pub(crate) fn built(paths: &[PathBuf]) -> (Built, Vec<Problem>) {
    build(paths, &BuildOptions::default()).expect("the sets can be read")
}

/// A snapshot of some paths.
pub(crate) fn snapshot(paths: &[PathBuf]) -> Snapshot {
    Snapshot::from_bytes(built(paths).0.bytes).expect("what was built can be opened")
}

/// The records of a set as JSON.
pub(crate) fn records(path: &PathBuf) -> Vec<Value> {
    let file = std::fs::File::open(path).expect("the set is there");
    let mut text = String::new();
    zstd::stream::read::Decoder::new(file).expect("zstd").read_to_string(&mut text).expect("zstd");
    text.lines().map(|line| serde_json::from_str(line).expect("every line was checked")).collect()
}
