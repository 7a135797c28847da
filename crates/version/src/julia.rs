//! Julia: `VersionNumber` (docs.julialang.org, Base). Semantic versions whose build metadata counts.
//!
//! Two numbers may be missing, a pre-release may lack its hyphen, and both pre-release and build may be empty: `1.2-` comes
//! before every pre-release of 1.2, `1.2+` after 1.2 and before its builds.

use crate::key::Key;
use crate::reading::{Reading, Reason};
use crate::semver;

/// Higher than the first byte of any list of identifiers.
const RELEASE: u8 = 0xff;
const END: u8 = 0;
const EMPTY: u8 = 1;
const NUMERIC: u8 = 2;
const ALPHANUMERIC: u8 = 3;

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    let (text, is_lowest) = text.strip_suffix('-').map_or((text, false), |text| (text, true));
    let pieces = semver::split(text)?;
    if pieces.count > 3 {
        return Err("it has more than three numbers");
    }
    if is_lowest && pieces.pre_release.is_some() {
        return Err("its pre-release ends in a hyphen");
    }
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    if build.is_some_and(|build| !build.bytes().all(is_known)) {
        return Err("its build metadata holds a wrong character");
    }
    let mut reading = Reading { irregularity: pieces.irregularity, ..Reading::default() };
    pieces.numbers[..3].iter().for_each(|number| reading.key.number(number));
    match (pieces.pre_release, is_lowest) {
        (Some(identifiers), _) => write_identifiers(&mut reading.key, identifiers),
        (None, true) => write_identifiers(&mut reading.key, ""),
        (None, false) => reading.key.mark(RELEASE),
    }
    match build {
        Some(identifiers) => write_identifiers(&mut reading.key, identifiers),
        None => reading.key.mark(END),
    }
    Ok(reading)
}

fn write_identifiers(key: &mut Key, identifiers: &str) {
    for identifier in identifiers.split('.') {
        if identifier.is_empty() {
            key.mark(EMPTY);
        } else if identifier.bytes().all(|byte| byte.is_ascii_digit()) {
            key.mark(NUMERIC);
            key.number(identifier);
        } else {
            key.mark(ALPHANUMERIC);
            key.text(identifier);
        }
    }
    key.mark(END);
}
