//! C and C++ packages that are locked by Conan: `conan.lock` of Conan 1 and 2 (Conan documentation, "Lockfiles").

mod manifest;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::{ProblemKind, Relationship, Scope};

use crate::bounds::quote;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "conan-lock";
const NAMING: Naming = Naming { purl_type: "conan", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("conan.lock")).with(&[Companion::Sibling("conanfile.txt")])],
    parse,
};

/// The lists of Conan 2, and what they are for.
const LISTS: [(&str, Scope); 4] = [
    ("requires", Scope::Runtime),
    ("build_requires", Scope::Build),
    ("python_requires", Scope::Build),
    ("config_requires", Scope::Build),
];

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    let is_broken = fault.is_some();
    list.report(fault);
    // Conan 1 writes up to 0.4, Conan 2 from 0.5 on.
    list.check_version(root.get("version"), &["0.1", "0.2", "0.3", "0.4", "0.5"]);
    let nodes = root.get("graph_lock").and_then(|graph| graph.get("nodes"));
    let mut entries = Vec::new();
    if let Some(nodes) = nodes {
        read_graph(nodes, &mut entries, &mut list);
    } else {
        for (table, scope) in LISTS {
            let items = root.get(table).map_or(&[][..], Node::items);
            entries.extend(items.iter().filter_map(|item| entry(item, scope, &mut list)));
        }
        if root.get("version").is_none() && !is_broken {
            list.error(ProblemKind::Shape, root.start as usize, "the file has no `version`: it is no conan.lock");
        }
    }
    let manifest = if nodes.is_none() { manifest::beside(input) } else { Vec::new() };
    let asked: Vec<Need<'_>> = manifest.iter().map(|asked| Need { scope: asked.1, ..Need::named(&asked.0) }).collect();
    list_all(&entries, &asked, NAMING, None, &mut list);
    if !asked.is_empty() {
        relate_rest(&asked, &mut list);
    }
    list.finish()
}

/// Conan 2 locks no edges: what the project does not ask for itself, another package does. A test requirement stands among
/// those to run.
fn relate_rest(asked: &[Need<'_>], list: &mut PackageList<'_>) {
    for package in &mut list.packages {
        match asked.iter().find(|need| need.name == package.name) {
            Some(need) if need.scope == Scope::Development => package.scope = need.scope,
            Some(_) => {}
            None => package.relationship = Relationship::Transitive,
        }
    }
}

/// Conan 1: nodes by number; the one without a reference is the project.
fn read_graph<'t>(nodes: &'t Node<'_>, entries: &mut Vec<Locked<'t>>, list: &mut PackageList<'_>) {
    let names: HashMap<&str, Need<'t>> = nodes
        .members()
        .iter()
        .filter_map(|member| {
            let (name, version) = split(member.value.text_of("ref")?)?;
            Some((&*member.key, Need { version: Some(version), ..Need::named(name) }))
        })
        .collect();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for member in nodes.members() {
        let reference = member.value.get("ref").filter(|reference| reference.text() != Some(""));
        let tables = [("requires", Scope::Runtime), ("build_requires", Scope::Build)];
        let needs = tables.iter().flat_map(|(table, scope)| {
            let numbers = member.value.get(table).map_or(&[][..], Node::items).iter().filter_map(Node::text);
            numbers.filter_map(|number| names.get(number)).map(move |need| Need { scope: *scope, ..*need })
        });
        let needs: Vec<Need<'t>> = needs.collect();
        match reference {
            // A tool is a node for each package that is built with it.
            Some(reference) => match reference.text().and_then(|text| known.get(text)) {
                Some(at) => entries[*at].needs.extend(needs),
                None => {
                    let Some(entry) = entry(reference, Scope::Unknown, list) else { continue };
                    known.insert(reference.text().unwrap_or_default(), entries.len());
                    entries.push(Locked { needs, ..entry });
                }
            },
            None => entries.push(Locked { is_project: true, needs, ..Locked::default() }),
        }
    }
}

fn entry<'t>(item: &'t Node<'_>, scope: Scope, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let text = item.text().unwrap_or_default();
    let Some((name, version)) = split(text) else {
        let message = format!("`{}` is no name and version: it is not read", quote(text));
        list.error(ProblemKind::Shape, item.start as usize, message);
        return None;
    };
    let range = item.start as usize..item.end as usize;
    Some(Locked { name, version: Some(version), range, scope, ..Locked::default() })
}

/// `name` and `1.0` of `name/1.0@user/channel#revision%time`.
fn split(reference: &str) -> Option<(&str, &str)> {
    let (name, rest) = reference.split_once('/')?;
    let version = rest.split(['@', '#', '%']).next()?;
    Some((name, version)).filter(|(name, version)| !name.is_empty() && !version.is_empty())
}
