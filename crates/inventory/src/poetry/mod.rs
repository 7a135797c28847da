//! Python packages that are locked by Poetry: `poetry.lock`, versions 1 and 2 (poetry-core, `packages/locker`).

#[cfg(test)]
mod tests;

use model::{Family, ProblemKind, Provenance, Scope};

use crate::bounds::quote;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::PackageList;
use crate::pypi::pyproject::{self, Asked};
use crate::pypi::{NAMING, source};
use crate::tree::Node;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, checksum, toml_tree};

const NAME: &str = "poetry-lock";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("poetry.lock")).with(&[Companion::Sibling("pyproject.toml")])],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, faults) = toml_tree::read(list.whole_text());
    list.report(faults);
    check_version(&root, &mut list);
    let packages = root.get("package").map_or(&[][..], Node::items);
    let entries: Vec<Locked<'_>> = packages.iter().filter_map(|node| entry(node, &mut list)).collect();
    let manifest = pyproject::beside(input);
    list_all(&entries, &needs(&manifest), NAMING, Family::PyPi, &mut list);
    list.finish()
}

/// What a manifest asks for, as the list wants it.
pub(crate) fn needs(manifest: &[Asked]) -> Vec<Need<'_>> {
    manifest.iter().map(|asked| Need { scope: asked.scope, ..Need::named(&asked.name) }).collect()
}

fn check_version(root: &Node<'_>, list: &mut PackageList<'_>) {
    let Some(version) = root.get("metadata").and_then(|metadata| metadata.get("lock-version")) else { return };
    let word = version.word().unwrap_or("?");
    if !matches!(word.split('.').next(), Some("0" | "1" | "2")) {
        let message = format!("lock version {} is not known: it is read as version 2, and may say more", quote(word));
        list.warning(ProblemKind::FormatVersion, version.start as usize, message);
    }
}

fn entry<'t>(node: &'t Node<'_>, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let (name, version, range) = list.name_and_version(node)?;
    let dependencies = node.get("dependencies").map_or(&[][..], Node::members);
    Some(Locked {
        name,
        version: Some(version),
        range,
        provenance: node.get("source").map_or(Provenance::Registry, provenance),
        scope: scope(node),
        checksums: checksum::of_files(node.get("files"), "hash"),
        needs: dependencies.iter().map(|member| Need::named(&member.key)).collect(),
        ..Locked::default()
    })
}

/// Version 1 has a category, version 2.1 has groups; what lies between says nothing.
fn scope(node: &Node<'_>) -> Scope {
    let groups: Vec<&str> = match (node.get("groups"), node.text_of("category")) {
        (Some(groups), _) => groups.items().iter().filter_map(Node::text).collect(),
        (None, Some(category)) => vec![category],
        (None, None) => return Scope::Unknown,
    };
    match (groups.contains(&"main"), node.is_set("optional")) {
        (true, false) => Scope::Runtime,
        (true, true) => Scope::Optional,
        (false, _) => Scope::Development,
    }
}

fn provenance(node: &Node<'_>) -> Provenance {
    let url = node.text_of("url").unwrap_or_default();
    match node.text_of("type").unwrap_or_default() {
        "git" => source::of_git(url, node.text_of("resolved_reference").or(node.text_of("reference"))),
        "url" => Provenance::Url(url.to_owned()),
        "directory" | "file" => Provenance::Path,
        _ => source::of_index(url),
    }
}
