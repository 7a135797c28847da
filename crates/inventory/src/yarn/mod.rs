//! JavaScript packages that are locked by Yarn: `yarn.lock` of Yarn 1 and of Berry (the "syml" of yarnpkg's parsers).

mod entry;
mod syml;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::{ProblemKind, Provenance, Scope};

use self::entry::Entry;
use self::syml::Block;
use crate::bounds::quote;
use crate::graph::{Graph, Request};
use crate::npm::ASKS;
use crate::package_list::PackageList;
use crate::tree::Node;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "yarn-lock";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    // The lock does not say what the root asks for, or what for; its manifest does.
    claims: &[Claim::new(Pattern::Name("yarn.lock")).with(&[Companion::Sibling("package.json")])],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let blocks = syml::blocks(list.whole_text(), &mut list);
    check_version(&blocks, &mut list);
    let entries: Vec<Entry<'_>> = blocks.iter().filter_map(|block| Entry::read(block, &mut list)).collect();
    // A patched package stands beside the package it was made from, and is the same one.
    let mut known: HashMap<(&str, &str, &Provenance), Option<usize>> = HashMap::new();
    let places: Vec<Option<usize>> = entries
        .iter()
        .map(|entry| {
            let same = (entry.name, entry.version, &entry.provenance);
            *known.entry(same).or_insert_with(|| entry.add(&mut list))
        })
        .collect();
    let mut patterns: HashMap<&str, usize> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        patterns.extend(entry.patterns.iter().map(|pattern| (*pattern, at)));
    }
    let mut graph = Graph::new(list.packages.len());
    let mut requests = Vec::new();
    let manifest = input.companion("package.json").and_then(|file| std::str::from_utf8(file.bytes).ok());
    let manifest = manifest.map(|text| asked(&json::read(text).0)).unwrap_or_default();
    let scopes: HashMap<&str, Scope> = manifest.iter().map(|(name, _, scope)| (name.as_str(), *scope)).collect();
    for (entry, place) in entries.iter().zip(&places) {
        for (name, range) in &entry.dependencies {
            let Some(to) = find(&patterns, name, range).and_then(|to| places[to]) else { continue };
            match place {
                Some(from) => graph.add(*from, to),
                None if entry.is_root => {
                    let scope = scopes.get(name).copied().unwrap_or_default();
                    requests.push(Request { package: to, scope });
                }
                None => requests.push(Request { package: to, scope: Scope::Unknown }),
            }
        }
    }
    for (name, range, scope) in &manifest {
        let found = find(&patterns, name, range).and_then(|to| places[to]);
        requests.extend(found.map(|package| Request { package, scope: *scope }));
    }
    graph.relate(&mut list.packages, &requests);
    graph.hand_on_scopes(&mut list.packages, &requests, &[]);
    graph.name_dependencies(&mut list.packages, &mut list.faults);
    list.finish()
}

/// Berry numbers its format; 10 is the newest known.
fn check_version(blocks: &[Block<'_>], list: &mut PackageList<'_>) {
    const NEWEST: u32 = 10;
    let Some(metadata) = blocks.iter().find(|block| block.key == "__metadata") else { return };
    let version = metadata.field("version").unwrap_or_default();
    if version.value.parse::<u32>().is_ok_and(|version| version > NEWEST) {
        let message = format!(
            "version {} of `yarn.lock` is not known: it is read as version 10, and may say more",
            quote(version.value)
        );
        list.warning(ProblemKind::FormatVersion, version.range.start, message);
    }
}

/// What a manifest asks for: name, range, scope.
fn asked(manifest: &Node<'_>) -> Vec<(String, String, Scope)> {
    let mut asked = Vec::new();
    for table in ASKS {
        let scope = match table {
            "devDependencies" => Scope::Development,
            "optionalDependencies" => Scope::Optional,
            _ => Scope::Runtime,
        };
        for member in manifest.get(table).map_or(&[][..], Node::members) {
            asked.push((member.key.to_string(), member.value.text().unwrap_or_default().to_owned(), scope));
        }
    }
    asked
}

/// The entry that `name` in `range` led to. Berry writes the protocol, and leaves it out of older files.
fn find(patterns: &HashMap<&str, usize>, name: &str, range: &str) -> Option<usize> {
    let plain = format!("{name}@{range}");
    patterns.get(plain.as_str()).or_else(|| patterns.get(format!("{name}@npm:{range}").as_str())).copied()
}
