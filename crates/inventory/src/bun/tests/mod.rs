//! Packages, workspaces and places, and a file that ends early.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK: &str = include_str!("../../../../../fixtures/lockfiles/bun/bun.lock");

fn check(lock: &str) -> String {
    list(&run(&DETECTOR, "bun.lock", lock.as_bytes()))
}

#[test]
fn a_workspace() {
    assert_snapshot!(check(LOCK), @r#"
    pkg:npm/debug@3.2.7 · line 19 · Direct · Runtime · needs ms@2.1.2
    pkg:npm/debug@4.3.4 · line 20 · Transitive · Development · needs ms@2.1.2
    pkg:npm/express@4.18.2 · line 21 · Direct · Runtime · needs debug@2.6.9
    pkg:npm/debug@2.6.9 · line 22 · Transitive · Runtime · needs ms@2.0.0
    pkg:npm/ms@2.0.0 · line 23 · Transitive · Runtime
    pkg:npm/forked?vcs_url=github:example%2Fforked%230123456 · line 24 · Git("github:example/forked#0123456") · Direct · Runtime
    pkg:npm/fsevents@2.3.3 · line 25 · Direct · Optional
    pkg:npm/mocha@10.2.0 · line 26 · Direct · Development · needs debug@4.3.4
    pkg:npm/ms@2.1.2 · line 27 · Transitive · Runtime
    pkg:npm/private@1.0.0?repository_url=https:%2F%2Fnpm.example%2Frepository · line 28 · OtherRegistry("https://npm.example/repository") · Direct · Runtime
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(check(&LOCK[..LOCK.len() / 2]), @r"
    pkg:npm/debug@3.2.7 · line 19 · Direct · Runtime
    pkg:npm/debug@4.3.4 · line 20
    Error Truncated line 20: the JSON ends in the middle: what follows is missing
    ");
    assert_snapshot!(check("{\"lockfileVersion\": 7}"), @r"
    Warning FormatVersion line 1: the version of `bun.lock` is none that is known: it is read as version 1
    Error Shape line 1: the lockfile has no packages: nothing of it is read
    ");
    assert_snapshot!(check("{\"lockfileVersion\": 1, \"packages\": {\"a\": []}}"), @r"Error Shape line 1: `a` is no list that begins with a name and a version: it is not read");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "bun.lock", LOCK.as_bytes());
}
