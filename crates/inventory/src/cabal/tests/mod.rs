//! Constraints of every kind.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const FREEZE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/cabal/cabal.project.freeze");

#[test]
fn freeze() {
    assert_snapshot!(list(&run(&DETECTOR, "cabal.project.freeze", FREEZE)), @r"
    pkg:hackage/aeson@2.1.2.1 · line 2
    pkg:hackage/text@2.0.2 · line 5
    pkg:hackage/vector@0.13.1.0 · line 7
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "cabal.project.freeze", b"constraints: any.a ==1,\n  word,\n  any.b ==1.*,\n")), @r"
    pkg:hackage/a@1 · line 1
    Error Syntax line 2: `word` is no constraint: it is not read
    Warning Shape line 3: `any.b ==1.*` pins no version: it is not read
    Error Truncated line 3: a constraint is expected behind the last comma: the file is cut short
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "cabal.project.freeze", FREEZE);
}
