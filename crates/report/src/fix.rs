//! One upgrade for several findings of one package.

use std::cmp::Ordering;

use model::{Ecosystem, Finding, Purl};

/// The least upgrade that ends every finding that has a fix.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fix<'a> {
    /// The version to upgrade to.
    pub(crate) version: &'a str,
    /// How many of the findings it ends.
    pub(crate) ends: usize,
}

/// The upgrade for findings of one package; `None` when no fix is known, or the fixes cannot be ordered.
pub(crate) fn of<'a>(package: &Purl, findings: &[&'a Finding]) -> Option<Fix<'a>> {
    let compare = |left: &str, right: &str| match Ecosystem::of(package) {
        _ if left == right => Some(Ordering::Equal),
        Some(ecosystem) => ecosystem.family.compare_versions(left, right),
        None => None,
    };
    let mut needed = findings.iter().filter_map(|finding| first_above(finding, package.version(), compare));
    let mut version = needed.next()?;
    let mut ends = 1;
    for other in needed {
        if compare(other, version)? == Ordering::Greater {
            version = other;
        }
        ends += 1;
    }
    Some(Fix { version, ends })
}

/// Fixes of older branches do not help: the first one above the version that is there.
fn first_above<'a>(
    finding: &'a Finding,
    present: Option<&str>,
    compare: impl Fn(&str, &str) -> Option<Ordering>,
) -> Option<&'a str> {
    let mut fixes = finding.fixed_in.iter().map(String::as_str);
    match present {
        Some(present) => fixes.find(|fix| compare(fix, present) != Some(Ordering::Less)),
        None => fixes.next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn check(package: &str, fixes: &[&[&str]], expected: Option<(&str, usize)>) {
        let purl: Purl = package.parse().expect("a purl");
        let findings: Vec<Finding> = fixes
            .iter()
            .map(|fixes| Finding {
                fixed_in: fixes.iter().map(|fix| (*fix).to_owned()).collect(),
                ..testing::vulnerability("CVE-2020-1", package)
            })
            .collect();
        let fix = of(&purl, &findings.iter().collect::<Vec<_>>());
        assert_eq!(fix.map(|fix| (fix.version, fix.ends)), expected, "{package} {fixes:?}");
    }

    #[test]
    fn the_highest_of_the_lowest() {
        check("pkg:npm/a@1.2.0", &[&["1.9.0"], &["1.10.0"], &[]], Some(("1.10.0", 2)));
        check("pkg:npm/a@2.0.0", &[&["1.9.1", "2.0.4", "3.0.0"]], Some(("2.0.4", 1)));
        check("pkg:npm/a@2.0.0", &[&[]], None);
        check("pkg:generic/a@1", &[&["2"], &["2"]], Some(("2", 2)));
        check("pkg:generic/a@1", &[&["2"], &["3"]], None);
        check("pkg:deb/debian/openssl@1.1.1n-0%2Bdeb11u5", &[&["1.1.1w-0+deb11u1"]], Some(("1.1.1w-0+deb11u1", 1)));
    }
}
