//! Rust packages that are locked: `Cargo.lock` of the versions 1 to 4 (cargo's `core/resolver/encode.rs`).
//!
//! Sources, versions of the format and versions of packages are read by the `cargo-lock` crate. The file around them is
//! not: the crate gives no lines, gives nothing at all of a file with one fault, and needs the square of its length.

mod lock;
mod manifest;
mod source;
#[cfg(test)]
mod tests;

use model::{PackageState, ProblemKind, Provenance, Scope};

use self::lock::{Entry, Resolver};
use self::manifest::Manifests;
use crate::bounds::quote;
use crate::graph::{Graph, Request};
use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, toml_tree};

const NAME: &str = "cargo-lock";
const NAMING: Naming = Naming { purl_type: "cargo", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    // The lock says who needs whom; only the manifests of the members say what for.
    claims: &[Claim::new(Pattern::Name("Cargo.lock")).with(&[Companion::Below("Cargo.toml")])],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, faults) = toml_tree::read(list.text());
    list.report(faults);
    check_version(&root, &mut list);
    let entries = lock::entries(&root, &mut list);
    let manifests = Manifests::read(input);
    let resolver = Resolver::new(&entries);
    let mut graph = Graph::new(list.packages.len());
    let mut requests = Vec::new();
    let mut depended_on = vec![false; entries.len()];
    for (from, entry) in entries.iter().enumerate() {
        for dependency in &entry.dependencies {
            let Some(to) = resolver.find(dependency) else {
                let message = format!(
                    "`{}` depends on `{}`, which is not in the lockfile: it was edited by hand or cut",
                    quote(entry.name),
                    quote(dependency)
                );
                list.warning(ProblemKind::Shape, entry.range.start, message);
                continue;
            };
            graph.add(from, to);
            if entry.is_local() {
                requests.push(Request { package: to, scope: manifests.scope(entry.name, entries[to].name) });
                depended_on[to] = true;
            }
        }
    }
    let local: Vec<bool> = entries.iter().map(Entry::is_local).collect();
    graph.relate(&mut list.packages, &requests);
    graph.hand_on_scopes(&mut list.packages, &requests, &local);
    graph.name_dependencies(&mut list.packages, &mut list.faults);
    for (at, entry) in entries.iter().enumerate().filter(|(at, _)| local[*at]) {
        if !depended_on[at] || manifests.is_named_by_the_nearest(entry.name) {
            list.packages[at].state = PackageState::Root;
            list.packages[at].relationship = model::Relationship::Unknown;
            list.packages[at].scope = Scope::Unknown;
        }
    }
    list.finish()
}

/// A version nobody knew yet is read as the newest known.
fn check_version(root: &Node<'_>, list: &mut PackageList<'_>) {
    let Some(version) = root.get("version") else { return };
    let known = version.word().and_then(|word| word.parse::<cargo_lock::ResolveVersion>().ok());
    if known.is_none() {
        let shown = quote(version.word().unwrap_or("?"));
        let message =
            format!("version {shown} of `Cargo.lock` is not known: it is read as version 4, and may say more");
        list.warning(ProblemKind::FormatVersion, version.start as usize, message);
    }
}

impl Entry<'_> {
    /// A member of the workspace, or a package in a folder.
    fn is_local(&self) -> bool {
        self.provenance == Provenance::Path
    }
}
