//! JavaScript packages that Yarn installs without `node_modules`: `.pnp.data.json`, and `.pnp.cjs`, which holds the same as a text
//! (Yarn documentation, "PnP specification"). `.pnp.js` is what Yarn 2 called the latter.

mod escaped;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use model::{ProblemKind, Scope};

use crate::graph::{Graph, Request};
use crate::npm::NAMING;
use crate::package_list::PackageList;
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "yarn-pnp";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[
        Claim::new(Pattern::Name(".pnp.cjs")),
        Claim::new(Pattern::Name(".pnp.js")),
        Claim::new(Pattern::Name(".pnp.data.json")),
    ],
    parse,
};

/// One package of the table: `[name, [[reference, facts], …]]`.
struct Entry<'t> {
    name: &'t str,
    reference: &'t str,
    facts: &'t Node<'t>,
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let text = list.text();
    let inner = if text.trim_start().starts_with('{') { Some(text.into()) } else { escaped::data(text) };
    let Some(data) = inner else {
        list.error(ProblemKind::Shape, 0, "the table of packages is not where Yarn writes it: nothing is read");
        return list.finish();
    };
    let (root, fault) = json::read(&data);
    // Lines of the text inside are not lines of the file.
    if let Some(fault) = fault {
        list.error(fault.kind, 0, format!("the table of packages: {}", fault.message));
    }
    let entries = entries(&root);
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    for entry in &entries {
        if let Some((name, version)) = version(entry)
            && let Some(at) = list.add_whole_file(NAMING, name, Some(version))
        {
            places.insert((entry.name, entry.reference), at);
        }
    }
    relate(&entries, &places, &mut list);
    list.finish()
}

fn entries<'t>(root: &'t Node<'t>) -> Vec<Entry<'t>> {
    let names = root.get("packageRegistryData").map_or(&[][..], Node::items).iter();
    let pairs = names.filter_map(|pair| Some((pair.items().first()?, pair.items().get(1)?)));
    let all = pairs.flat_map(|(name, references)| references.items().iter().map(move |pair| (name, pair)));
    all.filter_map(|(name, pair)| {
        let reference = pair.items().first()?.text().unwrap_or_default();
        Some(Entry { name: name.text().unwrap_or_default(), reference, facts: pair.items().get(1)? })
    })
    .collect()
}

/// `npm:4.17.21`, also behind an alias or below `virtual:…#`, where only its peers differ.
fn version<'t>(entry: &Entry<'t>) -> Option<(&'t str, &'t str)> {
    let real = entry.reference.rsplit('#').next()?;
    let version = real.strip_prefix("npm:")?.split("::").next()?;
    match version.char_indices().skip(1).find(|(_, letter)| *letter == '@') {
        Some((at, _)) => Some((&version[..at], &version[at + 1..])),
        None => Some((entry.name, version)),
    }
}

/// What a package of the project needs is direct.
fn relate(entries: &[Entry<'_>], places: &HashMap<(&str, &str), usize>, list: &mut PackageList<'_>) {
    let mut graph = Graph::new(list.packages.len());
    let mut requests = Vec::new();
    for entry in entries {
        let from = places.get(&(entry.name, entry.reference));
        let real = entry.reference.rsplit('#').next().unwrap_or_default();
        let is_project = real.is_empty() || real.starts_with("workspace:");
        for pair in entry.facts.get("packageDependencies").map_or(&[][..], Node::items) {
            let Some((name, target)) = need(pair) else { continue };
            let Some(to) = places.get(&(name, target)) else { continue };
            match from {
                Some(from) => graph.add(*from, *to),
                None if is_project => requests.push(Request { package: *to, scope: Scope::Unknown }),
                None => {}
            }
        }
    }
    graph.relate(&mut list.packages, &requests);
    graph.name_dependencies(&mut list.packages, &mut list.faults);
    // The same version below different peers is one package.
    let mut known = HashSet::new();
    list.packages.sort_by_key(|package| (package.purl().to_string(), package.relationship));
    list.packages.retain(|package| known.insert(package.purl().to_string()));
}

/// `[name, reference]`, or `[name, [real name, reference]]` of an alias.
fn need<'t>(pair: &'t Node<'t>) -> Option<(&'t str, &'t str)> {
    let (name, target) = (pair.items().first()?.text()?, pair.items().get(1)?);
    match target.text() {
        Some(reference) => Some((name, reference)),
        None => Some((target.items().first()?.text()?, target.items().get(1)?.text()?)),
    }
}
