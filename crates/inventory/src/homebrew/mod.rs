//! Formulae that Homebrew installed: `Cellar/NAME/VERSION/INSTALL_RECEIPT.json` (Homebrew, `Tab`).

#[cfg(test)]
mod tests;

use model::{ProblemKind, Relationship};

use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "homebrew";
const NAMING: Naming = Naming { purl_type: "brew", separator: Some('/') };
/// What a formula comes from when nothing else is said.
const CORE: &str = "homebrew/core";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::PathMatches(is_receipt)).limit(4 << 20)],
    parse,
};

fn is_receipt(path: &str) -> bool {
    path.ends_with("/INSTALL_RECEIPT.json") && path.rsplit('/').nth(3) == Some("Cellar")
}

/// The receipt says how, its place says what.
fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let path = input.origin.path.to_string();
    let mut pieces = path.rsplit('/').skip(1);
    let (Some(version), Some(name)) = (pieces.next(), pieces.next()) else {
        list.error(ProblemKind::Shape, 0, "a receipt that lies in no folder of a formula: it is not read");
        return list.finish();
    };
    let (root, fault) = json::read(list.text());
    list.report(fault);
    let tap = root.get("source").and_then(|source| source.text_of("tap")).filter(|tap| *tap != CORE);
    let whole = tap.map_or_else(|| name.to_owned(), |tap| format!("{tap}/{name}"));
    let Some(at) = list.add_whole_file(NAMING, &whole, Some(version)) else { return list.finish() };
    let package = &mut list.packages[at];
    package.relationship = match (root.is_set("installed_on_request"), root.is_set("installed_as_dependency")) {
        (true, _) => Relationship::Direct,
        (false, true) => Relationship::Transitive,
        _ => Relationship::Unknown,
    };
    let needs = root.get("runtime_dependencies").map_or(&[][..], Node::items);
    package.dependencies = needs.iter().filter_map(|need| need.text_of("full_name")).map(str::to_owned).collect();
    list.finish()
}
