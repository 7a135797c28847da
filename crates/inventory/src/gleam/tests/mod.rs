//! Every source, and files of others.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const MANIFEST: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/gleam/manifest.toml");

#[test]
fn manifest() {
    assert_snapshot!(list(&run(&DETECTOR, "manifest.toml", MANIFEST)), @r#"
    pkg:hex/gleam_http@3.6.0 · line 4 · sha256:8c07df9 · Transitive · needs gleam_stdlib
    pkg:hex/gleam_stdlib@0.38.0 · line 5 · sha256:663cf11 · Direct
    pkg:hex/own@1.0.0 · line 6 · Path · Direct · needs gleam_http
    pkg:hex/fork@0.2.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fteam%2Ffork%230a1b2c3d4e5f60718293a4b5c6d7e8f901234567 · line 7 · Git("https://git.example/team/fork#0a1b2c3d4e5f60718293a4b5c6d7e8f901234567")
    "#);
}

#[test]
fn of_others() {
    assert_snapshot!(list(&run(&DETECTOR, "manifest.toml", b"[site]\nname = \"x\"\n")), @"");
}

#[test]
fn broken() {
    let text = b"packages = [\n  { name = \"a\", build_tools = [\"gleam\"] },\n  { name = \"b\", version = \"1.0.0\", build_tools = [\"gleam\"] },\n";
    assert_snapshot!(list(&run(&DETECTOR, "manifest.toml", text)), @r"
    pkg:hex/b@1.0.0 · line 3
    Error Syntax line 3: wrong TOML, unclosed array, expected `]`: what this line says may be missing
    Error Shape line 2: package `a` has no version: it is not read
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "manifest.toml", MANIFEST);
}
