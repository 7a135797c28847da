//! Both forms, and every source.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK_FILE: &str = include_str!("../../../../../fixtures/lockfiles/rebar/rebar.lock");
const OLD: &str = include_str!("../../../../../fixtures/lockfiles/rebar/old.lock");

fn listed(text: &str) -> String {
    list(&run(&DETECTOR, "rebar.lock", text.as_bytes()))
}

#[test]
fn lock() {
    assert_snapshot!(listed(LOCK_FILE), @r#"
    pkg:hex/cowboy@2.9.0 · line 3 · sha256:2c729f9 · Direct · Runtime
    pkg:hex/cowlib@2.11.0 · line 4 · Transitive · Runtime
    pkg:hex/real_name@1.0.0-rc.1 · line 5 · Direct · Runtime
    pkg:hex/forked?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%230123456789abcdef0123456789abcdef01234567 · lines 6-8 · Git("https://git.example/forked.git#0123456789abcdef0123456789abcdef01234567") · Direct · Runtime
    pkg:hex/part?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fmany.git%23abcdef0 · lines 10-11 · Git("https://git.example/many.git#abcdef0") · Transitive · Runtime
    pkg:hex/old?vcs_url=git%2Bhttps:%2F%2Fhg.example%2Fold%2312 · line 13 · Git("https://hg.example/old#12") · Transitive · Runtime
    pkg:hex/ranch@1.8.0 · line 16 · Transitive · Runtime
    Error Shape line 14: `odd` is from a source that is not known: it is not read
    Error Shape line 15: `half` is from a source that is not known: it is not read
    "#);
}

#[test]
fn bare_list() {
    assert_snapshot!(listed(OLD), @r#"
    pkg:hex/goldrush?vcs_url=git%2Bgit:%2F%2Fgit.example%2Fgoldrush.git%23879c69874a · lines 1-2 · Git("git://git.example/goldrush.git#879c69874a") · Transitive · Runtime
    pkg:hex/lager@3.0.1 · line 4 · Direct · Runtime
    "#);
    assert_snapshot!(listed("[].\n"), @"");
}

#[test]
fn newer() {
    assert_snapshot!(listed("{\"2.0.0\",[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1\">>},0}]}.\n"), @r"
    pkg:hex/a@1 · line 1 · Direct · Runtime
    Warning FormatVersion line 1: version 2.0.0 of `rebar.lock` is not known: it is read as 1.2.0
    ");
}

#[test]
fn broken() {
    assert_snapshot!(listed(&LOCK_FILE[..120]), @r"
    pkg:hex/cowboy@2.9.0 · line 3 · Direct · Runtime
    Warning Truncated line 4: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Truncated line 4: a text is not closed, the file is cut short: from here on nothing is read
    Error Shape line 4: `cowlib` is no lock of a package: it is not read
    ");
    assert_snapshot!(listed(""), @r"Error Shape line 1: the file holds no term: it is no rebar.lock");
    assert_snapshot!(listed("ok."), @r"
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Shape line 1: the file locks nothing: it is no rebar.lock
    ");
    assert_snapshot!(listed("[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1\">>},0}]}"), @r"
    pkg:hex/a@1 · line 1 · Direct · Runtime
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 1: a bracket closes nothing: from here on nothing is read
    ");
    assert_snapshot!(listed(&"[".repeat(1000)), @r"
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Limit line 1: the terms are nested deeper than the limit of 32 levels: from here on nothing is read
    Error Shape line 1: `?` is no lock of a package: it is not read
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "rebar.lock", LOCK_FILE.as_bytes());
}
