//! What is locked, and what is installed.

use insta::assert_snapshot;

use super::{INSTALLED, LOCK};
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const LOCKED_FILE: &str = include_str!("../../../../../fixtures/lockfiles/composer/composer.lock");
const LOCKED_COMPANION: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/composer/composer.json");
const INSTALLED_FILE: &str = include_str!("../../../../../fixtures/lockfiles/composer/installed.json");

#[test]
fn locked() {
    assert_snapshot!(list(&run_with(&LOCK, "composer.lock", LOCKED_FILE.as_bytes(), &[("composer.json", LOCKED_COMPANION)])), @r"
    pkg:composer/guzzlehttp/guzzle@6.5.8 · lines 5-6 · license MIT · Direct · Runtime · needs guzzlehttp/psr7
    pkg:composer/guzzlehttp/psr7@v1.9.0 · lines 13-14 · license MIT OR GPL-2.0-or-later · Transitive · Runtime
    pkg:composer/shop/local@dev-main · lines 18-19 · Path · Direct · Runtime
    pkg:composer/phpunit/phpunit@9.6.0 · line 25 · Direct · Development
    Error Shape line 22: package `without/version` has no version: it is not read
    ");
}

#[test]
fn installed() {
    assert_snapshot!(list(&run(&INSTALLED, "vendor/composer/installed.json", INSTALLED_FILE.as_bytes())), @r"
    pkg:composer/guzzlehttp/psr7@1.9.0 · line 3 · Runtime
    pkg:composer/phpunit/phpunit@9.6.0 · line 4 · Development
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&LOCK, "composer.lock", &LOCKED_FILE.as_bytes()[..LOCKED_FILE.len() / 2])), @r"
    pkg:composer/guzzlehttp/guzzle@6.5.8 · lines 5-6 · Runtime
    Error Truncated line 10: the JSON ends in the middle: what follows is missing
    ");
    assert_snapshot!(list(&run(&LOCK, "composer.lock", b"<>")), @r"Error Syntax line 1: a value is expected here: from here on nothing is read");
    assert_snapshot!(list(&run(&INSTALLED, "vendor/composer/installed.json", &INSTALLED_FILE.as_bytes()[..INSTALLED_FILE.len() / 2])), @r"
    pkg:composer/guzzlehttp/psr7@1.9.0 · line 3
    Error Truncated line 4: the JSON ends in the middle: what follows is missing
    Error Shape line 4: a package without a name: it is not read
    ");
    assert_snapshot!(list(&run(&INSTALLED, "vendor/composer/installed.json", b"<>")), @r"Error Syntax line 1: a value is expected here: from here on nothing is read");
}

#[test]
fn survives_anything() {
    survives(&LOCK, "composer.lock", LOCKED_FILE.as_bytes());
    survives(&INSTALLED, "vendor/composer/installed.json", INSTALLED_FILE.as_bytes());
}
