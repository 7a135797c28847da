//! What an OSV record says of packages: several entries of one package are united.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use model::Ecosystem;
use serde_json::Value;

use super::Parsed;
use super::facts;
use super::wire::{Wire, WireAffected, WireEvent, WireRange};
use crate::record::{Affected, Event, EventKind, Record, Subject};

/// Texts longer than this are no version, name or id of anything.
const LONGEST_TEXT: usize = 1024;

/// Copies every entry of a package in an ecosystem we know.
pub(super) fn take(wire: &Wire, parsed: &mut Parsed) {
    for entry in wire.affected.as_deref().unwrap_or_default() {
        take_entry(entry, wire.summary.as_deref(), parsed);
    }
    // Records of commits alone are common, and nothing is wrong with them.
    let mut ranges = wire.affected.iter().flatten().flat_map(|entry| entry.ranges.iter().flatten());
    let has_commits = ranges.any(|range| range.kind == "GIT");
    if parsed.record.affected.is_empty() && parsed.unknown_ecosystems.is_empty() && !has_commits {
        parsed.warnings.push("the record names no package".to_owned());
    }
}

fn take_entry(entry: &WireAffected, summary: Option<&str>, parsed: &mut Parsed) {
    let Some(package) = &entry.package else { return };
    let Some(ecosystem) = Ecosystem::from_osv(&package.ecosystem) else {
        parsed.unknown_ecosystems.push(package.ecosystem.chars().take(LONGEST_TEXT).collect());
        return;
    };
    if package.name.is_empty() || package.name.len() > LONGEST_TEXT {
        parsed.warnings.push("an entry has an empty or absurdly long package name and is left out".to_owned());
        return;
    }
    let name = ecosystem.family.normalise_name(&package.name).into_owned();
    let affected = Affected {
        ranges: ranges(entry, &package.name, &mut parsed.warnings),
        versions: versions(entry),
        exclusive: exclusive(entry),
        ratings: ratings(entry, &mut parsed.warnings),
        has_commits: entry.ranges.iter().flatten().any(|range| range.kind == "GIT"),
        module: summary.filter(|_| is_modular(entry)).and_then(stream),
    };
    note_informational(entry, &mut parsed.record);
    let subject = Subject { ecosystem: ecosystem.to_string(), name };
    match parsed.record.affected.entry(subject) {
        Entry::Vacant(place) => {
            place.insert(affected);
        }
        Entry::Occupied(known) => known.into_mut().unite(affected),
    }
}

/// Whether it speaks of builds of a module of rpm: those have it in their release.
fn is_modular(entry: &WireAffected) -> bool {
    let events = entry.ranges.iter().flatten().flat_map(|range| range.events.iter().flatten());
    events.filter_map(|event| event.fixed.as_deref()).any(|version| version.contains(".module"))
}

/// `nodejs:18` of `Important: nodejs:18 security update`: the one place where distributions' records say the stream.
fn stream(summary: &str) -> Option<String> {
    let is_part = |part: &str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte);
        !part.is_empty() && part.bytes().all(fits)
    };
    let says = |word: &&str| word.split_once(':').is_some_and(|(name, stream)| is_part(name) && is_part(stream));
    summary.split_whitespace().find(says).map(str::to_owned)
}

fn ranges(entry: &WireAffected, name: &str, warnings: &mut Vec<String>) -> BTreeSet<Vec<Event>> {
    let mut ranges = BTreeSet::new();
    for range in entry.ranges.iter().flatten().filter(|range| range.kind != "GIT") {
        let events = events(range);
        if events.iter().any(|event| event.kind == EventKind::Introduced) {
            ranges.insert(events);
        } else {
            warnings.push(format!("a range of {name} has no `introduced` and so holds no version"));
        }
    }
    ranges
}

fn events(range: &WireRange) -> Vec<Event> {
    let mut events: Vec<Event> = range.events.iter().flatten().flat_map(kinds).collect();
    events.sort();
    events.dedup();
    events
}

fn kinds(event: &WireEvent) -> impl Iterator<Item = Event> {
    let pairs = [
        (EventKind::Introduced, &event.introduced),
        (EventKind::Fixed, &event.fixed),
        (EventKind::LastAffected, &event.last_affected),
        (EventKind::Limit, &event.limit),
    ];
    // `limit: "*"` is the schema's way of writing "no limit".
    let meant = |kind: EventKind, version: &str| !(kind == EventKind::Limit && version == "*");
    pairs.into_iter().filter_map(move |(kind, version)| {
        let version = version.as_ref()?;
        meant(kind, version).then(|| Event { version: version.clone(), kind })
    })
}

fn versions(entry: &WireAffected) -> BTreeSet<String> {
    entry.versions.iter().flatten().filter(|version| !version.is_empty()).cloned().collect()
}

fn exclusive(entry: &WireAffected) -> BTreeSet<String> {
    let list = entry.database_specific.as_ref().and_then(|specific| specific.get("exclusive_introduced")?.as_array());
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn ratings(entry: &WireAffected, warnings: &mut Vec<String>) -> BTreeSet<String> {
    let mut ratings = facts::ratings(entry.severity.as_deref(), warnings);
    ratings.extend(facts::specific_ratings(entry.ecosystem_specific.as_ref()));
    ratings.extend(facts::specific_ratings(entry.database_specific.as_ref()));
    ratings
}

/// RustSec says it of the package, for a record of several packages it holds for all.
fn note_informational(entry: &WireAffected, record: &mut Record) {
    let kind = entry.database_specific.as_ref().and_then(facts::informational);
    record.informational = record.informational.or(kind);
}
