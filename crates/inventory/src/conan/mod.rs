//! C and C++ packages that are locked by Conan: `conan.lock` of Conan 1 and 2 (Conan documentation, "Lockfiles").

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::{ProblemKind, Scope};

use crate::bounds::quote;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "conan-lock";
const NAMING: Naming = Naming { purl_type: "conan", separator: None };

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("conan.lock"))], parse };

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
        for (table, scope) in
            [("requires", Scope::Runtime), ("build_requires", Scope::Build), ("python_requires", Scope::Build)]
        {
            let items = root.get(table).map_or(&[][..], Node::items);
            entries.extend(items.iter().filter_map(|item| entry(item, scope, &mut list)));
        }
        if root.get("version").is_none() && !is_broken {
            list.error(ProblemKind::Shape, root.start as usize, "the file has no `version`: it is no conan.lock");
        }
    }
    list_all(&entries, &[], NAMING, None, &mut list);
    list.finish()
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
    for member in nodes.members() {
        let reference = member.value.get("ref").filter(|reference| reference.text() != Some(""));
        let tables = [("requires", Scope::Runtime), ("build_requires", Scope::Build)];
        let needs = tables.iter().flat_map(|(table, scope)| {
            let numbers = member.value.get(table).map_or(&[][..], Node::items).iter().filter_map(Node::text);
            numbers.filter_map(|number| names.get(number)).map(move |need| Need { scope: *scope, ..*need })
        });
        let needs: Vec<Need<'t>> = needs.collect();
        match reference {
            Some(reference) => {
                entries.extend(entry(reference, Scope::Unknown, list).map(|entry| Locked { needs, ..entry }));
            }
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
