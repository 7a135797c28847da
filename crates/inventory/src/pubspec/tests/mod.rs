//! Every kind of source.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK_FILE: &str = include_str!("../../../../../fixtures/lockfiles/pubspec/pubspec.lock");

#[test]
fn lock() {
    assert_snapshot!(list(&run(&DETECTOR, "pubspec.lock", LOCK_FILE.as_bytes())), @r#"
    pkg:pub/async@2.11.0 · lines 3-10 · Transitive
    pkg:pub/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%230123456789abcdef0123456789abcdef01234567 · lines 16-24 · Git("https://git.example/forked.git#0123456789abcdef0123456789abcdef01234567") · Direct · Runtime
    pkg:pub/local@0.1.0 · lines 25-31 · Path · Direct · Runtime
    pkg:pub/mockito@5.4.0?repository_url=https:%2F%2Fpub.example · lines 32-38 · OtherRegistry("https://pub.example") · Direct · Development
    Error Shape line 39: `without` has no version: it is not read
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "pubspec.lock", &LOCK_FILE.as_bytes()[..LOCK_FILE.len() / 2])), @r"
    pkg:pub/async@2.11.0 · lines 3-10 · Transitive
    Warning Truncated line 22: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Shape line 16: `forked` has no version: it is not read
    ");
    assert_snapshot!(list(&run(&DETECTOR, "pubspec.lock", b"<>")), @r"
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Shape line 1: the file has no `packages`: it is no pubspec.lock
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "pubspec.lock", LOCK_FILE.as_bytes());
}
