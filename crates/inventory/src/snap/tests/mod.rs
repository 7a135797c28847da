//! A snap, whole and broken.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const SNAP: &[u8] = include_bytes!("../../../../../fixtures/installed/snap/meta/snap.yaml");

#[test]
fn snap() {
    assert_snapshot!(list(&run(&DETECTOR, "snap/core22/1033/meta/snap.yaml", SNAP)), @r"pkg:snap/jq@1.5%2Bdfsg-1 · lines 1-2 · license MIT");
    assert_snapshot!(list(&run(&DETECTOR, "x/meta/snap.yaml", b"name: x\n")), @r"Error Shape line 1: a snap without `name` or `version`: it is not read");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "snap/core22/1033/meta/snap.yaml", SNAP);
}
