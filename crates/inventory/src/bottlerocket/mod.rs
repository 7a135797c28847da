//! Packages of Bottlerocket: the inventory its images carry instead of a package database (Bottlerocket, `application-inventory`).

#[cfg(test)]
mod tests;

use model::ProblemKind;

use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "bottlerocket";

/// They are built as rpm packages.
const NAMING: Naming = Naming { purl_type: "rpm", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::Path("usr/share/bottlerocket/application-inventory.json"))],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    if fault.is_none() && root.get("Content").is_none() {
        list.error(ProblemKind::Shape, root.start as usize, "the inventory has no `Content`: nothing of it is read");
    }
    list.report(fault);
    for node in root.get("Content").map_or(&[][..], Node::items) {
        add(node, &mut list);
    }
    list.finish()
}

fn add(node: &Node<'_>, list: &mut PackageList<'_>) {
    let stated = |key| node.get(key).and_then(Node::word).filter(|text| !text.is_empty());
    let start = node.start as usize;
    let (Some(name), Some(version)) = (stated("Name"), stated("Version")) else {
        list.error(ProblemKind::Shape, start, "an application without a name or a version: it is not read");
        return;
    };
    let evr = stated("Release").map_or(version.to_owned(), |release| format!("{version}-{release}"));
    let epoch = stated("Epoch").filter(|epoch| *epoch != "0");
    let qualifiers = [("arch", stated("Architecture").unwrap_or_default()), ("epoch", epoch.unwrap_or_default())];
    let range = node.range_of(&["Name", "Version", "Release", "Epoch"]);
    if let Some(at) = list.add_qualified(NAMING, name, Some(&evr), &qualifiers, range) {
        let package = &mut list.packages[at];
        package.version = epoch.map(|epoch| format!("{epoch}:{evr}")).or(package.version.take());
    }
}
