//! The schemes and which file reads each.

use std::fmt;

use crate::reading::{Reading, Reason};
use crate::{
    actions, apk, bitnami, conan, cran, dart, debian, go, hackage, julia, lenient, maven, nuget, packagist, pep440,
    rpm, rubygems, semver,
};

/// A way to order versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scheme {
    /// Semantic versions as crates.io and npm use them; also Hex and Swift, which order theirs the same way.
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
    /// .NET.
    NuGet,
    /// PHP.
    Packagist,
    /// Ruby.
    RubyGems,
    /// Java and its kin.
    Maven,
    /// R.
    Cran,
    /// Haskell.
    Hackage,
    /// Dart.
    Pub,
    /// Julia.
    Julia,
    /// Bitnami's packages.
    Bitnami,
    /// Conan's packages of C and C++.
    Conan,
    /// GitHub Actions, by the tags of their releases.
    Actions,
    /// Whatever documents no ordering: numbers and words one by one (the module `lenient` says how).
    Lenient,
}

impl Scheme {
    /// Every scheme.
    pub const ALL: &[Scheme] = &[
        Scheme::SemVer,
        Scheme::Go,
        Scheme::Pep440,
        Scheme::Debian,
        Scheme::Apk,
        Scheme::Rpm,
        Scheme::NuGet,
        Scheme::Packagist,
        Scheme::RubyGems,
        Scheme::Maven,
        Scheme::Cran,
        Scheme::Hackage,
        Scheme::Pub,
        Scheme::Julia,
        Scheme::Bitnami,
        Scheme::Conan,
        Scheme::Actions,
        Scheme::Lenient,
    ];

    /// The name, as one writes it in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::SemVer => "semantic",
            Scheme::Go => "Go",
            Scheme::Pep440 => "PEP 440",
            Scheme::Debian => "Debian",
            Scheme::Apk => "apk",
            Scheme::Rpm => "rpm",
            Scheme::NuGet => "NuGet",
            Scheme::Packagist => "Packagist",
            Scheme::RubyGems => "RubyGems",
            Scheme::Maven => "Maven",
            Scheme::Cran => "CRAN",
            Scheme::Hackage => "Hackage",
            Scheme::Pub => "Pub",
            Scheme::Julia => "Julia",
            Scheme::Bitnami => "Bitnami",
            Scheme::Conan => "Conan",
            Scheme::Actions => "GitHub Actions",
            Scheme::Lenient => "lenient",
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
            Scheme::NuGet => nuget::read(text),
            Scheme::Packagist => packagist::read(text),
            Scheme::RubyGems => rubygems::read(text),
            Scheme::Maven => maven::read(text),
            Scheme::Cran => cran::read(text),
            Scheme::Hackage => hackage::read(text),
            Scheme::Pub => dart::read(text),
            Scheme::Julia => julia::read(text),
            Scheme::Bitnami => bitnami::read(text),
            Scheme::Conan => conan::read(text),
            Scheme::Actions => actions::read(text),
            Scheme::Lenient => lenient::read(text),
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
