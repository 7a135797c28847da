//! Ecosystems: who publishes a package, which advisories speak of it, and how its versions are ordered.
//!
//! Names are those of the OSV schema (`ecosystems.json`); release suffixes follow the name after a colon.

mod name;
mod release;

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
    /// Julia.
    Julia,
    /// Bitnami.
    Bitnami,
    /// C and C++ by Conan.
    ConanCenter,
    /// Actions of GitHub workflows, named by their repository.
    GitHubActions,
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
    /// openEuler.
    OpenEuler,
    /// Mageia.
    Mageia,
    /// Photon OS.
    PhotonOs,
    /// Azure Linux, CBL-Mariner before.
    AzureLinux,
    /// MinimOS images.
    MinimOs,
    /// Alpaquita Linux.
    Alpaquita,
    /// Echo images.
    Echo,
    /// R packages of biology.
    Bioconductor,
    /// OCaml.
    Opam,
    /// Extensions of Visual Studio Code, named `publisher.name`.
    VsCode,
    /// The Haskell compiler.
    Ghc,
    /// Components of Kubernetes, named as Go modules.
    Kubernetes,
    /// The Linux kernel.
    Linux,
    /// Projects of OSS-Fuzz.
    OssFuzz,
    /// Android.
    Android,
    /// FreeBSD.
    FreeBsd,
    /// BellSoft Hardened Containers.
    BellSoft,
    /// CleanStart images.
    CleanStart,
    /// Docker Hardened Images.
    DockerHardened,
    /// Root's patched packages.
    Root,
    /// TuxCare.
    TuxCare,
}

/// One family; the rows are in the order of [`Family`], whose numbers are their places.
struct Facts {
    family: Family,
    osv: &'static str,
    /// Empty where no purl says who publishes: such records answer questions by name alone.
    purl_type: &'static str,
    /// Namespaces of the purl between spaces, for types that several distributions share.
    namespaces: &'static str,
    scheme: Scheme,
    /// Advisories name the source package.
    by_source: bool,
}

macro_rules! facts {
    ($($family:ident $osv:literal $purl:literal $namespaces:literal $scheme:ident $by_source:literal;)*) => {
        const FACTS: &[Facts] = &[$(Facts {
            family: Family::$family,
            osv: $osv,
            purl_type: $purl,
            namespaces: $namespaces,
            scheme: Scheme::$scheme,
            by_source: $by_source,
        }),*];
    };
}

facts! {
    CratesIo "crates.io" "cargo" "" SemVer false;
    Npm "npm" "npm" "" SemVer false;
    PyPi "PyPI" "pypi" "" Pep440 false;
    Go "Go" "golang" "" Go false;
    Maven "Maven" "maven" "" Maven false;
    RubyGems "RubyGems" "gem" "" RubyGems false;
    Packagist "Packagist" "composer" "" Packagist false;
    NuGet "NuGet" "nuget" "" NuGet false;
    Hex "Hex" "hex" "" SemVer false;
    Pub "Pub" "pub" "" Pub false;
    SwiftUrl "SwiftURL" "swift" "" SemVer false;
    Cran "CRAN" "cran" "" Cran false;
    Hackage "Hackage" "hackage" "" Hackage false;
    Julia "Julia" "julia" "" Julia false;
    Bitnami "Bitnami" "bitnami" "" Bitnami false;
    ConanCenter "ConanCenter" "conan" "" Conan false;
    GitHubActions "GitHub Actions" "github" "" Actions false;
    Debian "Debian" "deb" "debian" Debian true;
    Ubuntu "Ubuntu" "deb" "ubuntu" Debian true;
    Alpine "Alpine" "apk" "alpine" Apk true;
    Wolfi "Wolfi" "apk" "wolfi" Apk true;
    Chainguard "Chainguard" "apk" "chainguard" Apk true;
    AlmaLinux "AlmaLinux" "rpm" "almalinux alma" Rpm false;
    RockyLinux "Rocky Linux" "rpm" "rocky rocky-linux rockylinux" Rpm false;
    RedHat "Red Hat" "rpm" "redhat rhel" Rpm false;
    Suse "SUSE" "rpm" "suse" Rpm true;
    OpenSuse "openSUSE" "rpm" "opensuse" Rpm true;
    OpenEuler "openEuler" "rpm" "openeuler" Rpm true;
    Mageia "Mageia" "rpm" "mageia" Rpm true;
    PhotonOs "Photon OS" "rpm" "photon" Rpm false;
    AzureLinux "Azure Linux" "rpm" "azurelinux azure-linux mariner cbl-mariner" Rpm true;
    MinimOs "MinimOS" "apk" "minimos" Apk true;
    Alpaquita "Alpaquita" "apk" "alpaquita" Apk true;
    Echo "Echo" "deb" "echo" Debian true;
    Bioconductor "Bioconductor" "bioconductor" "" Cran false;
    Opam "opam" "opam" "" Debian false;
    VsCode "VSCode" "vscode-extension" "" SemVer false;
    Ghc "GHC" "" "" Hackage false;
    Kubernetes "Kubernetes" "" "" SemVer false;
    Linux "Linux" "" "" Lenient false;
    OssFuzz "OSS-Fuzz" "" "" Lenient false;
    Android "Android" "" "android" Lenient false;
    FreeBsd "FreeBSD" "" "freebsd" Lenient false;
    BellSoft "BellSoft Hardened Containers" "apk" "bellsoft-hardened-containers" Apk true;
    CleanStart "CleanStart" "" "cleanstart" Lenient false;
    DockerHardened "Docker Hardened Images" "" "dhi" Lenient false;
    Root "Root" "" "root" Lenient false;
    TuxCare "TuxCare" "" "tuxcare" Lenient true;
}

