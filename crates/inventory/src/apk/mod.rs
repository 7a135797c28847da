//! Alpine packages that are installed: apk's database `installed`.

mod entry;
mod record;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

use model::{LineIndex, ProblemKind};

use self::entry::Entry;
use self::record::Records;
use crate::fault_log::FaultLog;
use crate::ownership::Ownership;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "apk";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[
        Claim::new(Pattern::Path("lib/apk/db/installed")),
        // Where it is once `/usr` is merged.
        Claim::new(Pattern::Path("usr/lib/apk/db/installed")),
    ],
    parse,
};

/// Reads all records; each broken one is a problem, the others stay.
fn parse(input: &Input<'_>) -> Parsed {
    let mut faults = FaultLog::new(input.origin);
    let mut ownership = Ownership::like(&input.origin.path);
    let mut records = Records::new(input.bytes);
    let mut entries: Vec<Entry<'_>> = Vec::new();
    while let Some(record) = records.next(&mut faults) {
        if let Some(entry) = Entry::read(&record, &mut faults) {
            record.files(|path| ownership.add(entries.len(), path));
            entries.push(entry);
        }
    }
    let lines = LineIndex::new(input.bytes);
    if !input.bytes.is_empty() && !input.bytes.ends_with(b"\n") {
        let message = "the package database does not end in a line break: it is cut short and packages may be missing";
        faults.error(ProblemKind::Truncated, Some(lines.lines()), message);
    }
    if ownership.is_cut() {
        let message = "too many files in the package database: who owns the others is not known";
        faults.warning(ProblemKind::Limit, None, message);
    }
    let installed = installed(&entries);
    let packages = entries.iter().map(|entry| {
        let mut package = entry.package();
        package.dependencies = dependencies(entry, &installed);
        package.locations = lines.line_span(entry.line).map(|span| input.origin.at(span)).into_iter().collect();
        package
    });
    Parsed {
        packages: packages.collect(),
        owned_files: ownership.into_files(),
        problems: faults.into_problems(),
        os: None,
    }
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

fn dependencies(entry: &Entry<'_>, installed: &HashMap<&str, &str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    // `!name` is a conflict.
    let wanted = words(entry.depends).filter(|word| !word.starts_with('!'));
    let found = wanted.filter_map(|word| installed.get(bare(word)).copied());
    found.filter(|name| *name != entry.name && seen.insert(*name)).map(str::to_owned).collect()
}

fn words(field: Option<&str>) -> impl Iterator<Item = &str> {
    field.unwrap_or_default().split_ascii_whitespace()
}

/// The name of `name>=1.2`, `name~1` or `name@tag`.
fn bare(word: &str) -> &str {
    word.split(['<', '>', '=', '~', '@']).next().unwrap_or(word)
}
