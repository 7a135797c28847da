//! Registry, repository, folder, and what comes with Julia.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const MANIFEST: &str = include_str!("../../../../../fixtures/lockfiles/julia/Manifest.toml");
const MANIFEST_COMPANION: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/julia/Project.toml");

#[test]
fn manifest() {
    assert_snapshot!(list(&run_with(&DETECTOR, "Manifest.toml", MANIFEST.as_bytes(), &[("Project.toml", MANIFEST_COMPANION)])), @r#"
    pkg:julia/Forked@0.2.0?uuid=00000000-0000-0000-0000-000000000001&vcs_url=git%2Bhttps:%2F%2Fgit.example%2FForked.jl%23main · line 12 · Git("https://git.example/Forked.jl#main")
    pkg:julia/JSON@0.21.4?uuid=682c06a0-de6a-54ab-a142-c8b1cf79cde6 · line 18 · Direct · needs Parsers
    pkg:julia/Local?uuid=00000000-0000-0000-0000-000000000002 · line 21 · Path
    pkg:julia/Parsers@2.5.10?uuid=69de0a69-1ddd-5017-9359-2bf0b02dc9f0 · line 26 · Transitive
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "Manifest.toml", &MANIFEST.as_bytes()[..MANIFEST.len() / 2])), @r#"
    pkg:julia/Forked@0.2.0?uuid=00000000-0000-0000-0000-000000000001&vcs_url=git%2Bhttps:%2F%2Fgit.example%2FForked.jl%23main · line 12 · Git("https://git.example/Forked.jl#main")
    Warning Truncated line 14: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 14: wrong TOML, unclosed array table, expected `]]`: what this line says may be missing
    "#);
    assert_snapshot!(list(&run(&DETECTOR, "Manifest.toml", b"<>")), @r"
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 1: wrong TOML, key with no value, expected `=`: what this line says may be missing
    Error Syntax line 1: wrong TOML, invalid unquoted key, expected letters, numbers, `-`, `_`: what this line says may be missing
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "Manifest.toml", MANIFEST.as_bytes());
}
