//! Snapshots as large as all of npm's advisories, made once and kept below `target`.

#![allow(dead_code, reason = "each bench uses its own part")]

use std::fmt::Write as _;
use std::path::PathBuf;

use portcullis::advisory::{BuildOptions, Snapshot, build, write};

use crate::input;

/// Names that have a record.
pub(crate) const NAMES: usize = 250_000;
/// Malicious packages beside them; OSV has more than 200,000 of npm.
pub(crate) const MALICIOUS: usize = 210_000;

/// 250,000 packages, each with a record of one range.
pub(crate) fn large() -> PathBuf {
    made("large", false)
}

/// The same, and npm's many malicious packages: every version is affected, as almost all of those records say.
pub(crate) fn with_malicious() -> PathBuf {
    made("malicious", true)
}

fn made(name: &str, malicious: bool) -> PathBuf {
    let folder = input::folder("matching");
    let (records, path) = (folder.join(format!("{name}.jsonl")), folder.join(format!("{name}.snapshot")));
    // One of another format is made again.
    if Snapshot::open(&path).is_ok() {
        return path;
    }
    let mut text = String::new();
    for at in 0..NAMES {
        writeln!(
            text,
            r#"{{"id":"x_BENCH-{at}","modified":"2026-08-01T00:00:00Z","affected":[{{"package":{{"ecosystem":"npm","name":"package-{at}"}},"ranges":[{{"type":"SEMVER","events":[{{"introduced":"0"}},{{"fixed":"1.{}.0"}}]}}]}}]}}"#,
            at % 9
        )
        .expect("a string takes all");
    }
    for at in (0..MALICIOUS).filter(|_| malicious) {
        writeln!(
            text,
            r#"{{"id":"MAL-2025-{at}","modified":"2026-08-01T00:00:00Z","published":"2025-02-03T04:05:06Z","summary":"Malicious code in evil-{at} (npm)","details":"-= Per source details. Do not edit below this line.=-","affected":[{{"package":{{"ecosystem":"npm","name":"evil-{at}"}},"ranges":[{{"type":"SEMVER","events":[{{"introduced":"0"}}]}}],"database_specific":{{"cwes":[{{"cweId":"CWE-506"}}]}}}}],"database_specific":{{"malicious-packages-origins":[{{"source":"ghsa-malware","sha256":"{at:064x}"}}]}}}}"#
        )
        .expect("a string takes all");
    }
    std::fs::write(&records, text).expect("target is writable");
    let (built, problems) = build(&[records], &BuildOptions::default()).expect("the records are good");
    assert!(problems.is_empty(), "{problems:?}");
    write(&built.bytes, &path).expect("target is writable");
    path
}
