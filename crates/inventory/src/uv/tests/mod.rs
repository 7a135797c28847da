//! Workspaces, two versions of one name, sources.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK: &str = include_str!("../../../../../fixtures/lockfiles/uv/uv.lock");

fn check(lock: &str) -> String {
    list(&run(&DETECTOR, "uv.lock", lock.as_bytes()))
}

#[test]
fn every_kind() {
    assert_snapshot!(check(LOCK), @r#"
    pkg:pypi/anyio@4.7.0 · lines 8-9 · Direct · Runtime · needs idna numpy@2.0.0
    pkg:pypi/archive@5.0?download_url=https:%2F%2Ffiles.example%2Farchive-5.0.tar.gz · lines 17-18 · Url("https://files.example/archive-5.0.tar.gz") · Direct · Runtime
    pkg:pypi/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%3Frev%3Dv1%230123456789abcdef0123456789abcdef01234567 · lines 22-23 · Git("https://git.example/forked.git?rev=v1#0123456789abcdef0123456789abcdef01234567") · Direct · Runtime
    pkg:pypi/idna@3.10?repository_url=https:%2F%2Fpypi.example%2Fsimple · lines 27-28 · OtherRegistry("https://pypi.example/simple") · Transitive · Runtime
    pkg:pypi/numpy@1.26.4 · lines 32-33 · Direct · Optional
    pkg:pypi/numpy@2.0.0 · lines 37-38 · Transitive · Runtime
    pkg:pypi/pytest@8.0.0 · lines 42-43 · Direct · Development
    pkg:pypi/wheel@1.0 · lines 75-76 · Path · Direct · Runtime
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(check(&LOCK[..LOCK.len() / 2]), @r#"
    pkg:pypi/anyio@4.7.0 · lines 8-9 · needs idna numpy
    pkg:pypi/archive@5.0?download_url=https:%2F%2Ffiles.example%2Farchive-5.0.tar.gz · lines 17-18 · Url("https://files.example/archive-5.0.tar.gz")
    pkg:pypi/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%3Frev%3Dv1%230123456789abcdef0123456789abcdef01234567 · lines 22-23 · Git("https://git.example/forked.git?rev=v1#0123456789abcdef0123456789abcdef01234567")
    pkg:pypi/idna@3.10?repository_url=https:%2F%2Fpypi.example%2Fsimple · lines 27-28 · OtherRegistry("https://pypi.example/simple")
    pkg:pypi/numpy@1.26.4?repository_url=https:%2F%2Fpypi.org%2Fs · lines 32-33 · OtherRegistry("https://pypi.org/s")
    Warning Truncated line 34: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 34: wrong TOML, unclosed inline table, expected `}`: what this line says may be missing
    Error Syntax line 34: wrong TOML, invalid basic string, expected `"`: what this line says may be missing
    "#);
    assert_snapshot!(check("]"), @r"
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 1: wrong TOML, missing table open, expected `[`: what this line says may be missing
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "uv.lock", LOCK.as_bytes());
}
