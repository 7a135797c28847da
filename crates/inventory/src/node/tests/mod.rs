//! One manifest, and which manifests count.

use insta::assert_snapshot;

use super::{DETECTOR, is_manifest};
use crate::hostile::survives;
use crate::listing::{list, run};

const MANIFEST: &[u8] = include_bytes!("../../../../../fixtures/installed/node/package.json");

fn check(bytes: &[u8]) -> String {
    list(&run(&DETECTOR, "usr/lib/node_modules/x/package.json", bytes))
}

#[test]
fn a_package() {
    assert_snapshot!(check(MANIFEST), @r#"pkg:npm/%40scope/tool@1.2.3?repository_url=https:%2F%2Fnpm.example%2Frepository · lines 2-4 · license MIT · OtherRegistry("https://npm.example/repository")"#);
}

#[test]
fn broken() {
    assert_snapshot!(check(&MANIFEST[..MANIFEST.len() / 2]), @r"
    pkg:npm/%40scope/tool@1.2.3 · lines 2-4
    Error Truncated line 5: the JSON ends in the middle: what follows is missing
    ");
    assert_snapshot!(check(b"{\"type\": \"module\"}"), @r"Note Shape line 1: a package.json without a name or a version: it is no package of a registry");
}

#[test]
fn names_of_files() {
    for path in [
        "node_modules/a/package.json",
        "x/node_modules/@a/b/package.json",
        "node_modules/a/node_modules/b/package.json",
    ] {
        assert!(is_manifest(path), "{path}");
    }
    for path in [
        "package.json",
        "node_modules/a/lib/package.json",
        "node_modules/@a/package.json",
        "my_node_modules/a/package.json",
    ] {
        assert!(!is_manifest(path), "{path}");
    }
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "node_modules/a/package.json", MANIFEST);
}
