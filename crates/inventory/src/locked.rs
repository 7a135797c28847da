//! Lockfiles whose packages find each other by name: what each ecosystem reads them into, and how that becomes a list.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use model::{Checksum, Family, License, Provenance, Relationship, Scope};

use crate::graph::{Graph, Request};
use crate::package_list::{Naming, PackageList};

/// One package as the file has it.
#[derive(Default)]
pub(crate) struct Locked<'t> {
    pub(crate) name: &'t str,
    pub(crate) version: Option<&'t str>,
    pub(crate) range: Range<usize>,
    pub(crate) provenance: Provenance,
    /// As the file states it; unknown where it follows from who asks.
    pub(crate) scope: Scope,
    pub(crate) license: Option<License>,
    pub(crate) checksums: Vec<Checksum>,
    pub(crate) needs: Vec<Need<'t>>,
    /// Qualifiers of its URL.
    pub(crate) qualifiers: Vec<(&'static str, &'t str)>,
    /// The project's own code: it asks, and is not listed.
    pub(crate) is_project: bool,
}

/// A package that is asked for.
#[derive(Clone, Copy, Default)]
pub(crate) struct Need<'t> {
    pub(crate) name: &'t str,
    /// Where the file says which of several it is.
    pub(crate) version: Option<&'t str>,
    /// What for, when a project asks.
    pub(crate) scope: Scope,
}

impl<'t> Need<'t> {
    pub(crate) fn named(name: &'t str) -> Need<'t> {
        Need { name, ..Need::default() }
    }
}

/// Adds all packages. `family` says which spellings mean the same name, for an ecosystem that has advisories. `asked` is what a manifest asks for, beside the projects among the entries.
pub(crate) fn list_all(
    entries: &[Locked<'_>],
    asked: &[Need<'_>],
    naming: Naming,
    family: impl Into<Option<Family>>,
    list: &mut PackageList<'_>,
) {
    let places: Vec<Option<usize>> = entries.iter().map(|entry| add(entry, naming, list)).collect();
    let names = Names::new(entries, family.into());
    let mut graph = Graph::new(list.packages.len());
    let mut requests = Vec::new();
    for (entry, place) in entries.iter().zip(&places) {
        for need in &entry.needs {
            let Some(to) = names.find(need).and_then(|to| places[to]) else { continue };
            match place {
                Some(from) => graph.add(*from, to),
                None if entry.is_project => requests.push(Request { package: to, scope: need.scope }),
                None => {}
            }
        }
    }
    for need in asked {
        let found = names.find(need).and_then(|to| places[to]);
        requests.extend(found.map(|package| Request { package, scope: need.scope }));
    }
    graph.relate(&mut list.packages, &requests);
    graph.hand_on_scopes(&mut list.packages, &requests, &[]);
    graph.name_dependencies(&mut list.packages, &mut list.faults);
    for (entry, place) in entries.iter().zip(&places) {
        if let (Some(at), true) = (place, entry.scope != Scope::Unknown) {
            list.packages[*at].scope = entry.scope;
        }
    }
}

/// Where everything is there because something asks for it: what no package needs, the project does.
pub(crate) fn relate_unneeded(entries: &[Locked<'_>], list: &mut PackageList<'_>) {
    let needed: HashSet<&str> = entries.iter().flat_map(|entry| &entry.needs).map(|need| need.name).collect();
    for package in &mut list.packages {
        if !needed.contains(package.name.as_str()) {
            package.relationship = Relationship::Direct;
        }
    }
}

fn add(entry: &Locked<'_>, naming: Naming, list: &mut PackageList<'_>) -> Option<usize> {
    if entry.is_project {
        return None;
    }
    let at = list.add_qualified(naming, entry.name, entry.version, &entry.qualifiers, entry.range.clone())?;
    list.set_provenance(at, entry.provenance.clone());
    list.packages[at].license.clone_from(&entry.license);
    list.packages[at].checksums.clone_from(&entry.checksums);
    Some(at)
}

/// Nobody has so many versions of one package; looking through more for every dependency would take too long.
const MAX_CANDIDATES: usize = 64;

/// Entries by the one spelling of their names.
struct Names<'e> {
    family: Option<Family>,
    by_name: HashMap<String, Vec<(usize, Option<&'e str>)>>,
}

impl<'e> Names<'e> {
    fn new(entries: &'e [Locked<'_>], family: Option<Family>) -> Names<'e> {
        let mut by_name: HashMap<String, Vec<_>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let candidates: &mut Vec<_> = by_name.entry(normal(family, entry.name).into_owned()).or_default();
            if candidates.len() < MAX_CANDIDATES {
                candidates.push((at, entry.version));
            }
        }
        Names { family, by_name }
    }

    fn find(&self, need: &Need<'_>) -> Option<usize> {
        let candidates = self.by_name.get(&*normal(self.family, need.name))?;
        let exact = candidates.iter().find(|(_, version)| need.version.is_some() && *version == need.version);
        exact.or(candidates.first()).map(|(at, _)| *at)
    }
}

fn normal(family: Option<Family>, name: &str) -> Cow<'_, str> {
    family.map_or(Cow::Borrowed(name), |family| family.normalise_name(name))
}
