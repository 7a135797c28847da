//! Receipts.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const RECEIPT: &[u8] = include_bytes!("../../../../../fixtures/installed/homebrew/INSTALL_RECEIPT.json");
const PATH: &str = "home/linuxbrew/.linuxbrew/Cellar/jq/1.7.1/INSTALL_RECEIPT.json";

#[test]
fn receipts() {
    assert_snapshot!(list(&run(&DETECTOR, PATH, RECEIPT)), @r"pkg:brew/jq@1.7.1 · Direct · needs oniguruma");
    let of_a_tap = br#"{"installed_as_dependency": true, "source": {"tap": "team/tools"}}"#;
    assert_snapshot!(list(&run(&DETECTOR, PATH, of_a_tap)), @r"pkg:brew/team/tools/jq@1.7.1 · Transitive");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, PATH, b"{")), @r"
    pkg:brew/jq@1.7.1
    Error Truncated line 1: the JSON ends in the middle: what follows is missing
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, PATH, RECEIPT);
}
