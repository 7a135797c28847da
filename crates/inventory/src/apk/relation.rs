//! Which installed packages satisfy the `D:` line.

use std::collections::{BTreeSet, HashMap};

use model::ProblemKind;

use super::entry::Entry;
use crate::bounds::{Budget, MAX_DEPENDENCIES};
use crate::fault_log::FaultLog;

/// For each entry the names of the installed packages it depends on, in the order it names them.
pub(super) fn resolve(entries: &[Entry<'_>], faults: &mut FaultLog<'_>) -> Vec<Vec<String>> {
    let installed = installed(entries);
    let mut budget = Budget::new(MAX_DEPENDENCIES);
    let dependencies = entries.iter().map(|entry| dependencies(entry, &installed, &mut budget)).collect();
    if budget.is_spent() {
        let message = format!("more than {MAX_DEPENDENCIES} dependencies between packages: the others are not shown");
        faults.warning(ProblemKind::Limit, None, message);
    }
    dependencies
}

/// From each name that can be asked for (`musl`, `so:libc.musl-x86_64.so.1`) to the package that answers.
fn installed<'a>(entries: &[Entry<'a>]) -> HashMap<&'a str, &'a str> {
    let mut names: HashMap<&str, &str> = entries.iter().map(|entry| (entry.name, entry.name)).collect();
    for entry in entries {
        for provided in words(entry.provides) {
            names.entry(bare(provided)).or_insert(entry.name);
        }
    }
    names
}

fn dependencies(entry: &Entry<'_>, installed: &HashMap<&str, &str>, budget: &mut Budget) -> Vec<String> {
    let mut seen = BTreeSet::new();
    // `!name` is a conflict.
    let wanted = words(entry.depends).filter(|word| !word.starts_with('!'));
    let found = wanted.filter_map(|word| installed.get(bare(word)).copied());
    let found = found.filter(|name| *name != entry.name && seen.insert(*name));
    found.take_while(|_| budget.take()).map(str::to_owned).collect()
}

fn words(field: Option<&str>) -> impl Iterator<Item = &str> {
    field.unwrap_or_default().split_ascii_whitespace()
}

/// The name of `name>=1.2`, `name~1` or `name@tag`.
fn bare(word: &str) -> &str {
    word.split(['<', '>', '=', '~', '@']).next().unwrap_or(word)
}
