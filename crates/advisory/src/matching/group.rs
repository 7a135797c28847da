//! Records that name each other are one matter.
//!
//! Two hits belong together when they share a name: an id, an alias, or the one CVE a distribution's record was derived from.
//! A record that was derived from several CVEs keeps its own name: it is more than any one of them.

use std::collections::{BTreeMap, BTreeSet};

use super::contrary::Contrary;
use super::hit::Hit;
use crate::snapshot::record::RecordView;

/// Hits that belong together.
#[derive(Default)]
pub(super) struct Group<'a> {
    /// Sorted by id.
    pub(super) hits: Vec<&'a Hit>,
    /// Records of the same matter that do not affect the version, sorted by id.
    pub(super) contrary: Vec<&'a Contrary>,
}

/// Groups, in the order of the first record of each. What says otherwise joins those it shares a name with, and joins no two.
pub(super) fn of<'a>(hits: &'a [Hit], contrary: &'a [Contrary]) -> Vec<Group<'a>> {
    let mut parents: Vec<usize> = (0..hits.len()).collect();
    let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, hit) in hits.iter().enumerate() {
        for name in names(&hit.record) {
            let holder = *holders.entry(name).or_insert(at);
            let (left, right) = (root(&parents, holder), root(&parents, at));
            parents[left.max(right)] = left.min(right);
        }
    }
    let mut groups: BTreeMap<usize, Group<'a>> = BTreeMap::new();
    for (at, hit) in hits.iter().enumerate() {
        groups.entry(root(&parents, at)).or_default().hits.push(hit);
    }
    for other in contrary {
        let roots = names(&other.record).filter_map(|name| holders.get(name)).map(|holder| root(&parents, *holder));
        for root in roots.collect::<BTreeSet<usize>>() {
            groups.entry(root).or_default().contrary.push(other);
        }
    }
    groups.into_values().collect()
}

fn root(parents: &[usize], mut at: usize) -> usize {
    while parents[at] != at {
        at = parents[at];
    }
    at
}

/// Every name of a record's matter.
fn names(record: &RecordView) -> impl Iterator<Item = &str> {
    let upstream = match record.upstream.as_slice() {
        [one] => Some(one.as_str()),
        _ => None,
    };
    std::iter::once(record.id.as_str()).chain(record.aliases.iter().map(String::as_str)).chain(upstream)
}

impl<'a> Group<'a> {
    /// Ids of its records, the one that names the matter first.
    pub(super) fn ids(&self) -> Vec<String> {
        let mut ids: Vec<&str> = self.hits.iter().map(|hit| hit.record.id.as_str()).collect();
        ids.sort_by_key(|id| (rank(id), *id));
        ids.dedup();
        ids.into_iter().map(str::to_owned).collect()
    }

    /// The name of the matter, and all others, sorted. A CVE id is first; of equal rank the lowest.
    pub(super) fn names(&self) -> (&'a str, Vec<String>) {
        let own: BTreeSet<&str> = self.hits.iter().map(|hit| hit.record.id.as_str()).collect();
        let all: BTreeSet<&'a str> = self.hits.iter().flat_map(|hit| names(&hit.record)).collect();
        // Among names of one rank, one that a record here has comes before one that is only an alias.
        let first = all.iter().min_by_key(|name| (rank(name), !own.contains(*name), **name));
        let first = *first.expect("a group has a record, and a record has an id");
        let others = all.iter().filter(|name| **name != first).map(|name| (*name).to_owned()).collect();
        (first, others)
    }
}

/// A malicious package is known by its own name; then CVE, GHSA, any database's own, and last what conversions made up.
fn rank(name: &str) -> u8 {
    const PREFIXES: [(&str, u8); 4] = [("MAL-", 0), ("CVE-", 1), ("GHSA-", 2), ("x_", 4)];
    PREFIXES.iter().find(|(prefix, _)| name.starts_with(prefix)).map_or(3, |(_, rank)| *rank)
}
