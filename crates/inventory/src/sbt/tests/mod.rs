//! The one version there is.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/sbt/build.sbt.lock");

#[test]
fn lock() {
    assert_snapshot!(list(&run(&DETECTOR, "build.sbt.lock", LOCK_FILE)), @r"
    pkg:maven/org.typelevel/cats-core_2.13@2.9.0 · lines 7-9 · sha1:0a0a0a0a0 · Runtime
    pkg:maven/org.scalatest/scalatest_2.13@3.2.17 · lines 14-16 · Development
    Error Shape line 19: a dependency without organisation, name or version: it is not read
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "build.sbt.lock", &LOCK_FILE[..LOCK_FILE.len() / 2])), @r"
    pkg:maven/org.typelevel/cats-core_2.13@2.9.0 · lines 7-9
    Error Truncated line 10: the JSON ends in the middle: what follows is missing
    ");
    assert_snapshot!(list(&run(&DETECTOR, "build.sbt.lock", b"{\"lockVersion\": 999}")), @r"
    Warning FormatVersion line 1: lock version 999 is not known: it is read as version 1, and may say more
    Error Shape line 1: the file has no `dependencies`: it is no lock of sbt
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "build.sbt.lock", LOCK_FILE);
}
