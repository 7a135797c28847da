//! Python packages that are locked by uv: `uv.lock`, version 1 (uv documentation, "Project structure").

#[cfg(test)]
mod tests;

use model::{Family, Provenance, Scope};

use crate::locked::{Locked, Need, list_all};
use crate::package_list::PackageList;
use crate::pypi::{NAMING, source};
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, checksum, toml_tree};

const NAME: &str = "uv-lock";

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("uv.lock"))], parse };

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, faults) = toml_tree::read(list.whole_text());
    list.report(faults);
    list.check_version(root.get("version"), &["1"]);
    let packages = root.get("package").map_or(&[][..], Node::items);
    let entries: Vec<Locked<'_>> = packages.iter().filter_map(|node| entry(node, &mut list)).collect();
    list_all(&entries, &[], NAMING, Family::PyPi, &mut list);
    list.finish()
}

fn entry<'t>(node: &'t Node<'_>, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let stated = node.get("source");
    // Members of the workspace are installed from where they are; their version may be made when they are built.
    let is_project = stated.is_some_and(|source| source.get("editable").is_some() || source.get("virtual").is_some());
    let mut entry = Locked { is_project, ..Locked::default() };
    if is_project {
        entry.name = node.text_of("name").unwrap_or_default();
    } else {
        let (name, version, range) = list.name_and_version(node)?;
        entry = Locked { name, version: Some(version), range, ..entry };
    }
    entry.checksums = checksum::of_files(node.get("wheels"), "hash");
    entry
        .checksums
        .extend(node.get("sdist").and_then(|sdist| sdist.text_of("hash")).map(checksum::read).unwrap_or_default());
    entry.provenance = stated.map_or(Provenance::Registry, provenance);
    entry.needs.extend(needs(node.get("dependencies"), Scope::Runtime));
    for (table, scope) in [("optional-dependencies", Scope::Optional), ("dev-dependencies", Scope::Development)] {
        let groups = node.get(table).map_or(&[][..], Node::members);
        entry.needs.extend(groups.iter().flat_map(|group| needs(Some(&group.value), scope)));
    }
    Some(entry)
}

fn needs<'t>(node: Option<&'t Node<'_>>, scope: Scope) -> impl Iterator<Item = Need<'t>> {
    let items = node.map_or(&[][..], Node::items).iter();
    items.filter_map(move |item| Some(Need { name: item.text_of("name")?, version: item.text_of("version"), scope }))
}

fn provenance(node: &Node<'_>) -> Provenance {
    match ["registry", "git", "url"].map(|key| node.text_of(key)) {
        // An index may be a folder, too.
        [Some(index), ..] if index.contains("://") => source::of_index(index),
        [_, Some(git), _] => source::of_git(git, None),
        [.., Some(url)] => Provenance::Url(url.to_owned()),
        _ => Provenance::Path,
    }
}
