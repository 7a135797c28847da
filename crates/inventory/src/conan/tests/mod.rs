//! Both generations.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const SECOND: &str = include_str!("../../../../../fixtures/lockfiles/conan/conan.lock");
const FIRST: &str = include_str!("../../../../../fixtures/lockfiles/conan/v1.lock");

#[test]
fn second() {
    assert_snapshot!(list(&run(&DETECTOR, "conan.lock", SECOND.as_bytes())), @r"
    pkg:conan/zlib@1.2.13 · line 4 · Runtime
    pkg:conan/tool@1.3 · line 5 · Runtime
    pkg:conan/cmake@3.25.0 · line 7 · Build
    Error Shape line 8: `nonsense` is no name and version: it is not read
    ");
}

#[test]
fn first() {
    assert_snapshot!(list(&run(&DETECTOR, "conan.lock", FIRST.as_bytes())), @r"
    pkg:conan/curl@8.0.1 · line 5 · Direct · Runtime · needs zlib cmake
    pkg:conan/zlib@1.2.13 · line 6 · Transitive · Runtime
    pkg:conan/cmake@3.25.0 · line 7 · Transitive · Runtime
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "conan.lock", &SECOND.as_bytes()[..SECOND.len() / 2])), @r"
    pkg:conan/zlib@1.2.13 · line 4 · Runtime
    Error Truncated line 5: the JSON ends in the middle: what follows is missing
    ");
    assert_snapshot!(list(&run(&DETECTOR, "conan.lock", b"<>")), @r"Error Syntax line 1: a value is expected here: from here on nothing is read");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "conan.lock", SECOND.as_bytes());
    survives(&DETECTOR, "conan.lock", FIRST.as_bytes());
}
