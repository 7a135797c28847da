//! An inventory with an epoch, one without, and one that is no package.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const PATH: &str = "usr/share/bottlerocket/application-inventory.json";
const INVENTORY: &[u8] = include_bytes!("../../../../../fixtures/installed/bottlerocket/application-inventory.json");

#[test]
fn an_inventory() {
    let parsed = run(&DETECTOR, PATH, INVENTORY);
    assert_snapshot!(list(&parsed), @r"
    pkg:rpm/glibc@2.38-1.1718000000.abcdef01.br1?arch=x86_64&epoch=1 · lines 4-8
    pkg:rpm/acpid@1.19.2-29cc92cc?arch=x86_64 · lines 16-19
    Error Shape line 22: an application without a name or a version: it is not read
    ");
    assert_eq!(parsed.packages[0].version.as_deref(), Some("1:2.38-1.1718000000.abcdef01.br1"));
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, PATH, b"{}")), @r"Error Shape line 1: the inventory has no `Content`: nothing of it is read");
    assert_snapshot!(list(&run(&DETECTOR, PATH, &INVENTORY[..500])), @r"
    pkg:rpm/glibc@2.38-1.1718000000.abcdef01.br1?arch=x86_64&epoch=1 · lines 4-8
    pkg:rpm/acpid@1.19.2 · lines 16-18
    Error Truncated line 19: the JSON ends in the middle: what follows is missing
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, PATH, INVENTORY);
}
