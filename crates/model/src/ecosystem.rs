//! Ecosystems: who publishes a package, which advisories speak of it, and how its versions are ordered.
//!
//! Names are those of the OSV schema (`ecosystems.json`); release suffixes follow the name after a colon.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use version::Scheme;

use crate::{Package, Purl};

/// An ecosystem, with its release where a distribution has several.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ecosystem {
    /// Who publishes.
    pub family: Family,
    /// `12` of `Debian:12`, `v3.20` of `Alpine:v3.20`, `22.04:LTS` of `Ubuntu:22.04:LTS`.
    pub release: Option<String>,
}

/// Who publishes packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Family {
    /// Rust.
    CratesIo,
    /// JavaScript.
    Npm,
    /// Python.
    PyPi,
    /// Go modules.
    Go,
    /// Java and its kin.
    Maven,
    /// Ruby.
    RubyGems,
    /// PHP.
    Packagist,
    /// .NET.
    NuGet,
    /// Erlang and Elixir.
    Hex,
    /// Dart.
    Pub,
    /// Swift packages, named by their repository.
    SwiftUrl,
    /// R.
    Cran,
    /// Haskell.
    Hackage,
    /// Debian.
    Debian,
    /// Ubuntu.
    Ubuntu,
    /// Alpine Linux.
    Alpine,
    /// Wolfi.
    Wolfi,
    /// Chainguard images.
    Chainguard,
    /// AlmaLinux.
    AlmaLinux,
    /// Rocky Linux.
    RockyLinux,
    /// Red Hat.
    RedHat,
    /// SUSE Linux Enterprise.
    Suse,
    /// openSUSE.
    OpenSuse,
}

struct Facts {
    family: Family,
    osv: &'static str,
    purl_type: &'static str,
    /// Namespace of the purl, for types that several distributions share.
    namespace: &'static str,
    scheme: Option<Scheme>,
    /// Advisories name the source package.
    by_source: bool,
}

macro_rules! facts {
    ($($family:ident $osv:literal $purl:literal $namespace:literal $scheme:expr, $by_source:literal;)*) => {
        const FACTS: &[Facts] = &[$(Facts {
            family: Family::$family, osv: $osv, purl_type: $purl, namespace: $namespace, scheme: $scheme, by_source: $by_source,
        }),*];
    };
}

facts! {
    CratesIo "crates.io" "cargo" "" Some(Scheme::SemVer), false;
    Npm "npm" "npm" "" Some(Scheme::SemVer), false;
    PyPi "PyPI" "pypi" "" Some(Scheme::Pep440), false;
    Go "Go" "golang" "" Some(Scheme::Go), false;
    Maven "Maven" "maven" "" Some(Scheme::Maven), false;
    RubyGems "RubyGems" "gem" "" Some(Scheme::RubyGems), false;
    Packagist "Packagist" "composer" "" Some(Scheme::Packagist), false;
    NuGet "NuGet" "nuget" "" Some(Scheme::NuGet), false;
    Hex "Hex" "hex" "" Some(Scheme::SemVer), false;
    Pub "Pub" "pub" "" Some(Scheme::Pub), false;
    SwiftUrl "SwiftURL" "swift" "" Some(Scheme::SemVer), false;
    Cran "CRAN" "cran" "" Some(Scheme::Cran), false;
    Hackage "Hackage" "hackage" "" Some(Scheme::Hackage), false;
    Debian "Debian" "deb" "debian" Some(Scheme::Debian), true;
    Ubuntu "Ubuntu" "deb" "ubuntu" Some(Scheme::Debian), true;
    Alpine "Alpine" "apk" "alpine" Some(Scheme::Apk), true;
    Wolfi "Wolfi" "apk" "wolfi" Some(Scheme::Apk), true;
    Chainguard "Chainguard" "apk" "chainguard" Some(Scheme::Apk), true;
    AlmaLinux "AlmaLinux" "rpm" "almalinux" Some(Scheme::Rpm), false;
    RockyLinux "Rocky Linux" "rpm" "rocky" Some(Scheme::Rpm), false;
    RedHat "Red Hat" "rpm" "redhat" Some(Scheme::Rpm), false;
    Suse "SUSE" "rpm" "suse" Some(Scheme::Rpm), false;
    OpenSuse "openSUSE" "rpm" "opensuse" Some(Scheme::Rpm), false;
}

