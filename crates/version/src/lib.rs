//! Version orderings: one file a scheme, no dependency, never a guess.
//!
//! Reading a version gives a byte key; versions of one scheme compare as their keys do. What a scheme cannot read is an
//! error with the reason; the caller reports it as undecided. What a scheme's own tool orders although its grammar
//! refuses it is read, and says so: [`Version::irregularity`].

mod actions;
mod apk;
mod bitnami;
mod conan;
mod cran;
mod dart;
mod debian;
mod go;
mod hackage;
mod julia;
mod key;
mod lenient;
mod maven;
mod nuget;
mod packagist;
mod pep440;
mod reading;
mod rpm;
mod rubygems;
mod scanner;
mod scheme;
mod semver;

use std::cmp::Ordering;
use std::fmt;

pub use scheme::Scheme;

/// The longest text that is read, in bytes. The longest version in any public advisory has about a hundred.
pub const MAX_LENGTH: usize = 1024;

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
    key: Box<[u8]>,
    irregularity: Option<&'static str>,
}

impl Version {
    /// Reads a version.
    pub fn parse(scheme: Scheme, text: &str) -> Result<Version, VersionError> {
        let fault = |reason| VersionError { scheme, text: text.to_owned(), reason };
        if text.len() > MAX_LENGTH {
            return Err(fault("it is longer than 1024 bytes"));
        }
        if text.is_empty() {
            return Err(fault("it is empty"));
        }
        if text.chars().any(char::is_control) {
            return Err(fault("it holds a control character"));
        }
        let reading = scheme.read(text).map_err(fault)?;
        Ok(Version { scheme, key: reading.key.into_bytes(), irregularity: reading.irregularity })
    }

    /// Its scheme.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Bytes that compare, shorter prefix first, as the versions of one scheme do; equal versions have equal keys.
    ///
    /// The one exception is Packagist's `#`, which stands for any number and has no place in an order; such a version is
    /// irregular. Keys of different schemes mean nothing to each other. The encoding is not stable between releases of this crate.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// Why the scheme's grammar refuses the text, although its tools order it; `None` for a regular version.
    pub fn irregularity(&self) -> Option<&'static str> {
        self.irregularity
    }

    /// Compares with a version of the same scheme; `None` when the schemes differ.
    pub fn compare(&self, other: &Version) -> Option<Ordering> {
        if self.scheme != other.scheme {
            return None;
        }
        if [self.irregularity, other.irregularity].contains(&Some(packagist::WILDCARD)) {
            return Some(packagist::compare_wildcards(&self.key, &other.key));
        }
        Some(self.key.cmp(&other.key))
    }
}

/// Compares two texts.
pub fn compare(scheme: Scheme, left: &str, right: &str) -> Result<Ordering, VersionError> {
    let (left, right) = (Version::parse(scheme, left)?, Version::parse(scheme, right)?);
    Ok(left.compare(&right).expect("both have the scheme given"))
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no {} version: {}", self.text, self.scheme, self.reason)
    }
}

impl std::error::Error for VersionError {}
