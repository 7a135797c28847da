//! Python packages that are locked by Pipenv: `Pipfile.lock`, specification 6 (pipfile documentation).

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::{Family, ProblemKind, Provenance, Scope};

use crate::bounds::quote;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::PackageList;
use crate::pypi::{NAMING, source};
use crate::tree::{Member, Node};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, checksum, json, toml_tree};

const NAME: &str = "pipfile-lock";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("Pipfile.lock")).with(&[Companion::Sibling("Pipfile")])],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    let is_broken = fault.is_some();
    list.report(fault);
    if root.get("_meta").is_none() && !is_broken {
        list.error(ProblemKind::Shape, root.start as usize, "the file has no `_meta`: it is no Pipfile.lock");
    }
    list.check_version(root.get("_meta").and_then(|meta| meta.get("pipfile-spec")), &["6"]);
    let indexes = indexes(&root);
    let mut entries = Vec::new();
    for category in root.members().iter().filter(|category| category.key != "_meta") {
        let scope = match &*category.key {
            "default" => Scope::Runtime,
            "develop" => Scope::Development,
            // Categories of one's own mean what their owner says.
            _ => Scope::Unknown,
        };
        entries.extend(category.value.members().iter().filter_map(|member| entry(member, scope, &indexes, &mut list)));
    }
    let manifest = input.companion("Pipfile").and_then(|file| std::str::from_utf8(file.bytes).ok());
    let manifest = manifest.map(|text| toml_tree::read(text).0);
    let tables = manifest.iter().flat_map(Node::members).filter(|table| !matches!(&*table.key, "source" | "requires"));
    let asked: Vec<Need<'_>> =
        tables.flat_map(|table| table.value.members()).map(|member| Need::named(&member.key)).collect();
    list_all(&entries, &asked, NAMING, Family::PyPi, &mut list);
    list.finish()
}

/// Addresses of indexes by their names.
fn indexes<'t>(root: &'t Node<'_>) -> HashMap<&'t str, &'t str> {
    let sources = root.get("_meta").and_then(|meta| meta.get("sources")).map_or(&[][..], Node::items);
    sources.iter().filter_map(|source| Some((source.text_of("name")?, source.text_of("url")?))).collect()
}

fn entry<'t>(
    member: &'t Member<'_>,
    scope: Scope,
    indexes: &HashMap<&str, &str>,
    list: &mut PackageList<'_>,
) -> Option<Locked<'t>> {
    let node = &member.value;
    if !node.is_map() {
        let message = format!("`{}` is no object: it is not read", quote(&member.key));
        list.error(ProblemKind::Shape, member.start as usize, message);
        return None;
    }
    let version = node.text_of("version").map(|version| version.trim_start_matches('=').trim());
    let provenance = provenance(node, indexes);
    if version.is_none() && provenance.is_registry() {
        let message = format!("`{}` has no version: it cannot be matched", quote(&member.key));
        list.warning(ProblemKind::Shape, member.start as usize, message);
    }
    // `*` is written where any version will do.
    let version = version.filter(|version| !version.is_empty() && !version.contains('*'));
    let range = member.range_to("version");
    let hashes = node.get("hashes").map_or(&[][..], Node::items).iter().filter_map(Node::text);
    let checksums = hashes.flat_map(checksum::read).take(checksum::MOST).collect();
    Some(Locked { name: &member.key, version, range, provenance, scope, checksums, ..Locked::default() })
}

fn provenance(node: &Node<'_>, indexes: &HashMap<&str, &str>) -> Provenance {
    if let Some(git) = node.text_of("git") {
        return source::of_git(git, node.text_of("ref"));
    }
    if let Some(file) = node.text_of("file").filter(|file| file.contains("://")) {
        return Provenance::Url(file.to_owned());
    }
    if node.get("path").is_some() || node.get("file").is_some() {
        return Provenance::Path;
    }
    let index = node.text_of("index").and_then(|index| indexes.get(index));
    index.map_or(Provenance::Registry, |index| source::of_index(index))
}
