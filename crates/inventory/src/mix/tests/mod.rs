//! Every kind of term.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK_FILE: &str = include_str!("../../../../../fixtures/lockfiles/mix/mix.lock");

#[test]
fn lock() {
    assert_snapshot!(list(&run(&DETECTOR, "mix.lock", LOCK_FILE.as_bytes())), @r#"
    pkg:hex/bunt@0.2.0 · line 2
    pkg:hex/credo@1.6.6 · line 3 · Direct · needs bunt jason
    pkg:hex/jason@1.3.0 · line 4
    pkg:hex/private@1.0.0?repository_url=hexpm:example · line 5 · OtherRegistry("hexpm:example") · Direct
    pkg:hex/real_name@2.0.0 · line 6 · Direct
    pkg:hex/forked?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%230123456789abcdef0123456789abcdef01234567 · line 7 · Git("https://git.example/forked.git#0123456789abcdef0123456789abcdef01234567") · Direct
    pkg:hex/old@0.1.0 · line 8 · Direct
    Error Syntax line 9: `"odd": {:svn, "x"},` is from a source that is not known: it is not read
    Error Syntax line 10: `nonsense` is no `name: {…}`: it is not read
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "mix.lock", &LOCK_FILE.as_bytes()[..LOCK_FILE.len() / 2])), @r"
    pkg:hex/bunt@0.2.0 · line 2
    pkg:hex/credo@1.6.6 · line 3 · Direct · needs bunt jason
    pkg:hex/jason@1.3.0 · line 4
    Warning Truncated line 4: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Truncated line 4: the map is not closed: the file is cut short
    ");
    assert_snapshot!(list(&run(&DETECTOR, "mix.lock", b"<>")), @r"
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 1: `<>` is no `name: {…}`: it is not read
    Error Truncated line 1: the map is not closed: the file is cut short
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "mix.lock", LOCK_FILE.as_bytes());
}