impl Family {
    /// The family's name in OSV records.
    pub fn osv_name(self) -> &'static str {
        self.facts().osv
    }

    /// How its versions are ordered; `None` when that ordering is not built yet, and then nothing in a range can be decided.
    pub fn scheme(self) -> Option<Scheme> {
        self.facts().scheme
    }

    /// Which of two versions comes first; `None` where that cannot be decided.
    pub fn compare_versions(self, left: &str, right: &str) -> Option<Ordering> {
        version::compare(self.scheme()?, left, right).ok()
    }

    /// True where advisories name the source package, not the binary one.
    pub fn by_source(self) -> bool {
        self.facts().by_source
    }

    /// True for distributions whose advisories are about one release: without it nothing can be said of a package.
    pub fn has_releases(self) -> bool {
        use Family::{AlmaLinux, Alpine, Debian, OpenSuse, RedHat, RockyLinux, Suse, Ubuntu};
        matches!(self, Debian | Ubuntu | Alpine | AlmaLinux | RockyLinux | RedHat | Suse | OpenSuse)
    }

    /// The one spelling under which a name is looked up.
    pub fn normalise_name(self, name: &str) -> Cow<'_, str> {
        match self {
            Family::PyPi => Cow::Owned(normalise_pypi(name)),
            Family::NuGet | Family::Packagist if name.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                Cow::Owned(name.to_ascii_lowercase())
            }
            // Cargo treats `-` and `_` as the same crate, so nobody can publish both.
            Family::CratesIo if name.contains('_') || name.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                Cow::Owned(name.to_ascii_lowercase().replace('_', "-"))
            }
            _ => Cow::Borrowed(name),
        }
    }

    fn facts(self) -> &'static Facts {
        FACTS.iter().find(|facts| facts.family == self).expect("every family has a row")
    }
}

/// PEP 503: runs of `-`, `_` and `.` are one `-`, and case does not count.
fn normalise_pypi(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for character in name.chars() {
        if !matches!(character, '-' | '_' | '.') {
            normal.push(character.to_ascii_lowercase());
        } else if !normal.ends_with('-') {
            normal.push('-');
        }
    }
    normal
}

impl Ecosystem {
    /// Reads an OSV ecosystem, `PyPI` or `Debian:12`; `None` for one we have no facts about.
    pub fn from_osv(text: &str) -> Option<Ecosystem> {
        let (name, release) = match text.split_once(':') {
            Some((name, release)) => (name, Some(release.to_owned())),
            None => (text, None),
        };
        let facts = FACTS.iter().find(|facts| facts.osv.eq_ignore_ascii_case(name))?;
        Some(Ecosystem { family: facts.family, release })
    }

    /// The ecosystem whose advisories speak of a purl. A distribution's release comes from the `distro` qualifier
    /// (`debian-12`, `alpine-3.20.1`), in the way OSV writes it.
    pub fn of(purl: &Purl) -> Option<Ecosystem> {
        let namespace = purl.namespace().unwrap_or_default();
        let facts = FACTS.iter().find(|facts| {
            facts.purl_type == purl.purl_type().as_str() && (facts.namespace.is_empty() || facts.namespace == namespace)
        })?;
        let release = if facts.namespace.is_empty() { None } else { distro_release(facts.family, purl) };
        Some(Ecosystem { family: facts.family, release })
    }

    /// The name under which a package of this ecosystem is looked up in advisories, and the version to compare.
    pub fn advisory_subject(&self, package: &Package) -> (String, Option<String>) {
        match &package.source {
            Some(source) if self.family.by_source() => (source.name.clone(), Some(source.version.clone())),
            _ => (package.name.clone(), package.version.clone()),
        }
    }
}

fn distro_release(family: Family, purl: &Purl) -> Option<String> {
    let distro = purl.qualifier("distro")?;
    let version = distro.split_once('-').map_or(distro, |(_, version)| version);
    Some(match family {
        Family::Alpine => {
            let mut parts = version.trim_start_matches('v').split('.');
            format!("v{}.{}", parts.next()?, parts.next()?)
        }
        Family::Debian | Family::AlmaLinux | Family::RockyLinux | Family::RedHat => {
            version.split('.').next()?.to_owned()
        }
        Family::Ubuntu if is_ubuntu_lts(version) => format!("{version}:LTS"),
        _ => version.to_owned(),
    })
}

/// Ubuntu's April releases of even years are LTS.
fn is_ubuntu_lts(version: &str) -> bool {
    version
        .split_once('.')
        .is_some_and(|(year, month)| month == "04" && year.parse::<u32>().is_ok_and(|year| year % 2 == 0))
}

impl fmt::Display for Ecosystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.family.osv_name())?;
        self.release.iter().try_for_each(|release| write!(f, ":{release}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(purl: &str, expected: &str) {
        let purl: Purl = purl.parse().expect("a valid purl");
        assert_eq!(Ecosystem::of(&purl).map(|ecosystem| ecosystem.to_string()).as_deref(), Some(expected));
    }

    #[test]
    fn of_purls() {
        check("pkg:npm/%40a/b@1", "npm");
        check("pkg:deb/debian/openssl@1?distro=debian-12", "Debian:12");
        check("pkg:deb/ubuntu/openssl@1?distro=ubuntu-22.04", "Ubuntu:22.04:LTS");
        check("pkg:apk/alpine/musl@1?distro=alpine-3.20.1", "Alpine:v3.20");
        check("pkg:rpm/almalinux/bash@1?distro=almalinux-9.3", "AlmaLinux:9");
    }

    #[test]
    fn names() {
        assert_eq!(Family::PyPi.normalise_name("Foo__Bar.baz"), "foo-bar-baz");
        assert_eq!(Family::CratesIo.normalise_name("serde_json"), "serde-json");
        assert_eq!(Family::Npm.normalise_name("JSONStream"), "JSONStream");
    }
}
