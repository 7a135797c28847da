//! Each generation of the file.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const V5: &str = include_str!("../../../../../fixtures/lockfiles/pnpm/v5.yaml");
const V6: &str = include_str!("../../../../../fixtures/lockfiles/pnpm/v6.yaml");
const V9: &str = include_str!("../../../../../fixtures/lockfiles/pnpm/v9.yaml");
const BROKEN: &str = include_str!("../../../../../fixtures/lockfiles/pnpm/broken.yaml");

fn check(lock: &str) -> String {
    list(&run(&DETECTOR, "pnpm-lock.yaml", lock.as_bytes()))
}

#[test]
fn version_five() {
    assert_snapshot!(check(V5), @r#"
    pkg:npm/%40babel/runtime@7.22.3 · line 19 · Transitive · Development
    pkg:npm/debug@2.6.9 · line 23 · Direct · Runtime · needs ms
    pkg:npm/fsevents@2.3.3 · line 29 · Direct · Optional
    pkg:npm/lodash@3.10.1 · line 34 · Direct · Runtime
    pkg:npm/mocha@10.2.0 · line 38 · Direct · Development · needs @babel/runtime debug
    pkg:npm/ms@2.0.0 · line 45 · Transitive · Runtime
    pkg:npm/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%230123456789abcdef0123456789abcdef01234567 · lines 48-51 · Git("https://git.example/forked.git#0123456789abcdef0123456789abcdef01234567")
    "#);
}

#[test]
fn version_six() {
    assert_snapshot!(check(V6), @r#"
    pkg:npm/archive@5.0.0?download_url=https:%2F%2Ffiles.example%2Farchive.tgz · lines 29-32 · Url("https://files.example/archive.tgz") · Direct · Runtime
    pkg:npm/debug@2.6.9?repository_url=https:%2F%2Fnpm.example%2Frepository · line 35 · OtherRegistry("https://npm.example/repository") · Direct · Runtime · needs ms
    pkg:npm/mocha@10.2.0 · line 41 · Direct · Development · needs debug
    pkg:npm/ms@2.0.0 · line 47 · Transitive · Runtime
    "#);
}

#[test]
fn version_nine_in_two_documents() {
    assert_snapshot!(check(V9), @r"
    pkg:npm/pnpm@10.1.0 · line 14 · Direct · Development
    pkg:npm/jest-runner@27.5.1 · line 44 · Direct · Development · needs react
    pkg:npm/jest@30.0.3 · line 47 · Direct · Runtime · needs react
    pkg:npm/local@1.0.0 · lines 52-54 · Path · Direct · Development
    pkg:npm/lodash@3.10.1 · line 56 · Direct · Runtime
    pkg:npm/react@18.2.0 · line 59 · Transitive · Runtime
    ");
}

#[test]
fn broken() {
    assert_snapshot!(check(BROKEN), @r"
    pkg:npm/first@1.0.0 · line 5
    pkg:npm/cut@1.0.0 · line 11
    Error Syntax line 13: wrong YAML, while parsing a node, did not find expected node content: from here on nothing is read
    Warning FormatVersion line 1: lockfile version 10.0 is not known: it is read as its neighbour, and may say more
    Error Shape line 8: `nonsense` names no package: it is not read
    ");
    assert_snapshot!(check(""), @r"Error Shape line 1: the file has no `lockfileVersion`: it is none of pnpm");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "pnpm-lock.yaml", V6.as_bytes());
    survives(&DETECTOR, "pnpm-lock.yaml", V9.as_bytes());
}
