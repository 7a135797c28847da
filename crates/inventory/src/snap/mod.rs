//! Snaps that are unpacked: `snap/NAME/REVISION/meta/snap.yaml` (Snapcraft documentation, "The snap format").

#[cfg(test)]
mod tests;

use model::{License, ProblemKind};

use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, yaml_tree};

const NAME: &str = "snap";
/// No type is registered; this is what others write.
const NAMING: Naming = Naming { purl_type: "snap", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::Suffix("/meta/snap.yaml")).limit(1 << 20)],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (documents, fault) = yaml_tree::read_written(list.text(), &list.lines);
    let is_broken = fault.is_some();
    list.report(fault);
    let root = documents.first();
    let version = root.and_then(|root| root.get("version")?.word());
    let (Some(root), Some(name), Some(version)) = (root, root.and_then(|root| root.text_of("name")), version) else {
        if !is_broken {
            list.error(ProblemKind::Shape, 0, "a snap without `name` or `version`: it is not read");
        }
        return list.finish();
    };
    if let Some(at) = list.add(NAMING, name, Some(version), root.range_of(&["name", "version"])) {
        list.packages[at].license = root.text_of("license").and_then(License::stated);
    }
    list.finish()
}
