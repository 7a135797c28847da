//! Releases of distributions as OSV names them, from what a purl's `distro` qualifier says: `debian-12`, `12.5`, `bookworm`.

use super::Family;

/// Series of Debian that advisories know by number (distro-info-data).
const DEBIAN: &[(&str, &str)] = &[
    ("wheezy", "7"),
    ("jessie", "8"),
    ("stretch", "9"),
    ("buster", "10"),
    ("bullseye", "11"),
    ("bookworm", "12"),
    ("trixie", "13"),
    ("forky", "14"),
    ("duke", "15"),
];
/// Series of Ubuntu, long-term ones.
const UBUNTU: &[(&str, &str)] = &[
    ("trusty", "14.04"),
    ("xenial", "16.04"),
    ("bionic", "18.04"),
    ("focal", "20.04"),
    ("jammy", "22.04"),
    ("noble", "24.04"),
    ("resolute", "26.04"),
];
/// os-release `ID`s of SUSE's products, longest first, and the products' names.
const SUSE: &[(&str, &str)] = &[
    ("sle-micro-rancher-", "Linux Enterprise Micro for Rancher "),
    ("sle-micro-", "Linux Enterprise Micro "),
    ("sl-micro-", "Linux Micro "),
    ("sles_sap-", "Linux Enterprise Server for SAP Applications "),
    ("sles-", "Linux Enterprise Server "),
    ("sled-", "Linux Enterprise Desktop "),
];

/// The release, without the family's name; `None` where the qualifier does not say.
pub(super) fn of_distro(family: Family, distro: &str) -> Option<String> {
    match family {
        Family::Suse => Some(suse_product(distro).unwrap_or_else(|| version_of(distro).to_owned())),
        Family::OpenSuse => Some(opensuse_product(distro)),
        Family::Debian => debian_release(version_of(distro)),
        Family::Ubuntu => ubuntu_release(version_of(distro)),
        Family::Alpine => alpine_branch(version_of(distro)),
        Family::AzureLinux => first_numbers(version_of(distro.trim_start_matches("cbl-")), 1),
        Family::AlmaLinux | Family::RockyLinux | Family::RedHat | Family::Mageia => {
            first_numbers(version_of(distro), 1)
        }
        _ => Some(version_of(distro).to_owned()),
    }
}

/// What stands behind the distribution's own name.
fn version_of(distro: &str) -> &str {
    distro.split_once('-').map_or(distro, |(_, version)| version)
}

/// The first numbers of a dotted version, if there are so many.
fn first_numbers(version: &str, count: usize) -> Option<String> {
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = version.split('.').take(count).take_while(is_number).collect();
    (parts.len() == count).then(|| parts.join("."))
}

/// `12`; a release without a number keeps its series' name, as `sid`.
fn debian_release(version: &str) -> Option<String> {
    let named = DEBIAN.iter().find(|(series, _)| *series == version).map(|(_, number)| (*number).to_owned());
    named.or_else(|| first_numbers(version, 1)).or_else(|| Some(version.to_owned()))
}

/// `22.04:LTS`, `23.10`.
fn ubuntu_release(version: &str) -> Option<String> {
    let named = UBUNTU.iter().find(|(series, _)| *series == version).map(|(_, number)| (*number).to_owned());
    let number = named.or_else(|| first_numbers(version, 2))?;
    Some(if is_ubuntu_lts(&number) { format!("{number}:LTS") } else { number })
}

/// April releases of even years are LTS, and so was the June release of 2006.
fn is_ubuntu_lts(version: &str) -> bool {
    let (year, month) = version.split_once('.').unwrap_or_default();
    version == "6.06" || month == "04" && year.parse::<u32>().is_ok_and(|year| year % 2 == 0 && year >= 8)
}

/// `v3.20`; a development version, `3.21_alpha20240807`, is of the rolling branch.
fn alpine_branch(version: &str) -> Option<String> {
    let version = version.trim_start_matches('v');
    if version == "edge" || version.contains("_alpha") {
        return Some("edge".to_owned());
    }
    first_numbers(version, 2).map(|branch| format!("v{branch}"))
}

/// `sles-15.3` is `Linux Enterprise Server 15 SP3`.
fn suse_product(distro: &str) -> Option<String> {
    let (id, name) = SUSE.iter().find(|(id, _)| distro.starts_with(id))?;
    let version = &distro[id.len()..];
    let has_service_packs = ["sles-", "sles_sap-", "sled-"].contains(id);
    let release = match version.split_once('.').filter(|_| has_service_packs) {
        Some((major, pack)) => format!("{major} SP{pack}"),
        None => version.to_owned(),
    };
    Some(format!("{name}{release}"))
}

/// `opensuse-leap-15.5` is `Leap 15.5`; of Tumbleweed the date does not count.
fn opensuse_product(distro: &str) -> String {
    let product = distro.trim_start_matches("opensuse-");
    match product.split_once('-') {
        Some(("tumbleweed", _)) => "Tumbleweed".to_owned(),
        _ if product == "tumbleweed" => "Tumbleweed".to_owned(),
        Some(("leap", version)) => format!("Leap {}", first_numbers(version, 2).unwrap_or_else(|| version.to_owned())),
        _ => product.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(family: Family, distro: &str, expected: &str) {
        assert_eq!(of_distro(family, distro).as_deref().unwrap_or("none"), expected, "{family:?} {distro}");
    }

    #[test]
    fn debian_and_ubuntu() {
        check(Family::Debian, "debian-12", "12");
        check(Family::Debian, "debian-12.5", "12");
        check(Family::Debian, "jessie", "8");
        check(Family::Debian, "debian-sid", "sid");
        check(Family::Ubuntu, "ubuntu-22.04", "22.04:LTS");
        check(Family::Ubuntu, "ubuntu-22.04.3", "22.04:LTS");
        check(Family::Ubuntu, "ubuntu-23.04", "23.04");
        check(Family::Ubuntu, "ubuntu-24.10", "24.10");
        check(Family::Ubuntu, "noble", "24.04:LTS");
        check(Family::Ubuntu, "ubuntu-6.06", "6.06:LTS");
        check(Family::Ubuntu, "ubuntu-devel", "none");
    }

    #[test]
    fn alpine() {
        check(Family::Alpine, "alpine-3.20.1", "v3.20");
        check(Family::Alpine, "3.15.4", "v3.15");
        check(Family::Alpine, "alpine-v3.9", "v3.9");
        check(Family::Alpine, "alpine-3.21_alpha20240807", "edge");
        check(Family::Alpine, "alpine-edge", "edge");
        check(Family::Alpine, "alpine-3", "none");
    }

    #[test]
    fn rpm_families() {
        check(Family::AlmaLinux, "almalinux-9.4", "9");
        check(Family::RedHat, "rhel-9.4", "9");
        check(Family::AzureLinux, "azurelinux-3.0", "3");
        check(Family::PhotonOs, "photon-4.0", "4.0");
        check(Family::Suse, "sles-15.3", "Linux Enterprise Server 15 SP3");
        check(Family::Suse, "sles-15", "Linux Enterprise Server 15");
        check(Family::Suse, "sle-micro-rancher-5.4", "Linux Enterprise Micro for Rancher 5.4");
        check(Family::Suse, "sl-micro-6.0", "Linux Micro 6.0");
        check(Family::OpenSuse, "opensuse-leap-15.2.1", "Leap 15.2");
        check(Family::OpenSuse, "opensuse-tumbleweed-20220412", "Tumbleweed");
    }
}
