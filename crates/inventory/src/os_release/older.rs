//! What said which system this is before os-release(5): one line in a file of the distribution's own (`centos-release`,
//! `debian_version`), or the assignments of the Linux Standard Base (`lsb-release`).

use model::Os;

use super::assignment::{Line, read_line};

/// Names in these files, and what os-release calls the same.
const NAMES: [(&str, &str); 12] = [
    ("AlmaLinux", "almalinux"),
    ("Amazon Linux", "amzn"),
    ("CentOS", "centos"),
    ("Enterprise Linux Enterprise Linux", "ol"),
    ("Fedora", "fedora"),
    ("Oracle Linux", "ol"),
    ("Red Hat Enterprise Linux", "rhel"),
    ("Rocky Linux", "rocky"),
    ("SUSE Linux Enterprise Desktop", "sled"),
    ("SUSE Linux Enterprise Server", "sles"),
    ("Scientific Linux", "scientific"),
    ("openSUSE", "opensuse"),
];

/// The folder and the names of these files. Of several the first by name counts: Oracle Linux calls itself another one's name in
/// `redhat-release`.
pub(super) const FILES: [&str; 11] = [
    "etc/SuSE-release",
    "etc/almalinux-release",
    "etc/alpine-release",
    "etc/centos-release",
    "etc/debian_version",
    "etc/fedora-release",
    "etc/lsb-release",
    "etc/oracle-release",
    "etc/redhat-release",
    "etc/rocky-release",
    "etc/system-release",
];

/// What a file of this name says; `None` where it names no system and release.
pub(super) fn read(name: &str, text: &str) -> Option<Os> {
    let first = text.lines().next().unwrap_or_default().trim();
    match name {
        "lsb-release" => of_base(text),
        "alpine-release" => of_version("alpine", first, first),
        // Ubuntu has a word here, which is that of the release of Debian it comes from.
        "debian_version" => of_version("debian", first.split('.').next()?, first),
        _ => of_line(first),
    }
}

/// `CentOS Linux release 7.6.1810 (Core)`, `SUSE Linux Enterprise Server 11 (x86_64)`.
fn of_line(line: &str) -> Option<Os> {
    let (_, id) = NAMES.iter().find(|(name, _)| line.starts_with(name))?;
    let version = line.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    // CentOS calls its releases by their first number alone since it has os-release.
    let version = if *id == "centos" { version.split('.').next()? } else { version };
    of_version(id, version, line)
}

fn of_version(id: &str, version: &str, name: &str) -> Option<Os> {
    let is_version = version.starts_with(|first: char| first.is_ascii_digit());
    is_version.then(|| Os {
        id: id.to_owned(),
        version: Some(version.to_owned()),
        codename: None,
        like: Vec::new(),
        name: Some(name.to_owned()),
    })
}

/// `DISTRIB_ID=Ubuntu`, `DISTRIB_RELEASE=14.04`, `DISTRIB_CODENAME=trusty`.
fn of_base(text: &str) -> Option<Os> {
    let value = |wanted: &str| {
        text.lines().find_map(|line| match read_line(line) {
            Line::Assignment { name, value, .. } if name == wanted && !value.trim().is_empty() => Some(value),
            _ => None,
        })
    };
    let id = value("DISTRIB_ID")?.trim().to_ascii_lowercase();
    Some(Os { codename: value("DISTRIB_CODENAME"), ..of_version(&id, &value("DISTRIB_RELEASE")?, &id)? })
        .map(|os| Os { name: value("DISTRIB_DESCRIPTION").or(os.name), ..os })
}
