//! Development only: where shared data lies, trees from fixture strings, layers and images built in memory.

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
