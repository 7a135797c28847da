//! Groups, extras beside their package, and the manifest beside.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const LOCK: &str = include_str!("../../../../../fixtures/lockfiles/pdm/pdm.lock");
const MANIFEST: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/pdm/pyproject.toml");

fn check(lock: &str) -> String {
    list(&run(&DETECTOR, "pdm.lock", lock.as_bytes()))
}

#[test]
fn every_kind() {
    assert_snapshot!(list(&run_with(&DETECTOR, "pdm.lock", LOCK.as_bytes(), &[("pyproject.toml", MANIFEST)])), @r#"
    pkg:pypi/requests@2.31.0 · lines 9-10 · Direct · Runtime · needs idna charset-normalizer pysocks
    pkg:pypi/charset-normalizer@3.3.2 · lines 29-30 · Transitive · Runtime
    pkg:pypi/idna@3.6 · lines 34-35 · Transitive · Runtime
    pkg:pypi/pysocks@1.7.1 · lines 39-40 · Transitive · Runtime
    pkg:pypi/pytest@8.0.0 · lines 44-45 · Direct · Development
    pkg:pypi/numpy@1.26.4 · lines 49-50 · Direct · Optional
    pkg:pypi/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%400123456789abcdef0123456789abcdef01234567 · lines 54-55 · Git("https://git.example/forked.git@0123456789abcdef0123456789abcdef01234567") · Direct · Runtime
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(check(&LOCK[..LOCK.len() / 2]), @r#"
    pkg:pypi/requests@2.31.0 · lines 9-10 · Runtime
    Warning Truncated line 29: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 29: wrong TOML, invalid basic string, expected `"`: what this line says may be missing
    Error Shape line 29: a package without a name: it is not read
    "#);
    assert_snapshot!(check("]"), @r"
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 1: wrong TOML, missing table open, expected `[`: what this line says may be missing
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "pdm.lock", LOCK.as_bytes());
}
