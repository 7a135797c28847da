//! One record.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const RECORD: &str = include_str!("../../../../../fixtures/installed/conda/openssl-1.1.1q-h7f8727e_0.json");

#[test]
fn record() {
    assert_snapshot!(list(&run(&DETECTOR, "opt/conda/conda-meta/x.json", RECORD.as_bytes())), @r"pkg:conda/openssl@1.1.1q?build=h7f8727e_0&channel=https:%2F%2Fconda.example%2Fmain%2Flinux-64&subdir=linux-64 · lines 5-7 · license OpenSSL");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "opt/conda/conda-meta/x.json", &RECORD.as_bytes()[..RECORD.len() / 2])), @r"Error Truncated line 4: the JSON ends in the middle: what follows is missing");
    assert_snapshot!(list(&run(&DETECTOR, "opt/conda/conda-meta/x.json", b"<>")), @r"Error Syntax line 1: a value is expected here: from here on nothing is read");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "opt/conda/conda-meta/x.json", RECORD.as_bytes());
}
