//! Every kind of input.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/flake/flake.lock");

#[test]
fn lock() {
    assert_snapshot!(list(&run(&DETECTOR, "flake.lock", LOCK_FILE)), @r#"
    pkg:github/numtide/flake-utils@b1d9ab70662946ef0850d488da1c9019f3a9752a?vcs_url=github:numtide%2Fflake-utils · lines 10-12 · Git("github:numtide/flake-utils") · Direct · needs systems
    pkg:github/nixos/nixpkgs@e9ee548d90ff586a6471b4ae80ae9cfcbceb3420?vcs_url=github:NixOS%2Fnixpkgs · lines 25-27 · Git("github:NixOS/nixpkgs") · Transitive
    pkg:generic/internal@00ee548d90ff586a6471b4ae80ae9cfcbceb3420?vcs_url=git%2Bssh:%2F%2Fgit%40git.example%2Fteam%2Finternal · lines 42-45 · Git("ssh://git@git.example/team/internal") · Direct
    pkg:generic/systems@sha256-Vy1rq5AaRuLzOxct8nz4T6wlgyUR7zLU309k9mBC768%3D · line 62 · Path · Transitive
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "flake.lock", br#"{"version": 9, "nodes": {"root": {}, "x": {}}"#)), @r"
    Error Truncated line 1: the JSON ends in the middle: what follows is missing
    Warning FormatVersion line 1: lock version 9 is not known: it is read as version 7, and may say more
    Error Shape line 1: `x` is not locked: it is not read
    ");
    assert_snapshot!(list(&run(&DETECTOR, "flake.lock", b"{}")), @r"Error Shape line 1: the file has no `nodes`: it is no flake.lock");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "flake.lock", LOCK_FILE);
}
