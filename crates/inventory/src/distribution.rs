//! Package URLs of distributions need the operating system, which another file names.

use model::{Ecosystem, Os, Package, Purl, PurlError};

/// Purl types that several distributions share.
const SHARED_TYPES: [&str; 5] = ["alpm", "apk", "deb", "opkg", "rpm"];

/// `ID`s of os-release whose purl namespace is another word. Any other distribution is its own namespace, also one
/// that derives from a distribution we know: its packages are rebuilt, and advisories of its parent do not fit them.
const NAMESPACES: [(&str, &str); 11] = [
    ("rhel", "redhat"),
    ("sles", "suse"),
    ("sles_sap", "suse"),
    ("sled", "suse"),
    ("sle-micro", "suse"),
    ("sle-micro-rancher", "suse"),
    ("sl-micro", "suse"),
    ("opensuse-leap", "opensuse"),
    ("opensuse-leap-micro", "opensuse"),
    ("opensuse-tumbleweed", "opensuse"),
    ("opensuse-microos", "opensuse"),
];

/// Sets namespace and `distro` qualifier of operating-system packages once the operating system is known.
///
/// What a package URL already says stays: evidence that names its own distribution is right about it.
pub fn attribute_distribution(packages: &mut [Package], os: &Os) {
    for package in packages {
        if let Ok(Some(purl)) = attributed(package.purl(), os) {
            package.set_purl(purl);
        }
    }
}

/// True when some advisories may speak of the packages of this distribution.
pub(crate) fn has_advisories(os: &Os) -> bool {
    SHARED_TYPES.iter().any(|purl_type| {
        Purl::new(purl_type, Some(namespace(os)), "any", None).is_ok_and(|purl| Ecosystem::of(&purl).is_some())
    })
}

fn attributed(purl: &Purl, os: &Os) -> Result<Option<Purl>, PurlError> {
    let purl_type = purl.purl_type().as_str();
    if !SHARED_TYPES.contains(&purl_type) || purl.namespace().is_some() {
        return Ok(None);
    }
    let mut full = Purl::new(purl_type, Some(namespace(os)), purl.name(), purl.version())?;
    for (key, value) in purl.qualifiers() {
        full = full.with_qualifier(key, value)?;
    }
    if let (Some(version), None) = (&os.version, purl.qualifier("distro")) {
        full = full.with_qualifier("distro", &format!("{}-{version}", os.id))?;
    }
    match purl.subpath() {
        Some(subpath) => full.with_subpath(subpath).map(Some),
        None => Ok(Some(full)),
    }
}

fn namespace(os: &Os) -> &str {
    NAMESPACES.iter().find(|(id, _)| *id == os.id).map_or(os.id.as_str(), |(_, namespace)| namespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn os(id: &str, version: &str) -> Os {
        let version = Some(version.to_owned()).filter(|version| !version.is_empty());
        Os { id: id.to_owned(), version, codename: None, like: Vec::new(), name: None }
    }

    /// The purl, and the ecosystem whose advisories it is then matched with.
    fn check(purl: &str, id: &str, version: &str, expected: &str, ecosystem: &str) {
        let mut packages = [Package::new("x", purl.parse().expect("a valid purl"), "test")];
        attribute_distribution(&mut packages, &os(id, version));
        assert_eq!(packages[0].purl().to_string(), expected);
        let found = Ecosystem::of(packages[0].purl()).map(|ecosystem| ecosystem.to_string());
        assert_eq!(found.as_deref().unwrap_or("none"), ecosystem, "{expected}");
    }

    #[test]
    fn distributions_with_advisories() {
        check("pkg:deb/a@1?arch=amd64", "debian", "12", "pkg:deb/debian/a@1?arch=amd64&distro=debian-12", "Debian:12");
        check("pkg:deb/a@1", "ubuntu", "22.04", "pkg:deb/ubuntu/a@1?distro=ubuntu-22.04", "Ubuntu:22.04:LTS");
        check("pkg:apk/a@1", "alpine", "3.20.1", "pkg:apk/alpine/a@1?distro=alpine-3.20.1", "Alpine:v3.20");
        check("pkg:rpm/a@1", "almalinux", "9.4", "pkg:rpm/almalinux/a@1?distro=almalinux-9.4", "AlmaLinux:9");
        check("pkg:rpm/a@1", "rocky", "9.3", "pkg:rpm/rocky/a@1?distro=rocky-9.3", "Rocky Linux:9");
        check("pkg:rpm/a@1", "rhel", "9.4", "pkg:rpm/redhat/a@1?distro=rhel-9.4", "Red Hat:9");
    }

    #[test]
    fn distributions_nobody_publishes_advisories_of_in_osv() {
        check("pkg:alpm/a@1?arch=any", "arch", "", "pkg:alpm/arch/a@1?arch=any", "none");
        check("pkg:opkg/a@1", "openwrt", "23.05.3", "pkg:opkg/openwrt/a@1?distro=openwrt-23.05.3", "none");
        check(
            "pkg:rpm/a@1-2",
            "bottlerocket",
            "1.19.2",
            "pkg:rpm/bottlerocket/a@1-2?distro=bottlerocket-1.19.2",
            "none",
        );
    }

    #[test]
    fn rolling_releases_have_no_distro() {
        check("pkg:deb/a@1", "debian", "", "pkg:deb/debian/a@1", "Debian");
    }

    #[test]
    fn derivatives_keep_their_own_name() {
        check("pkg:deb/a@1", "raspbian", "12", "pkg:deb/raspbian/a@1?distro=raspbian-12", "none");
    }

    #[test]
    fn what_is_said_already_stays() {
        check(
            "pkg:deb/ubuntu/a@1?distro=ubuntu-20.04",
            "debian",
            "12",
            "pkg:deb/ubuntu/a@1?distro=ubuntu-20.04",
            "Ubuntu:20.04:LTS",
        );
        check("pkg:npm/a@1", "debian", "12", "pkg:npm/a@1", "npm");
    }
}
