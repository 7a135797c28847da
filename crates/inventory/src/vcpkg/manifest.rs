//! `vcpkg.json`. Versions follow from a baseline in the registry; only what is overridden is pinned by the file itself.

use std::collections::HashMap;

use model::{ProblemKind, Relationship, Scope};

use super::{DETECTOR, NAMING, with_port};
use crate::package_list::PackageList;
use crate::tree::Node;
use crate::{Input, Parsed, json};

/// Names of a version, one a scheme.
const VERSIONS: [&str; 4] = ["version", "version-semver", "version-date", "version-string"];

pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, DETECTOR.name);
    let (root, fault) = json::read_relaxed(list.text());
    list.report(fault);
    let overrides: HashMap<&str, String> =
        root.get("overrides").map_or(&[][..], Node::items).iter().filter_map(pinned).collect();
    let of_features = root.get("features").map_or(&[][..], Node::members).iter();
    let groups = of_features.filter_map(|feature| Some((feature.value.get("dependencies")?, Scope::Optional)));
    for (dependencies, scope) in root.get("dependencies").map(|node| (node, Scope::Runtime)).into_iter().chain(groups) {
        for node in dependencies.items() {
            add(node, scope, &overrides, &mut list);
        }
    }
    let unpinned = list.packages.iter().filter(|package| package.version.is_none()).count();
    if unpinned > 0 {
        let message =
            format!("{unpinned} ports have the version of a baseline that is not in the file: it is not known");
        list.warning(ProblemKind::Unsupported, root.start as usize, message);
    }
    list.finish()
}

fn pinned<'t>(node: &'t Node<'_>) -> Option<(&'t str, String)> {
    let version = VERSIONS.iter().find_map(|key| node.text_of(key))?;
    let port = node.get("port-version").and_then(Node::word).unwrap_or_default();
    Some((node.text_of("name")?, with_port(version, port)))
}

/// A name, or a table with one; `host` is what only builds.
fn add(node: &Node<'_>, scope: Scope, overrides: &HashMap<&str, String>, list: &mut PackageList<'_>) {
    let Some(name) = node.text().or_else(|| node.text_of("name")) else {
        list.error(ProblemKind::Shape, node.start as usize, "a dependency without a name: it is not read");
        return;
    };
    let range = node.member("name").map_or(node.start as usize..node.end as usize, crate::tree::Member::range);
    let Some(at) = list.add(NAMING, name, overrides.get(name).map(String::as_str), range) else { return };
    list.packages[at].relationship = Relationship::Direct;
    list.packages[at].scope = if node.is_set("host") { Scope::Build } else { scope };
}
