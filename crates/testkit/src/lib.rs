//! Development only: where shared data lies, trees from fixture strings, layers and images built in memory.

pub mod bucket;
pub mod components;
pub mod digest;
pub mod image;
pub mod layer;
pub mod program;
pub mod registry;
pub mod scratch;
pub mod tar;
pub mod versions;
pub mod zip;

use std::path::{Path, PathBuf};

/// A file or folder of the unpacked shared data (`samples/…`, `conformance/…`).
///
/// `None` says loudly that the caller is skipped; with `PORTCULLIS_NO_SKIP` set, as in CI, it panics instead.
#[allow(clippy::print_stderr)]
pub fn shared(relative: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PORTCULLIS_SHARED").map_or_else(|| workspace().join(".cache/shared"), PathBuf::from);
    found_or_skipped(root.join(relative))
}

/// A file of the shared advisory sets (`rustsec.jsonl.zst`), with the same rule.
pub fn advisories(file: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PORTCULLIS_ADVISORIES")
        .map_or_else(|| workspace().join("../shared/advisories"), PathBuf::from);
    found_or_skipped(root.join(file))
}

/// The reference validator of SARIF, as its npm package says where it lies: its wrapper would pass arguments through a shell.
pub fn sarif_validator() -> Option<PathBuf> {
    let package = workspace().join(".cache/npm/node_modules/@microsoft/sarif-multitool");
    let why = "run `cargo xtask test` once, it installs the npm package";
    if !package.exists() {
        skip("the SARIF reference validator", why);
        return None;
    }
    let asked = std::process::Command::new("node").args(["-p", "require(process.argv[1])"]).arg(&package).output();
    let path = asked.ok().map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    if path.is_none() {
        skip("the SARIF reference validator", "node is not installed");
    }
    path
}

/// Says that a test did not run, and why; with `PORTCULLIS_NO_SKIP` set it panics.
#[allow(clippy::print_stderr)]
pub fn skip(what: &str, why: &str) {
    assert!(std::env::var_os("PORTCULLIS_NO_SKIP").is_none(), "skipped where no skip is allowed: {what} ({why})");
    eprintln!("SKIPPED: {what} ({why})");
}

/// The root of this repository.
pub fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn found_or_skipped(path: PathBuf) -> Option<PathBuf> {
    if path.exists() {
        return Some(path);
    }
    skip(&path.display().to_string(), "run `cargo xtask test` once, it unpacks the shared data");
    None
}
