//! GitHub Actions: references of `uses`. A release is tagged `v4.1.2`; `v4` and `v4.1` are moved to the newest release of their
//! line (GitHub documentation, "Using tags for release management"), so they have no place in the order.
//!
//! Advisories write the same numbers without `v`, and may leave some out.

use crate::reading::{Reading, Reason};
use crate::semver;

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let is_commit = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_commit {
        return Err("it is a commit");
    }
    if !text.trim_start_matches(['v', 'V']).starts_with(|first: char| first.is_ascii_digit()) {
        return Err("it is a branch or a tag without a number");
    }
    let pieces = semver::split(text)?;
    if pieces.has_v && pieces.count < 3 {
        return Err("it is a tag that is moved from release to release");
    }
    Ok(pieces.reading())
}