impl Family {
    /// The family's name in OSV records.
    pub fn osv_name(self) -> &'static str {
        self.facts().osv
    }

    /// Every family.
    pub fn all() -> impl Iterator<Item = Family> {
        FACTS.iter().map(|facts| facts.family)
    }

    /// How its versions are ordered; `None` where no ordering is built, and then nothing in a range can be decided.
    pub fn scheme(self) -> Option<Scheme> {
        Some(self.facts().scheme)
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
        name::normalise(self, name)
    }

    fn facts(self) -> &'static Facts {
        &FACTS[self as usize]
    }
}

impl Ecosystem {
    /// Reads an OSV ecosystem, `PyPI` or `Debian:12`; `None` for one we have no facts about. The address of a registry, as
    /// in `Packagist:https://…`, is no release and is left out.
    pub fn from_osv(text: &str) -> Option<Ecosystem> {
        let (name, release) = match text.split_once(':') {
            Some((name, release)) => (name, Some(release.to_owned())),
            None => (text, None),
        };
        let facts = FACTS.iter().find(|facts| facts.osv.eq_ignore_ascii_case(name))?;
        Some(Ecosystem { family: facts.family, release: release.filter(|_| facts.has_releases()) })
    }

    /// The ecosystem whose advisories speak of a purl. A distribution's release comes from the `distro` qualifier
    /// (`debian-12`, `alpine-3.20.1`), in the way OSV writes it.
    pub fn of(purl: &Purl) -> Option<Ecosystem> {
        let namespace = purl.namespace().unwrap_or_default();
        let facts = FACTS.iter().find(|facts| {
            facts.purl_type == purl.purl_type().as_str()
                && (!facts.has_releases() || facts.namespaces.split(' ').any(|known| known == namespace))
        })?;
        let distro = purl.qualifier("distro").filter(|_| facts.has_releases());
        let release = distro.and_then(|distro| release::of_distro(facts.family, distro));
        Some(Ecosystem { family: facts.family, release })
    }

    /// The name under which a package of this ecosystem is looked up in advisories, and the version to compare.
    pub fn advisory_subject<'p>(&self, package: &'p Package) -> (&'p str, Option<&'p str>) {
        match &package.source {
            Some(source) if self.family.by_source() => (&source.name, Some(&source.version)),
            _ => (&package.name, package.version.as_deref()),
        }
    }
}

impl Facts {
    /// True of a distribution: what shares its purl type with others has releases of its own.
    fn has_releases(&self) -> bool {
        !self.namespaces.is_empty()
    }
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
        check("pkg:rpm/rocky-linux/bash@1", "Rocky Linux");
        check("pkg:conan/zlib@1", "ConanCenter");
        check("pkg:opam/cohttp@1", "opam");
        let unknown: Purl = "pkg:deb/raspbian/bash@1".parse().expect("a valid purl");
        assert_eq!(Ecosystem::of(&unknown), None);
    }

    #[test]
    fn of_osv_names() {
        let read = |text| Ecosystem::from_osv(text).map(|ecosystem| ecosystem.to_string());
        for text in ["PyPI", "Debian:12", "Ubuntu:Pro:18.04:LTS", "Red Hat:rhel_aus:8.4::appstream"] {
            assert_eq!(read(text).as_deref(), Some(text));
        }
        assert_eq!(read("Packagist:https://packages.drupal.org/8").as_deref(), Some("Packagist"));
        assert_eq!(read("Root:Alpine:3.18").as_deref(), Some("Root:Alpine:3.18"));
        assert_eq!(read("VSCode:https://open-vsx.org").as_deref(), Some("VSCode"));
        assert_eq!(read("Klingon"), None);
    }

    #[test]
    fn rows_are_in_the_order_of_the_families() {
        for (row, family) in Family::all().enumerate() {
            assert_eq!(family as usize, row, "{family:?}");
        }
        assert_eq!(FACTS.last().map(|facts| facts.family), Some(Family::TuxCare));
    }

    #[test]
    fn subjects_are_what_advisories_name() {
        let subject = |purl: &str| {
            let purl: Purl = purl.parse().expect("a valid purl");
            let ecosystem = Ecosystem::of(&purl).expect("a known ecosystem");
            let mut package = Package::new("libssl3", purl, "test");
            package.source =
                Some(Box::new(crate::SourcePackage { name: "openssl".to_owned(), version: "3.0".to_owned() }));
            ecosystem.advisory_subject(&package).0.to_owned()
        };
        assert_eq!(subject("pkg:deb/debian/libssl3@3.0"), "openssl");
        assert_eq!(subject("pkg:rpm/almalinux/libssl3@3.0"), "libssl3");
    }
}
