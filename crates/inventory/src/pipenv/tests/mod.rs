//! Categories, indexes, and the manifest beside.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const LOCK: &str = include_str!("../../../../../fixtures/lockfiles/pipenv/Pipfile.lock");
const MANIFEST: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/pipenv/Pipfile");

fn check(lock: &str) -> String {
    list(&run(&DETECTOR, "Pipfile.lock", lock.as_bytes()))
}

#[test]
fn every_kind() {
    assert_snapshot!(list(&run_with(&DETECTOR, "Pipfile.lock", LOCK.as_bytes(), &[("Pipfile", MANIFEST)])), @r#"
    pkg:pypi/certifi@2019.3.9 · lines 11-16 · Runtime
    pkg:pypi/forked?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%400123456789abcdef0123456789abcdef01234567 · line 18 · Git("https://git.example/forked.git@0123456789abcdef0123456789abcdef01234567") · Direct · Runtime
    pkg:pypi/local · line 23 · Path · Runtime
    pkg:pypi/private@1.0?repository_url=https:%2F%2Fpypi.example%2Fsimple · line 24 · OtherRegistry("https://pypi.example/simple") · Runtime
    pkg:pypi/requests@2.31.0 · line 25 · Direct · Runtime
    pkg:pypi/any · line 26 · Runtime
    pkg:pypi/pytest@8.0.0 · line 29 · Direct · Development
    pkg:pypi/sphinx@7.0.0 · line 32
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(check(&LOCK[..LOCK.len() / 2]), @r"
    pkg:pypi/certifi@2019.3.9 · lines 11-16 · Runtime
    Error Truncated line 18: the JSON ends in the middle: what follows is missing
    ");
    assert_snapshot!(check("]"), @r"Error Syntax line 1: a value is expected here: from here on nothing is read");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "Pipfile.lock", LOCK.as_bytes());
}
