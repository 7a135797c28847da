//! Bitnami: semantic versions where a number after the hyphen is a revision of the package, which comes after the release.
//!
//! `1.2.3-rc.1` is before `1.2.3`, `1.2.3-4` after it; `1.2.3` is its revision 0.

use crate::reading::{Reading, Reason};
use crate::semver;

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let mut pieces = semver::split(text)?;
    pieces.note(pieces.has_v || pieces.is_loose, "it has a leading `v`, or a pre-release without a hyphen");
    pieces.note(pieces.count > 3, "it has more than three numbers");
    let is_number = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
    let revision = pieces.pre_release.filter(is_number);
    if revision.is_some() {
        pieces.pre_release = None;
    }
    let mut reading = pieces.reading();
    reading.key.number(revision.unwrap_or("0"));
    Ok(reading)
}
