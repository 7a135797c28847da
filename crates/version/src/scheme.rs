//! The schemes and which file reads each.

use std::fmt;

use crate::reading::{Reading, Reason};
use crate::{apk, debian, go, pep440, rpm, semver};

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

impl Scheme {
    /// Every scheme.
    pub const ALL: &[Scheme] = &[Scheme::SemVer, Scheme::Go, Scheme::Pep440, Scheme::Debian, Scheme::Apk, Scheme::Rpm];

    /// The name, as one writes it in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::SemVer => "semantic",
            Scheme::Go => "Go",
            Scheme::Pep440 => "PEP 440",
            Scheme::Debian => "Debian",
            Scheme::Apk => "apk",
            Scheme::Rpm => "rpm",
        }
    }

    pub(crate) fn read(self, text: &str) -> Result<Reading, Reason> {
        match self {
            Scheme::SemVer => semver::read(text),
            Scheme::Go => go::read(text),
            Scheme::Pep440 => pep440::read(text),
            Scheme::Debian => debian::read(text),
            Scheme::Apk => apk::read(text),
            Scheme::Rpm => rpm::read(text),
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
