//! JavaScript packages that are locked by npm: `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3
//! (npm documentation, `package-lock.json`).

mod entry;
mod flat;
mod nested;
mod source;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use model::{ProblemKind, Scope};

use self::entry::Entry;
pub(crate) use self::entry::{ASKS, Scopes, license, names};
use self::flat::{Folders, Told};
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
    wanted: Vec<Cow<'t, str>>,
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let text = list.text();
    let mut folders = Folders::of_text(text.len());
    let (root, fault) = json::read_giving(text, "packages", &mut |member| match member {
        None => folders.begin(),
        Some(member) => folders.add(member),
    });
    list.report(fault);
    let manifest = input.companion("package.json").and_then(|file| std::str::from_utf8(file.bytes).ok());
    let manifest = manifest.map(|text| json::read(text).0);
    let Folders { paths, told } = folders;
    let lock = read(&root, (&paths, told), manifest.as_ref(), &mut list);
    let (mut graph, requests) = lock.connect(list.packages.len());
    // The largest of lockfiles take most of their room as values: that is given up before names are written.
    drop(lock);
    drop(paths);
    drop(manifest);
    drop(root);
    graph.relate(&mut list.packages, &requests);
    graph.name_dependencies(&mut list.packages, &mut list.faults);
    list.finish()
}

fn read<'t>(
    root: &'t Node<'_>,
    (paths, told): (&'t [Cow<'_, str>], Vec<Told<'t>>),
    manifest: Option<&'t Node<'_>>,
    list: &mut PackageList<'_>,
) -> Lock<'t> {
    let version = root.get("lockfileVersion").and_then(Node::word).unwrap_or_default();
    let is_known = matches!(version, "" | "1" | "2" | "3");
    if !is_known {
        let at = root.member("lockfileVersion").map_or(0, |member| member.start) as usize;
        let message =
            format!("lockfile version {} is not known: it is read as version 3, and may say more", quote(version));
        list.warning(ProblemKind::FormatVersion, at, message);
    }
    if root.get("packages").is_some_and(Node::is_map) {
        flat::read(paths, told, list)
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

impl Lock<'_> {
    /// Who needs whom, and what the project asks for.
    fn connect(&self, packages: usize) -> (Graph, Vec<Request>) {
        let mut graph = Graph::new(packages);
        let mut requests = Vec::new();
        let listed = |chain: &[usize], name: &str| self.entries[self.scopes.find(chain, name)?].listed;
        let request = |package| Request { package, scope: Scope::Unknown };
        for entry in &self.entries {
            for to in entry.wants.iter().filter_map(|name| listed(&entry.chain, name)) {
                entry.listed.iter().for_each(|from| graph.add(*from, to));
                requests.extend(entry.is_workspace.then(|| request(to)));
            }
        }
        requests.extend(self.wanted.iter().filter_map(|name| listed(&[], name)).map(request));
        (graph, requests)
    }
}
