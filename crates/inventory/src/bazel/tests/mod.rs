//! Both forms of the file.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const GRAPH: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/bazel/graph.json");
const HASHES: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/bazel/MODULE.bazel.lock");
const MANIFEST: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/bazel/MODULE.bazel");
const FILE: &str = "MODULE.bazel.lock";

#[test]
fn graph() {
    assert_snapshot!(list(&run_with(&DETECTOR, FILE, GRAPH, &[("MODULE.bazel", MANIFEST)])), @r#"
    pkg:bazel/rules_go@0.46.0 · lines 19-21 · Direct · Runtime · needs bazel_features
    pkg:bazel/gazelle@0.35.0 · lines 33-35 · Direct · Development · needs rules_go
    pkg:bazel/abseil-cpp@20230802.0 · lines 39-41 · Direct · Runtime
    pkg:bazel/bazel_features@1.1.1 · lines 45-47 · Transitive · Runtime
    pkg:bazel/forked?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%230123456789abcdef · lines 51-53 · Git("https://git.example/forked.git#0123456789abcdef") · Direct · Runtime
    pkg:bazel/packed?download_url=https:%2F%2Ffiles.example%2Fpacked.zip · lines 61-63 · Url("https://files.example/packed.zip")
    pkg:bazel/beside · line 67 · Path · Direct · Runtime
    "#);
}

#[test]
fn digests() {
    assert_snapshot!(list(&run_with(&DETECTOR, FILE, HASHES, &[("MODULE.bazel", MANIFEST)])), @r#"
    pkg:bazel/abseil-cpp@20230802.0 · line 7 · Direct · Runtime
    pkg:bazel/gazelle@0.35.0 · line 9 · Direct · Development
    pkg:bazel/inner@1.0.bcr.2?repository_url=https:%2F%2Fregistry.example%2Fbazel · line 11 · OtherRegistry("https://registry.example/bazel") · Transitive
    pkg:bazel/rules_go@0.46.0 · line 14 · Direct · Runtime
    Error Shape line 15: `https://bcr.bazel.build/modules/odd` is no file of a module: it is not read
    Note Unsupported line 1: module `beside` is from a place that the lockfile does not name: it is not listed
    Note Unsupported line 1: module `forked` is from a place that the lockfile does not name: it is not listed
    "#);
}

#[test]
fn digests_alone() {
    let found = run(&DETECTOR, FILE, HASHES);
    assert!(found.packages.iter().all(|package| package.relationship == model::Relationship::Unknown));
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, FILE, &HASHES[..600])), @r"
    pkg:bazel/abseil-cpp@20230802.0 · line 7
    Error Truncated line 8: the JSON ends in the middle: what follows is missing
    ");
    assert_snapshot!(list(&run(&DETECTOR, FILE, b"{\"lockFileVersion\": 99}")), @r"
    Warning FormatVersion line 1: lockfile version 99 is not known: it is read as version 26, and may say more
    Error Shape line 1: the file has neither `moduleDepGraph` nor `registryFileHashes`: no module of it is read
    ");
    let only_looked_at =
        br#"{"lockFileVersion": 11, "registryFileHashes": {"https://bcr.bazel.build/modules/a/1/MODULE.bazel": "0"}}"#;
    assert_snapshot!(list(&run(&DETECTOR, FILE, only_looked_at)), @r"Error Shape line 1: the file does not say which versions are selected: no module of it is read");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, FILE, HASHES);
    survives(&DETECTOR, FILE, GRAPH);
}
