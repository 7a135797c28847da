//! Workflows, actions, references of every kind.

use insta::assert_snapshot;

use super::{DETECTOR, is_workflow};
use crate::hostile::survives;
use crate::listing::{list, run};

const WORKFLOW: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/github/.github/workflows/release.yml");
const ACTION: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/github/action.yml");

#[test]
fn workflow() {
    assert_snapshot!(list(&run(&DETECTOR, ".github/workflows/release.yml", WORKFLOW)), @r"
    pkg:github/actions/checkout@v4.1.2 · line 13 · Direct
    pkg:github/actions/setup-node@v4 · line 14 · Direct
    pkg:github/tj-actions/changed-files@v44.5.1?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Ftj-actions%2Fchanged-files%402f7c5bfce28377bc069a65ba478de0a74aa0ca32 · line 15 · Inferred · Direct
    pkg:github/owner/repository@0e5e40a3ffae0c1fa1db4dc2c5ebf2e8e7e9a8b1#folder/inside · line 16 · Direct
    pkg:docker/library/alpine@3.20 · line 18 · Direct
    pkg:docker/library/node@20 · line 6 · Direct
    pkg:oci/postgres@sha256:4aea012537edfad80f98d870a36e6b90b4c09b27be7f4b4759d72db863baeebb?repository_url=docker.io%2Flibrary%2Fpostgres&tag=16 · line 9 · Direct
    pkg:github/owner/workflows@main#.github/workflows/test.yml · line 24 · Direct
    Warning Unsupported line 11: image `${{ matrix.cache }}` is known only when the workflow runs: it is not read
    ");
}

#[test]
fn action() {
    assert_snapshot!(list(&run(&DETECTOR, "action.yml", ACTION)), @r"pkg:github/actions/cache@v3.3.1 · line 5 · Direct");
}

#[test]
fn broken() {
    let text =
        b"jobs:\n  a:\n    steps:\n    - uses: checkout\n    - uses: a/b@\n    - uses: a/b@v1.2.3\n    - uses: [\n";
    assert_snapshot!(list(&run(&DETECTOR, "action.yml", text)), @r"
    pkg:github/a/b@v1.2.3 · line 6 · Direct
    Error Syntax line 8: wrong YAML, while parsing a node, did not find expected node content: from here on nothing is read
    Error Shape line 4: `checkout` names no action and no reference: it is not read
    Error Shape line 5: `a/b@` names no action and no reference: it is not read
    ");
}

#[test]
fn places() {
    assert!(is_workflow(".github/workflows/a.yml") && is_workflow("x/.forgejo/workflows/a.yaml"));
    assert!(!is_workflow(".github/a.yml") && !is_workflow(".github/workflows/a.md"));
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "action.yml", ACTION);
    survives(&DETECTOR, ".github/workflows/release.yml", WORKFLOW);
}
