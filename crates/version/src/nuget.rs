//! NuGet: semantic versions with a fourth number and without case (learn.microsoft.com/nuget/concepts/package-versioning).
//!
//! One to four numbers, the missing ones zero, leading zeros allowed; build metadata does not count.

use crate::reading::{Reading, Reason};
use crate::semver;

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let lower = text.to_ascii_lowercase();
    let pieces = semver::split(&lower)?;
    if pieces.count > 4 {
        return Err("it has more than four numbers");
    }
    let mut reading = Reading::default();
    if pieces.has_v || pieces.is_loose {
        reading.note("it has a leading `v`, or a pre-release without a hyphen");
    }
    pieces.numbers.iter().for_each(|number| reading.key.number(number));
    pieces.write_pre_release(&mut reading.key);
    Ok(reading)
}
