//! Every section of the file.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK_FILE: &str = include_str!("../../../../../fixtures/lockfiles/bundler/Gemfile.lock");

#[test]
fn lock() {
    assert_snapshot!(list(&run(&DETECTOR, "Gemfile.lock", LOCK_FILE.as_bytes())), @r#"
    pkg:gem/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%230123456789abcdef0123456789abcdef01234567 · line 6 · Git("https://git.example/forked.git#0123456789abcdef0123456789abcdef01234567") · Direct · needs rack
    pkg:gem/cart@1.0.0 · line 18 · Path · Direct
    pkg:gem/mini_portile2@2.8.4 · line 23 · Transitive
    pkg:gem/nokogiri@1.15.0 · line 24 · Direct · needs mini_portile2 racc
    pkg:gem/racc@1.7.1 · line 29 · Transitive
    pkg:gem/rack@2.2.8 · line 30 · Direct
    pkg:gem/private@1.0.0.pre?repository_url=https:%2F%2Fgems.example%2F · line 35 · OtherRegistry("https://gems.example/") · Direct
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "Gemfile.lock", &LOCK_FILE.as_bytes()[..LOCK_FILE.len() / 2])), @r#"
    pkg:gem/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%230123456789abcdef0123456789abcdef01234567 · line 6 · Git("https://git.example/forked.git#0123456789abcdef0123456789abcdef01234567")
    pkg:gem/cart@1.0.0 · line 18 · Path
    pkg:gem/mini_portile2@2.8.4 · line 23
    pkg:gem/nokogiri@1.15.0 · line 24 · Direct
    Warning Truncated line 25: the file does not end in a line break, as its tool writes it: it may be cut short
    "#);
    assert_snapshot!(list(&run(&DETECTOR, "Gemfile.lock", b"<>")), @r"
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 1: `<>` is no line of a Gemfile.lock: it is not read
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "Gemfile.lock", LOCK_FILE.as_bytes());
}
