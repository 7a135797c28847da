//! The packages of the lock, and whom their dependencies mean.

use std::collections::HashMap;
use std::ops::Range;

use cargo_lock::package::Version;
use model::{ProblemKind, Provenance};

use super::{NAMING, source};
use crate::bounds::quote;
use crate::checksum;
use crate::package_list::PackageList;
use crate::tree::Node;

/// One `[[package]]`; at the same place in the list.
pub(super) struct Entry<'t> {
    pub(super) name: &'t str,
    pub(super) version: &'t str,
    pub(super) source: Option<&'t str>,
    pub(super) provenance: Provenance,
    /// `name`, `name version` or `name version (source)`.
    pub(super) dependencies: Vec<&'t str>,
    pub(super) range: Range<usize>,
}

/// Reads all packages, and adds each to the list.
pub(super) fn entries<'t>(root: &'t Node<'_>, list: &mut PackageList<'_>) -> Vec<Entry<'t>> {
    // Version 1 had the package of the manifest in a table of its own.
    let old_root = root.get("root").filter(|node| node.is_map());
    let packages = root.get("package").map_or(&[][..], Node::items);
    list.expect(packages.len());
    old_root.into_iter().chain(packages).filter_map(|node| entry(node, list)).collect()
}

fn entry<'t>(node: &'t Node<'_>, list: &mut PackageList<'_>) -> Option<Entry<'t>> {
    let (name, version, range) = list.name_and_version(node)?;
    if let Err(error) = version.parse::<Version>() {
        let message = format!("version `{}` of `{}` is none that cargo knows: {error}", quote(version), quote(name));
        list.warning(ProblemKind::Version, range.start, message);
    }
    let source = node.text_of("source");
    let provenance = source::provenance(source).unwrap_or_else(|fault| {
        let message = format!("source `{}` of `{}` {fault}", quote(source.unwrap_or_default()), quote(name));
        list.warning(ProblemKind::Shape, range.start, message);
        Provenance::OtherRegistry(source.unwrap_or_default().to_owned())
    });
    let at = list.add(NAMING, name, Some(version), range.clone())?;
    list.set_provenance(at, provenance.clone());
    list.packages[at].checksums = node.text_of("checksum").map(checksum::read).unwrap_or_default();
    let dependencies = node.get("dependencies").map_or(&[][..], Node::items).iter().filter_map(Node::text).collect();
    Some(Entry { name, version, source, provenance, dependencies, range })
}

/// Nobody has so many versions of one package; looking through more for every dependency would take too long.
const MAX_CANDIDATES: usize = 64;

/// Place, version and source of a package.
type Candidate<'t> = (usize, &'t str, Option<&'t str>);

/// Finds packages as dependencies name them.
pub(super) struct Resolver<'t> {
    by_name: HashMap<&'t str, Vec<Candidate<'t>>>,
}

impl<'t> Resolver<'t> {
    pub(super) fn new(entries: &[Entry<'t>]) -> Resolver<'t> {
        let mut by_name: HashMap<&str, Vec<_>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let candidates: &mut Vec<Candidate<'_>> = by_name.entry(entry.name).or_default();
            if candidates.len() < MAX_CANDIDATES {
                candidates.push((at, entry.version, entry.source));
            }
        }
        Resolver { by_name }
    }

    /// The place of what `name`, `name version` or `name version (source)` means.
    pub(super) fn find(&self, dependency: &str) -> Option<usize> {
        let mut words = dependency.split_ascii_whitespace();
        let candidates = self.by_name.get(words.next()?)?;
        let version = words.next();
        let source = words.next().map(|word| word.trim_start_matches('(').trim_end_matches(')'));
        let fits = |candidate: &&Candidate<'_>| version.is_none_or(|version| version == candidate.1);
        let mut fitting = candidates.iter().filter(fits);
        let found = match source {
            // The commit behind `#` is left out of dependencies.
            Some(source) => fitting.clone().find(|candidate| {
                let full = candidate.2.unwrap_or_default();
                full == source || full.split('#').next() == source.split('#').next()
            }),
            None => None,
        };
        found.or_else(|| fitting.next()).map(|candidate| candidate.0)
    }
}
