//! Python packages in the lockfile every tool can write: `pylock.toml` (PEP 751).

#[cfg(test)]
mod tests;

use model::{Checksum, Family, ProblemKind, Provenance, Relationship};

use crate::bounds::quote;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::PackageList;
use crate::pypi::pyproject;
use crate::pypi::{NAMING, source};
use crate::tree::Node;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, checksum, poetry, toml_tree};

const NAME: &str = "pylock";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::NameMatches(is_pylock)).with(&[Companion::Sibling("pyproject.toml")])],
    parse,
};

/// `pylock.toml`, `pylock.dev.toml`.
fn is_pylock(name: &str) -> bool {
    let inner = name.strip_prefix("pylock.").and_then(|rest| rest.strip_suffix("toml"));
    inner.is_some_and(|inner| inner.is_empty() || inner.len() > 1 && inner.find('.') == Some(inner.len() - 1))
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, faults) = toml_tree::read(list.text());
    list.report(faults);
    match root.get("lock-version") {
        Some(version) if version.word().is_some_and(|word| word.starts_with("1.")) => {}
        Some(version) => {
            let shown = quote(version.word().unwrap_or("?"));
            let message = format!("lock version {shown} is not known: it is read as version 1.0, and may say more");
            list.warning(ProblemKind::FormatVersion, version.start as usize, message);
        }
        None => list.error(ProblemKind::Shape, 0, "the file has no `lock-version`: it is no pylock.toml"),
    }
    let packages = root.get("packages").map_or(&[][..], Node::items);
    let entries: Vec<Locked<'_>> = packages.iter().filter_map(|node| entry(node, &mut list)).collect();
    let manifest = pyproject::beside(input);
    list_all(&entries, &poetry::needs(&manifest), NAMING, Family::PyPi, &mut list);
    if !manifest.is_empty() && entries.iter().all(|entry| entry.needs.is_empty()) {
        relate_rest(&mut list);
    }
    list.finish()
}

/// Who needs whom may be left out, as pip does: what the project does not ask for, another package does.
fn relate_rest(list: &mut PackageList<'_>) {
    let rest = list.packages.iter_mut().filter(|package| package.relationship == Relationship::Unknown);
    rest.for_each(|package| package.relationship = Relationship::Transitive);
}

/// A package from a repository or a folder need not have a version.
fn entry<'t>(node: &'t Node<'_>, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let provenance = provenance(node);
    let (name, version, range) = match (node.member("name"), node.text_of("name"), node.get("version")) {
        (Some(member), Some(name), None) if !provenance.is_registry() => (name, None, member.range()),
        _ => list.name_and_version(node).map(|(name, version, range)| (name, Some(version), range))?,
    };
    let dependencies = node.get("dependencies").map_or(&[][..], Node::items).iter();
    let needs = dependencies
        .filter_map(|item| Some(Need { version: item.text_of("version"), ..Need::named(item.text_of("name")?) }));
    let checksums = checksums(node);
    // pip locks the project with what it asks for.
    let is_project = node.get("directory").and_then(|directory| directory.text_of("path")) == Some(".");
    Some(Locked {
        name,
        version,
        range,
        provenance,
        needs: needs.collect(),
        checksums,
        is_project,
        ..Locked::default()
    })
}

/// Of every archive the package can be had as.
fn checksums(node: &Node<'_>) -> Vec<Checksum> {
    let wheels = node.get("wheels").map_or(&[][..], Node::items).iter();
    let archives = wheels.chain(node.get("sdist")).chain(node.get("archive"));
    archives.flat_map(|archive| checksum::of_table(archive.get("hashes"))).take(checksum::MOST).collect()
}

fn provenance(node: &Node<'_>) -> Provenance {
    if let Some(repository) = node.get("vcs") {
        let place = repository.text_of("url").or(repository.text_of("path")).unwrap_or_default();
        return source::of_git(place, repository.text_of("commit-id"));
    }
    if let Some(archive) = node.get("archive") {
        return archive.text_of("url").map_or(Provenance::Path, |url| Provenance::Url(url.to_owned()));
    }
    match (node.get("directory"), node.text_of("index")) {
        (Some(_), _) => Provenance::Path,
        (None, Some(index)) => source::of_index(index),
        (None, None) => Provenance::Registry,
    }
}
