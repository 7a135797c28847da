//! JavaScript packages that are locked by Bun: `bun.lock`, JSON with comments and trailing commas (Bun documentation, "Lockfile").

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use model::{Checksum, ProblemKind, Provenance, Scope};

use crate::bounds::quote;
use crate::checksum;
use crate::graph::{Graph, Request};
use crate::npm::{NAMING, Scopes, names, of_resolved};
use crate::package_list::PackageList;
use crate::tree::{Member, Node};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "bun-lock";

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("bun.lock"))], parse };

/// Tables in which a workspace asks for packages, and what for.
const ASKS: [(&str, Scope); 4] = [
    ("dependencies", Scope::Runtime),
    ("peerDependencies", Scope::Runtime),
    ("optionalDependencies", Scope::Optional),
    ("devDependencies", Scope::Development),
];

/// No package of a real project lies so deep.
const MAX_KEY: usize = 4096;

const NEEDS: [&str; 3] = ["dependencies", "optionalDependencies", "peerDependencies"];

/// One package: `"parent/name": ["name@version", registry, {…}, integrity]`.
struct Entry<'t> {
    name: &'t str,
    version: Option<&'t str>,
    /// A folder of this project: its path.
    workspace: Option<&'t str>,
    provenance: Provenance,
    wants: Vec<&'t str>,
    checksums: Vec<Checksum>,
    /// Names of the packages it lies in, and its own, with `/` between.
    key: &'t str,
    range: Range<usize>,
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read_relaxed(list.text());
    let broken = fault.is_some();
    list.report(fault);
    let known = root.get("lockfileVersion").and_then(Node::word).is_some_and(|version| matches!(version, "0" | "1"));
    if !known && !broken {
        let message = "the version of `bun.lock` is none that is known: it is read as version 1";
        list.warning(ProblemKind::FormatVersion, root.start as usize, message);
    }
    let Some(packages) = root.get("packages").filter(|node| node.is_map()) else {
        if !broken && !known {
            list.error(ProblemKind::Shape, root.start as usize, "the lockfile has no packages: nothing of it is read");
        }
        return list.finish();
    };
    let entries: Vec<Entry<'_>> = packages.members().iter().filter_map(|member| entry(member, &mut list)).collect();
    list_packages(&entries, root.get("workspaces"), &mut list);
    list.finish()
}

fn entry<'t>(member: &'t Member<'_>, list: &mut PackageList<'_>) -> Option<Entry<'t>> {
    if member.key.len() > MAX_KEY {
        list.error(
            ProblemKind::Limit,
            member.start as usize,
            "the place of a package is longer than 4096 bytes: it is not read",
        );
        return None;
    }
    let items = member.value.items();
    let Some(stated) = items.first().and_then(Node::text) else {
        let message =
            format!("`{}` is no list that begins with a name and a version: it is not read", quote(&member.key));
        list.error(ProblemKind::Shape, member.start as usize, message);
        return None;
    };
    // An address may hold an `@`: the first one behind the name counts.
    let (name, version) = match stated.char_indices().skip(1).find(|(_, character)| *character == '@') {
        Some((at, _)) => (&stated[..at], Some(&stated[at + 1..])),
        None => (stated, None),
    };
    let place = version.filter(|version| version.contains([':', '/']));
    let registry = items.get(1).and_then(Node::text).filter(|registry| !registry.is_empty());
    let provenance = match (place, registry) {
        (Some(place), _) => of_resolved(Some(place)),
        (None, Some(registry)) => of_resolved(Some(&format!("{}/{name}/-/x.tgz", registry.trim_end_matches('/')))),
        (None, None) => Provenance::Registry,
    };
    let facts = items.iter().find(|item| item.is_map());
    Some(Entry {
        name,
        version: version.filter(|_| place.is_none()),
        workspace: place.and_then(|place| place.strip_prefix("workspace:")),
        provenance,
        wants: facts.map(|facts| names(facts, &NEEDS)).unwrap_or_default(),
        checksums: items.iter().skip(1).rev().find_map(Node::text).map(checksum::read).unwrap_or_default(),
        key: &member.key,
        range: member.start as usize..items[0].end as usize,
    })
}

fn list_packages(entries: &[Entry<'_>], workspaces: Option<&Node<'_>>, list: &mut PackageList<'_>) {
    let mut places = Vec::new();
    for entry in entries {
        let place = match entry.workspace {
            Some(_) => None,
            None => list.add(NAMING, entry.name, entry.version, entry.range.clone()),
        };
        if let Some(at) = place {
            list.set_provenance(at, entry.provenance.clone());
            list.packages[at].checksums.clone_from(&entry.checksums);
        }
        places.push(place);
    }
    let mut scopes = Scopes::default();
    for (at, entry) in entries.iter().enumerate() {
        scopes.enter(Scopes::TOP, entry.key, at);
    }
    let mut graph = Graph::new(list.packages.len());
    for (entry, place) in entries.iter().zip(&places) {
        let wanted = entry.wants.iter().filter_map(|name| find(&scopes, entry.key, name));
        let targets = wanted.filter_map(|to| places[to]);
        targets.for_each(|to| place.iter().for_each(|from| graph.add(*from, to)));
    }
    let keys: HashMap<&str, &str> = entries.iter().filter_map(|entry| Some((entry.workspace?, entry.key))).collect();
    let mut requests = Vec::new();
    for workspace in workspaces.map_or(&[][..], Node::members) {
        let own = keys.get(&*workspace.key).copied().unwrap_or_default();
        for (table, scope) in ASKS {
            let wanted = names(&workspace.value, &[table]).into_iter().filter_map(|name| find(&scopes, own, name));
            requests.extend(wanted.filter_map(|to| places[to]).map(|package| Request { package, scope }));
        }
    }
    graph.relate(&mut list.packages, &requests);
    graph.hand_on_scopes(&mut list.packages, &requests, &[]);
    graph.name_dependencies(&mut list.packages, &mut list.faults);
}

/// The nearest package of this name: in the package itself, in the one it lies in, and so on.
fn find(scopes: &Scopes<'_>, key: &str, name: &str) -> Option<usize> {
    const MAX_DEPTH: usize = 32;
    let above = std::iter::successors(Some(key), |key| key.rsplit_once('/').map(|(above, _)| above));
    let nested = above.take(MAX_DEPTH).filter(|key| !key.is_empty());
    nested
        .map(|key| format!("{key}/{name}"))
        .find_map(|key| scopes.find(&[Scopes::TOP], &key))
        .or_else(|| scopes.find(&[Scopes::TOP], name))
}
