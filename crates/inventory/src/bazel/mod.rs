//! Bazel modules that are locked: `MODULE.bazel.lock` (Bazel documentation, "Bazel lockfile").
//!
//! Until Bazel 7.1 the file holds the whole graph. Since then it holds the digests of the files that were read from registries;
//! the `source.json` of a module is read once its version is selected, and only then.

mod graph;
mod manifest;
mod registry;
#[cfg(test)]
mod tests;

use model::{ProblemKind, Provenance};

use crate::bounds::quote;
use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "module-bazel-lock";
const NAMING: Naming = Naming { purl_type: "bazel", separator: None };

/// The newest form that was looked at, that of Bazel 9.
const NEWEST: u32 = 26;

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("MODULE.bazel.lock")).with(&[Companion::Sibling("MODULE.bazel")])],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    let is_broken = fault.is_some();
    list.report(fault);
    check_version(&root, is_broken, &mut list);
    let manifest = input.companion("MODULE.bazel").and_then(|file| std::str::from_utf8(file.bytes).ok());
    let asked = manifest.map(manifest::read);
    match (root.get("moduleDepGraph"), root.get("registryFileHashes")) {
        (Some(modules), _) => graph::add(modules, asked.as_ref(), &mut list),
        (None, Some(files)) => registry::add(files, asked.as_ref(), &mut list),
        (None, None) if is_broken => {}
        (None, None) => {
            let message = "the file has neither `moduleDepGraph` nor `registryFileHashes`: no module of it is read";
            list.error(ProblemKind::Shape, root.start as usize, message);
        }
    }
    list.finish()
}

fn check_version(root: &Node<'_>, is_broken: bool, list: &mut PackageList<'_>) {
    let version = root.get("lockFileVersion");
    let known = version.and_then(Node::word).and_then(|word| word.parse::<u32>().ok());
    if known.is_some_and(|known| known <= NEWEST) || (version.is_none() && is_broken) {
        return;
    }
    let shown = quote(version.and_then(Node::word).unwrap_or("?"));
    let message = format!("lockfile version {shown} is not known: it is read as version {NEWEST}, and may say more");
    list.warning(ProblemKind::FormatVersion, version.map_or(root.start, |node| node.start) as usize, message);
}

/// By the address of a registry.
fn provenance(registry: &str) -> Provenance {
    match registry.trim_end_matches('/') {
        "https://bcr.bazel.build" => Provenance::Registry,
        other => Provenance::OtherRegistry(other.to_owned()),
    }
}
