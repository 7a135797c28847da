//! Versions, branches, and a pin without a place.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const PINS: &str = include_str!("../../../../../fixtures/lockfiles/swift/Package.resolved");

#[test]
fn pins() {
    assert_snapshot!(list(&run(&DETECTOR, "Package.resolved", PINS.as_bytes())), @r#"
    pkg:swift/git.example/Quick/Nimble@9.2.1 · lines 3-7
    pkg:swift/git.example/Quick/Branch?vcs_url=git%40git.example%2FQuick%2FBranch%230123456789abcdef0123456789abcdef01234567 · lines 9-12 · Git("git@git.example/Quick/Branch#0123456789abcdef0123456789abcdef01234567")
    Error Shape line 15: a pin without a location: it is not read
    "#);
}

#[test]
fn of_other_places() {
    let text = br#"{"pins": [
        {"identity": "nio", "kind": "remoteSourceControl", "location": "git@git.example:apple/nio.git", "state": {"version": "2.0.0"}},
        {"identity": "port", "kind": "remoteSourceControl", "location": "ssh://git@git.example:2222/a/b.git", "state": {"version": "1.0.0"}},
        {"identity": "mona.LinkedList", "kind": "registry", "location": "", "state": {"version": "1.2.0"}}
    ], "version": 3}"#;
    assert_snapshot!(list(&run(&DETECTOR, "Package.resolved", text)), @r"
    pkg:swift/git.example/apple/nio@2.0.0 · line 2
    pkg:swift/git.example:2222/a/b@1.0.0 · line 3
    pkg:swift/mona/LinkedList@1.2.0 · line 4
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "Package.resolved", &PINS.as_bytes()[..PINS.len() / 2])), @r"
    pkg:swift/git.example/Quick/Nimble@9.2.1 · lines 3-7
    Error Truncated line 10: the JSON ends in the middle: what follows is missing
    Error Shape line 9: a pin without a location: it is not read
    ");
    assert_snapshot!(list(&run(&DETECTOR, "Package.resolved", b"<>")), @r"Error Syntax line 1: a value is expected here: from here on nothing is read");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "Package.resolved", PINS.as_bytes());
}
