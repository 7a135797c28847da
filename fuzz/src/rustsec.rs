//! Advisories of a RustSec repository: TOML in Markdown.

use crate::records;

/// Builds a snapshot from a repository of one advisory.
pub fn target(data: &[u8]) {
    if let Some(bytes) = records::built("rustsec/crates/crate/RUSTSEC-2020-0001.md", data) {
        records::check(bytes);
    }
}
