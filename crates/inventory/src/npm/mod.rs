//! JavaScript packages that are locked by npm: `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3
//! (npm documentation, `package-lock.json`).

mod entry;
mod flat;
mod nested;
mod source;
#[cfg(test)]
mod tests;

use model::{ProblemKind, Scope};

use self::entry::Entry;
pub(crate) use self::entry::{ASKS, Scopes, license, names};
pub(crate) use self::source::{of_resolved, split_alias};
use crate::bounds::quote;
use crate::graph::{Graph, Request};
use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "npm-lock";
pub(crate) const NAMING: Naming = Naming { purl_type: "npm", separator: Some('/') };

/// Lockfiles of large workspaces come near the usual limit.
const LARGEST: u64 = 256 << 20;

/// Version 1 does not say what the root asks for; its manifest does.
const MANIFEST: &[Companion] = &[Companion::Sibling("package.json")];

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[
        Claim::new(Pattern::Name("package-lock.json")).limit(LARGEST).with(MANIFEST),
        Claim::new(Pattern::Name("npm-shrinkwrap.json")).limit(LARGEST).with(MANIFEST),
    ],
    parse,
};

/// All entries, and how they find each other.
#[derive(Default)]
struct Lock<'t> {
    entries: Vec<Entry<'t>>,
    scopes: Scopes<'t>,
    /// What the project asks for.
    wanted: Vec<&'t str>,
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    list.report(fault);
    let manifest = input.companion("package.json").and_then(|file| std::str::from_utf8(file.bytes).ok());
    let manifest = manifest.map(|text| json::read(text).0);
    let lock = read(&root, manifest.as_ref(), &mut list);
    list_packages(lock, &mut list);
    list.finish()
}

fn read<'t>(root: &'t Node<'_>, manifest: Option<&'t Node<'_>>, list: &mut PackageList<'_>) -> Lock<'t> {
    let version = root.get("lockfileVersion").and_then(Node::word).unwrap_or_default();
    let is_known = matches!(version, "" | "1" | "2" | "3");
    if !is_known {
        let at = root.member("lockfileVersion").map_or(0, |member| member.start) as usize;
        let message =
            format!("lockfile version {} is not known: it is read as version 3, and may say more", quote(version));
        list.warning(ProblemKind::FormatVersion, at, message);
    }
    if let Some(packages) = root.get("packages").filter(|node| node.is_map()) {
        flat::read(packages, list)
    } else if let Some(packages) = root.get("dependencies").filter(|node| node.is_map()) {
        nested::read(packages, manifest, list)
    } else {
        if !root.is_map() {
            list.error(ProblemKind::Shape, root.start as usize, "the lockfile is no object: nothing of it is read");
        } else if version.is_empty() || !is_known {
            let message = "the lockfile has no packages in any place that is known: nothing of it is read";
            list.error(ProblemKind::Shape, root.start as usize, message);
        }
        Lock::default()
    }
}

/// Adds all packages with their edges. The project and its workspaces are its own code, not packages of a registry: they
/// only ask.
fn list_packages(mut lock: Lock<'_>, list: &mut PackageList<'_>) {
    let packages = lock.entries.iter_mut();
    let places: Vec<Option<usize>> =
        packages.map(|entry| if entry.is_workspace { None } else { entry.add(list) }).collect();
    let mut graph = Graph::new(list.packages.len());
    let mut requests = Vec::new();
    for (entry, from) in lock.entries.iter().zip(&places) {
        let found = entry.wants.iter().filter_map(|name| lock.scopes.find(&entry.chain, name));
        for to in found.filter_map(|to| places[to]) {
            from.iter().for_each(|from| graph.add(*from, to));
            if entry.is_workspace {
                requests.push(Request { package: to, scope: Scope::Unknown });
            }
        }
    }
    let found = lock.wanted.iter().filter_map(|name| lock.scopes.find(&[Scopes::TOP], name));
    requests.extend(found.filter_map(|to| places[to]).map(|package| Request { package, scope: Scope::Unknown }));
    graph.relate(&mut list.packages, &requests);
    graph.name_dependencies(&mut list.packages, &mut list.faults);
}
