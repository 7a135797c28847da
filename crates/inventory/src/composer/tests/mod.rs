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
    assert_snapshot!(list(&run_with(&LOCK, "composer.lock", LOCKED_FILE.as_bytes(), &[("composer.json", LOCKED_COMPANION)])), @r#"
    pkg:composer/guzzlehttp/guzzle@6.5.8 · lines 5-6 · license MIT · Direct · Runtime · needs guzzlehttp/psr7
    pkg:composer/guzzlehttp/psr7@v1.9.0 · lines 14-15 · license MIT OR GPL-2.0-or-later · Transitive · Runtime
    pkg:composer/shop/fork@2.0.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Ffork.git%230f0f · lines 20-21 · Git("https://git.example/fork.git#0f0f") · Runtime
    pkg:composer/other/registry@3.1.0?repository_url=https:%2F%2Fpackages.example%2F8 · lines 26-27 · OtherRegistry("https://packages.example/8") · Runtime
    pkg:composer/shop/local@dev-main · lines 31-32 · Path · Direct · Runtime
    pkg:composer/phpunit/phpunit@9.6.0 · line 38 · Direct · Development
    Error Shape line 35: package `without/version` has no version: it is not read
    "#);
}

/// Without a word of a registry in the whole file, the manifest tells what is from a repository of code.
#[test]
fn repositories_of_the_project() {
    let lock = br#"{"packages": [
        {"name": "a/fork", "version": "1.0", "source": {"type": "git", "url": "https://git.example/fork"}, "dist": {"type": "zip"}},
        {"name": "a/mirrored", "version": "1.0", "source": {"type": "git", "url": "https://git.example/m"}, "dist": {"type": "zip"}},
        {"name": "a/cloned", "version": "1.0", "source": {"type": "hg", "url": "https://hg.example/c", "reference": "1f"}}
    ]}"#;
    let manifest = br#"{"repositories": {"x": {"type": "vcs", "url": "https://git.example/fork.git"}, "y": {"type": "composer", "url": "https://git.example/m"}}}"#;
    assert_snapshot!(list(&run_with(&LOCK, "composer.lock", lock, &[("composer.json", manifest)])), @r#"
    pkg:composer/a/fork@1.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Ffork · line 2 · Git("https://git.example/fork") · Runtime
    pkg:composer/a/mirrored@1.0 · line 3 · Runtime
    pkg:composer/a/cloned@1.0?vcs_url=hg%2Bhttps:%2F%2Fhg.example%2Fc%231f · line 4 · Git("hg+https://hg.example/c#1f") · Runtime
    "#);
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
    pkg:composer/guzzlehttp/guzzle@6.5.8 · lines 5-6 · license MIT · Runtime · needs guzzlehttp/psr7
    pkg:composer/guzzlehttp/psr7@v1.9.0 · lines 14-15 · license MIT OR GPL-2.0-or-later · Runtime
    Error Truncated line 18: the JSON ends in the middle: what follows is missing
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
