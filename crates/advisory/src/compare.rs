//! Comparing two versions by the name of an ecosystem or of an ordering.

use std::cmp::Ordering;

use model::{Ecosystem, Family};

use crate::snapshot::SnapshotError;

/// Names of orderings, and those that package managers go by, beside the OSV names of ecosystems.
const NAMES: &[(&str, Family)] = &[
    ("semver", Family::CratesIo),
    ("cargo", Family::CratesIo),
    ("node", Family::Npm),
    ("golang", Family::Go),
    ("pep440", Family::PyPi),
    ("python", Family::PyPi),
    ("maven", Family::Maven),
    ("gem", Family::RubyGems),
    ("ruby", Family::RubyGems),
    ("composer", Family::Packagist),
    ("php", Family::Packagist),
    ("swift", Family::SwiftUrl),
    ("deb", Family::Debian),
    ("dpkg", Family::Debian),
    ("apk", Family::Alpine),
    ("rpm", Family::AlmaLinux),
];

/// Which of two versions comes first; `None` where the ordering cannot tell, or does not exist yet.
///
/// `ecosystem` is an OSV name (`npm`, `Debian:12`), a package type (`cargo`, `deb`) or an ordering (`semver`, `pep440`).
pub fn compare_versions(ecosystem: &str, left: &str, right: &str) -> Result<Option<Ordering>, SnapshotError> {
    let listed = || NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(ecosystem)).map(|(_, family)| *family);
    let family = Ecosystem::from_osv(ecosystem).map(|known| known.family).or_else(listed);
    let family = family.ok_or_else(|| SnapshotError::UnknownEcosystem(ecosystem.to_owned()))?;
    Ok(family.compare_versions(left, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ecosystem: &str, left: &str, right: &str, expected: Option<Ordering>) {
        assert_eq!(compare_versions(ecosystem, left, right).expect("a known ordering"), expected, "{ecosystem}");
    }

    #[test]
    fn by_ecosystem_type_or_ordering() {
        check("npm", "1.10.0", "1.9.0", Some(Ordering::Greater));
        check("Debian:12", "1.0~rc1", "1.0", Some(Ordering::Less));
        check("deb", "1:1.0", "2.0", Some(Ordering::Greater));
        check("PEP440", "1.0", "1.0.0", Some(Ordering::Equal));
        check("semver", "not a version", "1.0.0", None);
        assert!(matches!(compare_versions("Klingon", "1", "2"), Err(SnapshotError::UnknownEcosystem(_))));
    }
}
