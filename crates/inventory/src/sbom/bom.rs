//! What an inventory made by others states, whatever it is written in, and how that becomes packages.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use model::{Checksum, License, Os, ProblemKind, Purl, Relationship, Scope, SourcePackage};

use crate::Parsed;
use crate::bounds::{check_word, quote};
use crate::graph::{Graph, Request};
use crate::package_list::PackageList;

/// Names in one message; the others are counted.
const MOST_NAMED: usize = 5;

/// One thing the inventory states.
#[derive(Default)]
pub(super) struct Component {
    /// What the inventory itself calls it by.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) version: Option<String>,
    /// As it is written.
    pub(super) purl: Option<String>,
    pub(super) license: Option<License>,
    pub(super) checksums: Vec<Checksum>,
    pub(super) scope: Scope,
    pub(super) source: Option<Box<SourcePackage>>,
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// What kind of thing it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Listed, with a package URL or without.
    #[default]
    Package,
    /// Listed only when it has a package URL: lockfiles, containers, files that stand between packages.
    Holder,
    /// The operating system.
    System,
}

/// All of it.
#[derive(Default)]
pub(super) struct Bom {
    pub(super) components: Vec<Component>,
    /// (who needs, whom)
    pub(super) edges: Vec<(String, String)>,
    /// What the inventory is about.
    pub(super) roots: HashSet<String>,
}

impl Bom {
    /// Lists the packages, and who needs whom.
    pub(super) fn list(self, mut list: PackageList<'_>) -> Parsed {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut unnamed = Vec::new();
        let mut os = None;
        for component in &self.components {
            if component.kind == Kind::System && os.is_none() {
                os = system(component);
            }
            // What the inventory is about is no part of itself.
            if self.roots.contains(&component.id) {
                continue;
            }
            if let Some(at) = add(component, &mut unnamed, &mut list) {
                places.entry(&component.id).or_insert(at);
            }
        }
        if !unnamed.is_empty() {
            list.warning(ProblemKind::Shape, 0, of_unnamed(&unnamed));
        }
        self.relate(&places, &mut list);
        Parsed { os, ..list.finish() }
    }

    fn relate(&self, places: &HashMap<&str, usize>, list: &mut PackageList<'_>) {
        let mut graph = Graph::new(list.packages.len());
        let mut needs: HashMap<&str, Vec<&str>> = HashMap::new();
        for (from, to) in &self.edges {
            needs.entry(from).or_default().push(to);
            if let (Some(from), Some(to)) = (places.get(from.as_str()), places.get(to.as_str())) {
                graph.add(*from, *to);
            }
        }
        let requests = self.requests(&needs, places);
        graph.relate(&mut list.packages, &requests);
        graph.name_dependencies(&mut list.packages, &mut list.faults);
        for package in &mut list.packages {
            // Nobody asks for a package of a distribution by hand as a manifest does; inventories hang all of them below the system.
            if matches!(package.purl_type().as_str(), "deb" | "apk" | "rpm" | "alpm" | "opkg") {
                package.relationship = Relationship::Unknown;
            }
        }
    }

    /// What the roots ask for, also through things that are no packages: a lockfile stands between a project and its packages.
    fn requests(&self, needs: &HashMap<&str, Vec<&str>>, places: &HashMap<&str, usize>) -> Vec<Request> {
        let mut waiting: Vec<&str> = self.roots.iter().map(String::as_str).collect();
        let mut seen: HashSet<&str> = waiting.iter().copied().collect();
        let mut requests = Vec::new();
        while let Some(id) = waiting.pop() {
            for to in needs.get(id).into_iter().flatten() {
                match places.get(to) {
                    Some(package) => requests.push(Request { package: *package, scope: Scope::Unknown }),
                    None if seen.insert(to) => waiting.push(to),
                    None => {}
                }
            }
        }
        requests.sort_by_key(|request| request.package);
        requests
    }
}

/// `alpine` and `3.19.1`.
fn system(component: &Component) -> Option<Os> {
    let id = check_word(&component.name).ok().filter(|id| !id.is_empty())?;
    let version = component.version.clone().filter(|version| check_word(version).is_ok());
    Some(Os { id: id.to_ascii_lowercase(), version, codename: None, like: Vec::new(), name: None })
}

fn add<'c>(component: &'c Component, unnamed: &mut Vec<&'c str>, list: &mut PackageList<'_>) -> Option<usize> {
    let purl = match component.purl.as_deref().map(str::parse::<Purl>) {
        Some(Ok(purl)) => Some(purl),
        Some(Err(error)) => {
            let (name, stated) = (quote(&component.name), quote(component.purl.as_deref().unwrap_or_default()));
            let message = format!("the package URL `{stated}` of `{name}` is wrong, {error}: it cannot be matched");
            list.error(ProblemKind::Shape, component.range.start, message);
            None
        }
        None if component.kind == Kind::Package => {
            unnamed.push(&component.name);
            None
        }
        None => return None,
    };
    let at = match purl {
        Some(purl) => {
            let purl = versioned(located(purl), component.version.as_deref());
            list.add_purl(&purl.display_name(), purl, component.range.clone())?
        }
        None => {
            let naming = crate::package_list::Naming { purl_type: "generic", separator: None };
            list.add(naming, &component.name, component.version.as_deref(), component.range.clone())?
        }
    };
    let package = &mut list.packages[at];
    package.scope = component.scope;
    package.license.clone_from(&component.license);
    package.checksums.clone_from(&component.checksums);
    package.source.clone_from(&component.source);
    package.take_qualifiers();
    Some(at)
}

/// A URL without a version is of the version that the component states.
fn versioned(purl: Purl, version: Option<&str>) -> Purl {
    let Some(version) = version.filter(|version| purl.version().is_none() && check_word(version).is_ok()) else {
        return purl;
    };
    let qualifiers = purl.qualifiers();
    let (kind, namespace, name) = (purl.purl_type().as_str(), purl.namespace(), purl.name());
    Purl::build(kind, namespace, name, Some(version), qualifiers, purl.subpath()).unwrap_or(purl)
}

/// Some write `distro=3.19.1` where others write `distro=alpine-3.19.1`.
fn located(purl: Purl) -> Purl {
    let bare = purl.qualifier("distro").filter(|distro| distro.starts_with(|first: char| first.is_ascii_digit()));
    match (bare, purl.namespace()) {
        (Some(release), Some(namespace)) => {
            let full = format!("{namespace}-{release}");
            purl.clone().with_qualifier("distro", &full).unwrap_or(purl)
        }
        _ => purl,
    }
}

fn of_unnamed(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(MOST_NAMED).map(|name| format!("`{}`", quote(name))).collect();
    let more = names.len() - shown.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (number, have) = if names.len() == 1 { ("1 component", "has") } else { ("components", "have") };
    let count = if names.len() == 1 { String::new() } else { format!("{} ", names.len()) };
    format!("{count}{number} {have} no package URL, so no advisory can be matched: {}{more}", shown.join(", "))
}
