//! Slow comparers written straight from each specification, without keys: a second opinion for the fast ones.

mod apk;
mod debian;
mod pep440;
mod rpm;
mod semver;

use std::cmp::Ordering;

use portcullis_version::Scheme;

/// Compares, or declines what this comparer does not cover.
pub(crate) fn compare(scheme: Scheme, left: &str, right: &str) -> Option<Ordering> {
    match scheme {
        Scheme::SemVer => semver::compare(left, right),
        Scheme::Go => semver::compare_go(left, right),
        Scheme::Pep440 => pep440::compare(left, right),
        Scheme::Debian => debian::compare(left, right),
        Scheme::Apk => apk::compare(left, right),
        Scheme::Rpm => rpm::compare(left, right),
        _ => None,
    }
}

/// Numbers of any length by value.
fn numbers(left: &str, right: &str) -> Ordering {
    let (left, right) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}
