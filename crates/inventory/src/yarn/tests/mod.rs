//! Both generations of the file, with and without the manifest.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const V1: &str = include_str!("../../../../../fixtures/lockfiles/yarn/v1.lock");
const BERRY: &str = include_str!("../../../../../fixtures/lockfiles/yarn/berry.lock");
const BROKEN: &str = include_str!("../../../../../fixtures/lockfiles/yarn/broken.lock");
const MANIFEST: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/yarn/package.json");

fn check(lock: &str) -> String {
    list(&run(&DETECTOR, "yarn.lock", lock.as_bytes()))
}

fn check_with_manifest(lock: &str) -> String {
    list(&run_with(&DETECTOR, "yarn.lock", lock.as_bytes(), &[("package.json", MANIFEST)]))
}

#[test]
fn yarn_one() {
    assert_snapshot!(check_with_manifest(V1), @r#"
    pkg:npm/%40babel/code-frame@7.4.4 · lines 5-6 · Direct · Development · needs lodash@4.17.21
    pkg:npm/debug@2.6.9?repository_url=https:%2F%2Fnpm.example%2Frepository · lines 12-13 · OtherRegistry("https://npm.example/repository") · Direct · Runtime · needs ms fsevents
    pkg:npm/debug@4.3.4 · lines 20-21
    pkg:npm/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%230123456789abcdef0123456789abcdef01234567 · lines 24-25 · Git("git+https://git.example/forked.git#0123456789abcdef0123456789abcdef01234567") · Direct · Runtime
    pkg:npm/fsevents@2.3.3 · lines 28-29 · Transitive · Runtime
    pkg:npm/local@0.0.1 · lines 32-33 · Path
    pkg:npm/lodash@3.10.1 · lines 35-36 · Direct · Runtime
    pkg:npm/lodash@4.17.21 · lines 39-40 · Transitive · Development
    pkg:npm/ms@2.0.0 · lines 43-44 · Transitive · Runtime
    "#);
}

#[test]
fn berry() {
    assert_snapshot!(check_with_manifest(BERRY), @r#"
    pkg:npm/%40babel/code-frame@7.4.4 · lines 8-9 · Direct · Development · needs lodash@4.17.21
    pkg:npm/debug@2.6.9?repository_url=https:%2F%2Fnpm.example%2Frepository · lines 17-18 · OtherRegistry("https://npm.example/repository") · Direct · Runtime · needs ms
    pkg:npm/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%23commit%3D0123456789abcdef0123456789abcdef01234567 · lines 28-29 · Git("https://git.example/forked.git#commit=0123456789abcdef0123456789abcdef01234567") · Direct · Runtime
    pkg:npm/lodash@3.10.1 · lines 34-35 · Direct · Runtime
    pkg:npm/lodash@4.17.21 · lines 40-42 · Transitive · Development
    pkg:npm/ms@2.0.0 · lines 47-48 · Transitive · Runtime
    pkg:npm/typescript@5.0.4 · lines 65-66 · Direct
    "#);
}

#[test]
fn berry_alone_does_not_say_what_for() {
    assert_snapshot!(check(BERRY).lines().take(2).collect::<Vec<_>>().join("\n"), @r#"
    pkg:npm/%40babel/code-frame@7.4.4 · lines 8-9 · Direct · needs lodash@4.17.21
    pkg:npm/debug@2.6.9?repository_url=https:%2F%2Fnpm.example%2Frepository · lines 17-18 · OtherRegistry("https://npm.example/repository") · Direct · needs ms
    "#);
}

#[test]
fn a_broken_block_hides_no_other() {
    assert_snapshot!(check(BROKEN), @r#"
    pkg:npm/first@1.0.0 · lines 3-4
    Error Syntax line 6: `<<<<<<< HEAD` is no line of a yarn.lock: it is not read
    Error Syntax line 9: `=======` is no line of a yarn.lock: it is not read
    Error Syntax line 12: `version "1.0.0` is no line of a yarn.lock: it is not read
    Error Syntax line 16: `cut@^1.0.0` is no line of a yarn.lock: it is not read
    Error Shape line 7: `second@^1.0.0` has no version: it is not read
    Error Shape line 11: `third@^1.0.0` has no version: it is not read
    "#);
    assert_eq!(check(""), "");
}

#[test]
fn newer() {
    assert_snapshot!(check("__metadata:\n  version: 99\n"), @r"Warning FormatVersion line 2: version 99 of `yarn.lock` is not known: it is read as version 10, and may say more");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "yarn.lock", V1.as_bytes());
    survives(&DETECTOR, "yarn.lock", BERRY.as_bytes());
}
