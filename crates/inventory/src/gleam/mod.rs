//! Packages that are locked by Gleam: `manifest.toml` (Gleam, `manifest.rs` of its build tool).

#[cfg(test)]
mod tests;

use model::{Family, Provenance};

use crate::checksum;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, toml_tree};

const NAME: &str = "gleam-manifest";
const NAMING: Naming = Naming { purl_type: "hex", separator: Some('/') };

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("manifest.toml"))], parse };

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, faults) = toml_tree::read(list.text());
    let packages = root.get("packages").map_or(&[][..], Node::items);
    // Others use this name too: only a list whose entries say what builds them is Gleam's.
    if packages.iter().all(|package| package.get("build_tools").is_none()) {
        return list.finish();
    }
    list.report(faults);
    let entries: Vec<Locked<'_>> = packages.iter().filter_map(|package| entry(package, &mut list)).collect();
    let asked = root.get("requirements").map_or(&[][..], Node::members);
    let asked: Vec<Need<'_>> = asked.iter().map(|member| Need::named(&member.key)).collect();
    list_all(&entries, &asked, NAMING, Family::Hex, &mut list);
    list.finish()
}

fn entry<'t>(package: &'t Node<'_>, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let (name, version, range) = list.name_and_version(package)?;
    let commit = package.text_of("commit").unwrap_or_default();
    let provenance = match package.text_of("source") {
        Some("local") => Provenance::Path,
        Some("git") => Provenance::Git(format!("{}#{commit}", package.text_of("repo").unwrap_or_default())),
        _ => Provenance::Registry,
    };
    let needs = package.get("requirements").map_or(&[][..], Node::items).iter().filter_map(Node::text);
    Some(Locked {
        name,
        version: Some(version),
        range,
        provenance,
        checksums: package.text_of("outer_checksum").map(|sum| checksum::read(&sum.to_lowercase())).unwrap_or_default(),
        needs: needs.map(Need::named).collect(),
        ..Locked::default()
    })
}
