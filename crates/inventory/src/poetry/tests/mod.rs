//! Groups, sources, and the manifest beside.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const LOCK: &str = include_str!("../../../../../fixtures/lockfiles/poetry/poetry.lock");
const MANIFEST: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/poetry/pyproject.toml");

fn check(lock: &str) -> String {
    list(&run(&DETECTOR, "poetry.lock", lock.as_bytes()))
}

#[test]
fn every_kind() {
    assert_snapshot!(list(&run_with(&DETECTOR, "poetry.lock", LOCK.as_bytes(), &[("pyproject.toml", MANIFEST)])), @r#"
    pkg:pypi/click@8.1.8 · lines 4-5 · Transitive · Runtime · needs colorama
    pkg:pypi/colorama@0.4.6 · lines 13-14 · Transitive · Runtime
    pkg:pypi/flask@2.2.5 · lines 19-20 · Direct · Runtime · needs click typing-extensions
    pkg:pypi/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%400123456789abcdef0123456789abcdef01234567 · lines 31-32 · Git("https://git.example/forked.git@0123456789abcdef0123456789abcdef01234567") · Direct · Optional
    pkg:pypi/local@0.1.0 · lines 43-44 · Path · Direct · Runtime
    pkg:pypi/private@1.0?repository_url=https:%2F%2Fpypi.example%2Fsimple · lines 52-53 · OtherRegistry("https://pypi.example/simple") · Direct · Development
    pkg:pypi/typing-extensions@4.12.2 · lines 62-63 · Transitive · Runtime
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(check(&LOCK[..LOCK.len() / 2]), @r"
    pkg:pypi/click@8.1.8 · lines 4-5 · Runtime · needs colorama
    pkg:pypi/colorama@0.4.6 · lines 13-14 · Runtime
    pkg:pypi/flask@2.2.5 · lines 19-20 · Runtime · needs click
    Warning Truncated line 32: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 32: wrong TOML, key with no value, expected `=`: what this line says may be missing
    Error Shape line 31: package `forked` has no version: it is not read
    ");
    assert_snapshot!(check("]"), @r"
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 1: wrong TOML, missing table open, expected `[`: what this line says may be missing
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "poetry.lock", LOCK.as_bytes());
}

#[test]
fn a_broken_package_hides_no_other() {
    assert_snapshot!(check(include_str!("../../../../../fixtures/lockfiles/poetry/broken.lock")), @r#"
    pkg:pypi/first@1.0 · lines 2-3 · Development
    pkg:pypi/cut@1. · lines 10-11
    Error Syntax line 11: wrong TOML, invalid basic string, expected `"`: what this line says may be missing
    Warning FormatVersion line 13: lock version 3.0 is not known: it is read as version 2, and may say more
    Error Shape line 7: package `without-version` has no version: it is not read
    "#);
}
