//! What bills of materials are made of: the components of every target, each once, and what they need.

use std::collections::BTreeMap;

use model::{Chains, Location, Package, PackageState, Purl, Report, Target};
use sha2::{Digest as _, Sha256};

/// One target with its components.
pub(crate) struct Inventory<'a> {
    /// The target.
    pub(crate) target: &'a Target,
    /// Its packages, sorted by purl, each once. What a later layer deleted is not among them.
    pub(crate) components: Vec<Component<'a>>,
    /// Pairs of a package and one it needs.
    pub(crate) edges: Vec<(&'a Purl, &'a Purl)>,
}

/// A package, and everywhere it was found.
pub(crate) struct Component<'a> {
    /// The package as it was found first.
    pub(crate) package: &'a Package,
    /// All its places.
    pub(crate) places: Vec<&'a Location>,
}

/// The components of every target.
pub(crate) fn of(report: &Report) -> Vec<Inventory<'_>> {
    report.targets.iter().map(inventory).collect()
}

fn inventory(target: &Target) -> Inventory<'_> {
    let mut components: BTreeMap<&Purl, Component<'_>> = BTreeMap::new();
    for package in target.packages.iter().filter(|package| package.state != PackageState::RemovedLater) {
        let component = components.entry(package.purl()).or_insert_with(|| Component { package, places: Vec::new() });
        component.places.extend(&package.locations);
    }
    let mut edges = Chains::new(&target.packages).edges();
    edges.retain(|(from, to)| components.contains_key(from) && components.contains_key(to));
    Inventory { target, components: components.into_values().collect(), edges }
}

/// A UUID of version 8 (RFC 9562, section 5.8) of a text: equal documents have equal names.
pub(crate) fn uuid(text: &str) -> String {
    let mut bytes: [u8; 32] = Sha256::digest(text).into();
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn each_package_once_with_all_its_places() {
        let report = testing::report();
        let inventories = of(&report);
        let lock = "pkg:npm/qs@6.7.0".parse::<Purl>().expect("a purl");
        let needs: Vec<String> =
            inventories[0].edges.iter().filter(|(_, to)| **to == lock).map(|(from, _)| from.to_string()).collect();
        assert_eq!(needs, ["pkg:npm/body-parser@1.19.0", "pkg:npm/express@4.17.1"]);

        let mut target = testing::empty_target();
        target.packages =
            vec![testing::package("pkg:npm/a@1"), testing::package("pkg:npm/a@1"), testing::package("pkg:npm/b@1")];
        target.packages[0].locations = vec![testing::place("a.json", &[], 0, 1, (1, 2))];
        target.packages[1].locations = vec![testing::place("b.json", &[], 0, 1, (1, 2))];
        target.packages[2].state = PackageState::RemovedLater;
        let inventory = inventory(&target);
        let seen: Vec<(String, usize)> = inventory
            .components
            .iter()
            .map(|component| (component.package.purl().to_string(), component.places.len()))
            .collect();
        assert_eq!(seen, [("pkg:npm/a@1".to_owned(), 2)]);
    }

    #[test]
    fn uuids_are_of_version_8() {
        let id = uuid("");
        assert_eq!(id, "e3b0c442-98fc-8c14-9afb-f4c8996fb924");
        assert_ne!(uuid("a"), id);
    }
}
