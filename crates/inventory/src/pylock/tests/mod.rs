//! Sources, and packages without a version.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK: &str = include_str!("../../../../../fixtures/lockfiles/pylock/pylock.toml");

fn check(lock: &str) -> String {
    list(&run(&DETECTOR, "pylock.toml", lock.as_bytes()))
}

#[test]
fn every_kind() {
    assert_snapshot!(check(LOCK), @r#"
    pkg:pypi/attrs@25.4.0 · lines 6-7 · sha256:0000000
    pkg:pypi/cattrs@1.0?repository_url=https:%2F%2Fpypi.example%2Fsimple · lines 16-17 · OtherRegistry("https://pypi.example/simple") · needs attrs
    pkg:pypi/forked?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%400123456789abcdef0123456789abcdef01234567 · line 23 · Git("https://git.example/forked.git@0123456789abcdef0123456789abcdef01234567")
    pkg:pypi/local · line 31 · Path
    pkg:pypi/archive@5.0?download_url=https:%2F%2Ffiles.example%2Farchive-5.0.zip · lines 35-36 · Url("https://files.example/archive-5.0.zip")
    Error Shape line 40: package `without-version` has no version: it is not read
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(check(&LOCK[..LOCK.len() / 2]), @r#"
    pkg:pypi/attrs@25.4.0 · lines 6-7 · sha256:0000000
    pkg:pypi/cattrs@1.0?repository_url=https:%2F%2Fpy · lines 16-17 · OtherRegistry("https://py")
    Error Syntax line 19: wrong TOML, invalid basic string, expected `"`: what this line says may be missing
    "#);
    assert_snapshot!(check("]"), @r"
    Error Syntax line 1: wrong TOML, missing table open, expected `[`: what this line says may be missing
    Error Shape line 1: the file has no `lock-version`: it is no pylock.toml
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "pylock.toml", LOCK.as_bytes());
}

#[test]
fn names_of_files() {
    assert!(["pylock.toml", "pylock.dev.toml"].into_iter().all(super::is_pylock));
    assert!(!["pylock..toml", "pylock.a.b.toml", "xpylock.toml", "pylock.lock"].into_iter().any(super::is_pylock));
}
