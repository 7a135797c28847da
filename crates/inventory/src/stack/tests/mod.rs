//! Every source of a package.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/stack/stack.yaml.lock");

#[test]
fn lock() {
    assert_snapshot!(list(&run(&DETECTOR, "stack.yaml.lock", LOCK_FILE)), @r#"
    pkg:hackage/acme-missiles@0.3 · line 5 · Direct
    pkg:hackage/parser@1.2.0.1?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fteam%2Fparser%232a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d · lines 14-18 · Git("https://git.example/team/parser#2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d") · Direct
    pkg:hackage/archived@0.1?download_url=https:%2F%2Ffiles.example%2Farchived-0.1.tar.gz · lines 23-27 · sha256:814bc0c · Url("https://files.example/archived-0.1.tar.gz") · Direct
    Warning Unsupported line 31: the packages of the snapshot `lts-20.26` are in no file of the project: which of them are built is not known
    "#);
}

#[test]
fn broken() {
    let text = b"packages:\n- original: x\n- completed:\n    hackage: nothing\n- completed:\n    name: x\n";
    assert_snapshot!(list(&run(&DETECTOR, "stack.yaml.lock", text)), @r"
    Error Shape line 2: a package that is not completed: it is not read
    Error Shape line 4: `nothing` is no package and its version: it is not read
    Error Shape line 6: package `x` has no version: it is not read
    ");
    assert_snapshot!(list(&run(&DETECTOR, "stack.yaml.lock", b"a: 1\n")), @r"Error Shape line 1: the file has no `packages`: it is no stack.yaml.lock");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "stack.yaml.lock", LOCK_FILE);
}
