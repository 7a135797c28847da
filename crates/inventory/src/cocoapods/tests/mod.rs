//! Parts of pods, places, and a line that is none.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const PODS: &str = include_str!("../../../../../fixtures/lockfiles/cocoapods/Podfile.lock");

#[test]
fn pods() {
    assert_snapshot!(list(&run(&DETECTOR, "Podfile.lock", PODS.as_bytes())), @r#"
    pkg:cocoapods/AppCenter@4.2.0 · line 2 · Direct · needs KeychainAccess
    pkg:cocoapods/Forked@1.0.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%238d2b0c1f7c6f54a6c6dc9d3c9e0d4a8a8f4f7e11 · line 6 · Git("https://git.example/forked.git#8d2b0c1f7c6f54a6c6dc9d3c9e0d4a8a8f4f7e11") · Direct
    pkg:cocoapods/KeychainAccess@4.2.1 · line 7 · Transitive
    Error Shape line 8: `Wrong = 1.0` is no pod and its version: it is not read
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "Podfile.lock", &PODS.as_bytes()[..PODS.len() / 2])), @r"
    pkg:cocoapods/AppCenter@4.2.0 · line 2 · Direct · needs KeychainAccess
    pkg:cocoapods/Forked@1.0.0 · line 6 · Direct
    pkg:cocoapods/KeychainAccess@4.2.1 · line 7 · Transitive
    Warning Truncated line 12: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Shape line 8: `Wrong = 1.0` is no pod and its version: it is not read
    ");
    assert_snapshot!(list(&run(&DETECTOR, "Podfile.lock", b"<>")), @r"
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Shape line 1: the file has neither `PODS` nor `COCOAPODS`: it is no Podfile.lock
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "Podfile.lock", PODS.as_bytes());
}
