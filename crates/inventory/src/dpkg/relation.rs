//! Which installed packages satisfy `Depends` and `Pre-Depends`.

use std::collections::{BTreeSet, HashMap};

use super::entry::Entry;

/// For each entry the names of the installed packages it depends on, in the order it names them.
pub(super) fn resolve(entries: &[Entry<'_>]) -> Vec<Vec<String>> {
    let installed = installed(entries);
    entries.iter().map(|entry| dependencies(entry, &installed)).collect()
}

/// From each name that can be asked for to the package that answers: itself before one that provides it.
fn installed<'a>(entries: &[Entry<'a>]) -> HashMap<&'a [u8], &'a str> {
    let mut names: HashMap<&[u8], &str> = entries.iter().map(|entry| (entry.name.as_bytes(), entry.name)).collect();
    for entry in entries {
        for provided in entry.provides.into_iter().flat_map(groups) {
            names.entry(bare(provided)).or_insert(entry.name);
        }
    }
    names
}

fn dependencies(entry: &Entry<'_>, installed: &HashMap<&[u8], &str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let wanted = entry.depends.into_iter().flatten().flat_map(groups);
    let found = wanted.filter_map(|group| alternatives(group).find_map(|name| installed.get(name)));
    found.filter(|name| **name != entry.name && seen.insert(**name)).map(|name| (*name).to_owned()).collect()
}

fn groups(field: &[u8]) -> impl Iterator<Item = &[u8]> {
    field.split(|byte| *byte == b',')
}

fn alternatives(group: &[u8]) -> impl Iterator<Item = &[u8]> {
    group.split(|byte| *byte == b'|').map(bare)
}

/// `libc6` of ` libc6:any (>= 2.14) `.
fn bare(relation: &[u8]) -> &[u8] {
    let relation = relation.trim_ascii();
    let end = relation.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'(' | b':' | b'['));
    &relation[..end.unwrap_or(relation.len())]
}
