//! Pub, Dart's registry: semantic versions whose build metadata counts (dart.dev/tools/pub/versioning).
//!
//! A version without build metadata comes before the same with it; its identifiers are ordered as those of a pre-release.

use crate::reading::{Reading, Reason};
use crate::semver;

const NO_BUILD: u8 = 0;
const BUILD: u8 = 1;

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let mut pieces = semver::split(text)?;
    pieces.note_deviations();
    let mut reading = pieces.reading();
    match pieces.build {
        None => reading.key.mark(NO_BUILD),
        Some(build) => {
            reading.key.mark(BUILD);
            semver::write_identifiers(&mut reading.key, build);
        }
    }
    Ok(reading)
}
