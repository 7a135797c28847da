//! Scala and Java packages that are locked by sbt: `build.sbt.lock` of the plugin sbt-dependency-lock, version 1 (its README, "Lockfile").

#[cfg(test)]
mod tests;

use model::{ProblemKind, Scope};

use crate::gradle::NAMING;
use crate::package_list::PackageList;
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, checksum, json};

const NAME: &str = "sbt-lock";

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Suffix(".sbt.lock"))], parse };

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    let is_broken = fault.is_some();
    list.report(fault);
    list.check_version(root.get("lockVersion"), &["1"]);
    match root.get("dependencies") {
        Some(dependencies) => dependencies.items().iter().for_each(|node| add(node, &mut list)),
        None if !is_broken => {
            list.error(ProblemKind::Shape, root.start as usize, "the file has no `dependencies`: it is no lock of sbt");
        }
        None => {}
    }
    list.finish()
}

fn add(node: &Node<'_>, list: &mut PackageList<'_>) {
    let filled = |key| node.text_of(key).filter(|text: &&str| !text.is_empty());
    let (Some(group), Some(name), Some(version)) = (filled("org"), filled("name"), filled("version")) else {
        let message = "a dependency without organisation, name or version: it is not read";
        list.error(ProblemKind::Shape, node.start as usize, message);
        return;
    };
    let range = node.range_of(&["org", "name", "version"]);
    let Some(at) = list.add(NAMING, &format!("{group}:{name}"), Some(version), range) else { return };
    let artifacts = node.get("artifacts").map_or(&[][..], Node::items).iter();
    let sums = artifacts.filter_map(|artifact| artifact.text_of("hash")).flat_map(checksum::read);
    list.packages[at].checksums = sums.take(checksum::MOST).collect();
    list.packages[at].scope = scope(node.get("configurations").map_or(&[][..], Node::items));
}

/// By the names of Ivy's configurations, which sbt uses.
fn scope(configurations: &[Node<'_>]) -> Scope {
    let has = |name: &str| configurations.iter().filter_map(Node::text).any(|configuration| configuration == name);
    if has("compile") || has("runtime") {
        Scope::Runtime
    } else if has("provided") || has("plugin") {
        Scope::Build
    } else if has("test") {
        Scope::Development
    } else {
        Scope::Unknown
    }
}
