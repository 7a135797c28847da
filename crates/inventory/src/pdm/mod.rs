//! Python packages that are locked by PDM: `pdm.lock`, versions 2 to 4 (PDM documentation, "Lock file").

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::{Family, ProblemKind, Provenance, Scope};

use crate::bounds::quote;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::PackageList;
use crate::pypi::pyproject::{self, name_of};
use crate::pypi::{NAMING, source};
use crate::tree::Node;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, checksum, poetry, toml_tree};

const NAME: &str = "pdm-lock";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("pdm.lock")).with(&[Companion::Sibling("pyproject.toml")])],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, faults) = toml_tree::read(list.whole_text());
    list.report(faults);
    check_version(&root, &mut list);
    let packages = root.get("package").map_or(&[][..], Node::items);
    let names: Vec<Vec<String>> = packages.iter().map(needs).collect();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    let mut entries: Vec<Locked<'_>> = Vec::new();
    for (node, names) in packages.iter().zip(&names) {
        let Some(entry) = entry(node, names, &mut list) else { continue };
        // A package with extras stands beside itself without.
        let key = (entry.name, entry.version.unwrap_or_default());
        match known.get(&key) {
            Some(at) => entries[*at].needs.extend(entry.needs),
            None => {
                known.insert(key, entries.len());
                entries.push(entry);
            }
        }
    }
    let manifest = pyproject::beside(input);
    list_all(&entries, &poetry::needs(&manifest), NAMING, Family::PyPi, &mut list);
    list.finish()
}

fn check_version(root: &Node<'_>, list: &mut PackageList<'_>) {
    let Some(version) = root.get("metadata").and_then(|metadata| metadata.get("lock_version")) else { return };
    let word = version.word().unwrap_or("?");
    if !matches!(word.split('.').next(), Some("2" | "3" | "4")) {
        let message = format!("lock version {} is not known: it is read as version 4, and may say more", quote(word));
        list.warning(ProblemKind::FormatVersion, version.start as usize, message);
    }
}

/// Names in the requirements of a package.
fn needs(node: &Node<'_>) -> Vec<String> {
    let dependencies = node.get("dependencies").map_or(&[][..], Node::items);
    dependencies.iter().filter_map(Node::text).filter_map(name_of).collect()
}

fn entry<'t>(node: &'t Node<'_>, needs: &'t [String], list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let (name, version, range) = list.name_and_version(node)?;
    let groups: Vec<&str> = node.get("groups").map_or(&[][..], Node::items).iter().filter_map(Node::text).collect();
    let scope = match groups.as_slice() {
        groups if groups.contains(&"default") => Scope::Runtime,
        ["dev"] => Scope::Development,
        _ => Scope::Unknown,
    };
    Some(Locked {
        name,
        version: Some(version),
        range,
        provenance: provenance(node),
        scope,
        checksums: checksum::of_files(node.get("files"), "hash"),
        needs: needs.iter().map(|name| Need::named(name)).collect(),
        ..Locked::default()
    })
}

fn provenance(node: &Node<'_>) -> Provenance {
    match ["git", "url", "path"].map(|key| node.text_of(key)) {
        [Some(git), ..] => source::of_git(git, node.text_of("revision").or(node.text_of("ref"))),
        [_, Some(url), _] => Provenance::Url(url.to_owned()),
        [.., Some(_)] => Provenance::Path,
        _ => Provenance::Registry,
    }
}
