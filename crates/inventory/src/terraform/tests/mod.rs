//! Providers of every registry.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/terraform/.terraform.lock.hcl");

fn listed(bytes: &[u8]) -> String {
    list(&run(&DETECTOR, "infra/.terraform.lock.hcl", bytes))
}

#[test]
fn lock() {
    assert_snapshot!(listed(LOCK_FILE), @r#"
    pkg:terraform/registry.terraform.io/hashicorp/aws@5.31.0 · lines 3-4
    pkg:terraform/registry.opentofu.org/hashicorp/random@3.6.0 · lines 12-13
    pkg:terraform/registry.inner.example:8443/team/forge@0.2.0-beta1?repository_url=registry.inner.example:8443 · lines 17-18 · OtherRegistry("registry.inner.example:8443")
    Error Shape line 21: provider `registry.terraform.io/hashicorp/null` has no version: it is not read
    Error Syntax line 29: `nonsense` begins no block: it is not read
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(listed(&LOCK_FILE[..LOCK_FILE.len() / 3]), @r"
    pkg:terraform/registry.terraform.io/hashicorp/aws@5.31.0 · lines 3-4
    Warning Truncated line 7: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Truncated line 7: a block is not closed: the file is cut short
    ");
    assert_snapshot!(listed(b"provider \"a/b/c\" {\n  version\n}\nprovider \"a/b/d\" {}\nprovider {\n"), @r"
    Error Syntax line 2: `version` is no argument: it is not read
    Error Shape line 1: provider `a/b/c` has no version: it is not read
    Error Shape line 4: provider `a/b/d` has no version: it is not read
    Error Syntax line 5: `provider {` begins no block: it is not read
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, ".terraform.lock.hcl", LOCK_FILE);
}
