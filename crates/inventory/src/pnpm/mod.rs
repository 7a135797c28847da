//! JavaScript packages that are locked by pnpm: `pnpm-lock.yaml` of the versions 5 to 9 (pnpm/spec, `lockfile`).

mod key;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::{License, ProblemKind, Provenance, Scope};

use self::key::Identity;
use crate::bounds::quote;
use crate::checksum;
use crate::graph::{Graph, Request};
use crate::npm::{NAMING, of_resolved};
use crate::package_list::PackageList;
use crate::tree::{Member, Node};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, yaml_tree};

const NAME: &str = "pnpm-lock";

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("pnpm-lock.yaml"))], parse };

/// Tables in which a project asks for packages, and what for. The last two are pnpm itself and its settings.
const ASKS: [(&str, Scope); 5] = [
    ("dependencies", Scope::Runtime),
    ("optionalDependencies", Scope::Optional),
    ("devDependencies", Scope::Development),
    ("configDependencies", Scope::Development),
    ("packageManagerDependencies", Scope::Development),
];

const NEEDS: [&str; 2] = ["dependencies", "optionalDependencies"];

/// Packages of one document by their keys; the same package with other peers is the same package.
struct Places<'t> {
    by_key: HashMap<&'t str, usize>,
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (documents, fault) = yaml_tree::read(list.whole_text(), &list.lines);
    let is_broken = fault.is_some();
    list.report(fault);
    if documents.iter().all(|document| document.get("lockfileVersion").is_none()) && !is_broken {
        list.error(ProblemKind::Shape, 0, "the file has no `lockfileVersion`: it is none of pnpm");
    }
    let mut known: HashMap<(String, Option<String>), usize> = HashMap::new();
    let places: Vec<Places<'_>> = documents
        .iter()
        .map(|document| {
            check_version(document, &mut list);
            let packages = document.get("packages").map_or(&[][..], Node::members);
            let found = packages.iter().filter_map(|member| Some((&*member.key, add(member, &mut known, &mut list)?)));
            Places { by_key: found.collect() }
        })
        .collect();
    let mut graph = Graph::new(list.packages.len());
    let mut requests = Vec::new();
    for (document, places) in documents.iter().zip(&places) {
        let tables = ["packages", "snapshots"].iter().filter_map(|table| document.get(table));
        for member in tables.flat_map(Node::members) {
            let from = places.of_key(&member.key);
            for (name, reference) in NEEDS.iter().flat_map(|table| references(&member.value, table)) {
                if let (Some(from), Some(to)) = (from, places.find(name, reference)) {
                    graph.add(from, to);
                }
            }
        }
        let importers = document.get("importers").map_or(&[][..], Node::members).iter().map(|member| &member.value);
        for project in importers.chain([document]) {
            for (table, scope) in ASKS {
                let asked = references(project, table).filter_map(|(name, reference)| places.find(name, reference));
                requests.extend(asked.map(|package| Request { package, scope }));
            }
        }
    }
    graph.relate(&mut list.packages, &requests);
    graph.hand_on_scopes(&mut list.packages, &requests, &[]);
    graph.name_dependencies(&mut list.packages, &mut list.faults);
    list.finish()
}

fn check_version(document: &Node<'_>, list: &mut PackageList<'_>) {
    let Some(version) = document.get("lockfileVersion") else { return };
    let major = version.word().and_then(|word| word.split('.').next()?.parse::<u32>().ok());
    if !major.is_some_and(|major| (5..=9).contains(&major)) {
        let shown = quote(version.word().unwrap_or("?"));
        let message = format!("lockfile version {shown} is not known: it is read as its neighbour, and may say more");
        list.warning(ProblemKind::FormatVersion, version.start as usize, message);
    }
}

/// Adds a package, unless it is there with other peers.
fn add(
    member: &Member<'_>,
    known: &mut HashMap<(String, Option<String>), usize>,
    list: &mut PackageList<'_>,
) -> Option<usize> {
    let node = &member.value;
    let resolution = node.get("resolution");
    if resolution.is_some_and(|resolution| resolution.text_of("type") == Some("directory")) {
        return None;
    }
    let identity = key::read(&member.key);
    let name = node.text_of("name").or(identity.as_ref().map(|identity| identity.name));
    let stated = node.get("version").and_then(Node::word);
    let version = stated.or(identity.as_ref().and_then(|identity| identity.version));
    let Some(name) = name else {
        let message = format!("`{}` names no package: it is not read", quote(&member.key));
        list.error(ProblemKind::Shape, member.start as usize, message);
        return None;
    };
    if version.is_none() {
        let message = format!("`{}` has no version: it cannot be matched", quote(&member.key));
        list.warning(ProblemKind::Shape, member.start as usize, message);
    }
    let same = (name.to_owned(), version.map(str::to_owned));
    if let Some(at) = known.get(&same) {
        return Some(*at);
    }
    let end = if stated.is_some() { node.get("version") } else { None }.map_or(0, |version| version.end as usize);
    let range = member.start as usize..end.max(member.start as usize + member.key.len());
    let at = list.add(NAMING, name, version, range)?;
    list.set_provenance(at, provenance(identity.as_ref(), resolution));
    let integrity = resolution.and_then(|resolution| resolution.text_of("integrity"));
    list.packages[at].checksums = integrity.map(checksum::read).unwrap_or_default();
    list.packages[at].license = node.text_of("license").and_then(License::stated);
    known.insert(same, at);
    Some(at)
}

fn provenance(identity: Option<&Identity<'_>>, resolution: Option<&Node<'_>>) -> Provenance {
    let stated = |key| resolution.and_then(|resolution| resolution.text_of(key));
    if let Some(repository) = stated("repo") {
        return Provenance::Git(format!("{repository}#{}", stated("commit").unwrap_or_default()));
    }
    match (stated("tarball"), identity.and_then(|identity| identity.place)) {
        (Some(tarball), _) => of_resolved(Some(tarball)),
        (None, Some(place)) => of_resolved(Some(place)),
        (None, None) => Provenance::Registry,
    }
}

/// Names with what they were resolved to: a text, or a map with `version`.
fn references<'n>(node: &'n Node<'_>, table: &str) -> impl Iterator<Item = (&'n str, &'n str)> {
    node.get(table).map_or(&[][..], Node::members).iter().filter_map(|member| {
        let reference = member.value.get("version").unwrap_or(&member.value);
        Some((&*member.key, reference.word()?))
    })
}

impl Places<'_> {
    fn of_key(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).or_else(|| self.by_key.get(without_peers(key))).copied()
    }

    /// A reference is a version, or for an alias and for a place the whole key.
    fn find(&self, name: &str, reference: &str) -> Option<usize> {
        if reference.starts_with("link:") {
            return None;
        }
        [
            reference.to_owned(),
            format!("{name}@{reference}"),
            format!("/{name}@{reference}"),
            format!("/{name}/{reference}"),
        ]
        .iter()
        .find_map(|key| self.of_key(key))
    }
}

/// `a@1.2.3` of `a@1.2.3(b@4.5.6)`.
fn without_peers(key: &str) -> &str {
    key.split_once('(').map_or(key, |(package, _)| package)
}
