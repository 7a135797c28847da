//! Records on their way into a snapshot, with what repeats in them kept once.

use std::collections::BTreeMap;

use indexmap::IndexSet;
use model::Ecosystem;
use version::{Scheme, Version};

use crate::lifetime::Product;
use crate::range::{self, Window};
use crate::record::{Affected, Record, Subject};
use crate::snapshot::affected::{self, AffectedParts, RawRange};
use crate::threat::Threats;

/// A record without its packages, and where those are.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Draft {
    pub(super) record: Record,
    /// Numbers of a subject and of a body of affected versions.
    pub(super) packages: Vec<(u32, u32)>,
    /// It, or what it says of any package, has a rating.
    pub(super) is_rated: bool,
}

/// A record taken apart: its ranges swept, its packages written. The costly part of a build, and it depends on the record alone.
pub(super) struct Prepared {
    record: Record,
    packages: Vec<(Subject, Vec<u8>)>,
    is_rated: bool,
}

/// All records of a build.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) drafts: Vec<Draft>,
    /// Numbered in the order of their coming.
    pub(super) subjects: Numbered<Subject>,
    pub(super) bodies: Numbered<Box<[u8]>>,
    /// What is known of attacks.
    pub(super) threats: Threats,
    /// Lifetimes by product.
    pub(super) products: BTreeMap<String, Product>,
}

/// Values that are kept once, each with a number.
pub(super) type Numbered<T> = IndexSet<T, foldhash::fast::RandomState>;

impl Prepared {
    /// Takes a record apart.
    pub(super) fn of(mut record: Record) -> Prepared {
        let packages = std::mem::take(&mut record.affected);
        let is_rated = !record.ratings.is_empty() || packages.values().any(|affected| !affected.ratings.is_empty());
        let write = |(subject, affected): (Subject, Affected)| {
            let body = body(&subject, &affected);
            (subject, body)
        };
        Prepared { record, packages: packages.into_iter().map(write).collect(), is_rated }
    }
}

impl Drafts {
    /// Takes a record of a source.
    pub(super) fn add(&mut self, prepared: Prepared, source: &str) {
        let Prepared { mut record, packages, is_rated } = prepared;
        source.clone_into(&mut record.source);
        let number = |(subject, body): (Subject, Vec<u8>)| {
            (self.subjects.insert_full(subject).0 as u32, self.bodies.insert_full(body.into()).0 as u32)
        };
        let packages = packages.into_iter().map(number).collect();
        self.drafts.push(Draft { record, packages, is_rated });
    }
}

/// What the snapshot stores of a package's affected versions: ranges swept where they can be, and of the listed versions
/// those that no window holds.
fn body(subject: &Subject, affected: &Affected) -> Vec<u8> {
    let scheme = Ecosystem::from_osv(&subject.ecosystem).and_then(|ecosystem| ecosystem.family.scheme());
    let mut windows: Vec<Window> = Vec::new();
    let mut raw: Vec<RawRange> = Vec::new();
    for events in &affected.ranges {
        match range::windows(scheme, events, |text| affected.exclusive.contains(text)) {
            Ok(swept) => windows.extend(swept),
            Err(_) => {
                let exclusive = affected.exclusive.iter().cloned().collect();
                raw.push(RawRange { events: events.clone(), exclusive });
            }
        }
    }
    windows.sort();
    windows.dedup();
    let versions: Vec<&str> = affected.versions.iter().map(String::as_str).collect();
    let versions: Vec<&str> = versions.into_iter().filter(|version| !is_held(scheme, &windows, version)).collect();
    let ratings: Vec<&str> = affected.ratings.iter().map(String::as_str).collect();
    affected::write(&AffectedParts {
        has_commits: affected.has_commits,
        says_something: !affected.ranges.is_empty() || !affected.versions.is_empty(),
        module: affected.module.as_deref(),
        windows: &windows,
        raw: &raw,
        versions: &versions,
        ratings: &ratings,
    })
}

fn is_held(scheme: Option<Scheme>, windows: &[Window], version: &str) -> bool {
    let Some(Ok(version)) = scheme.map(|scheme| Version::parse(scheme, version)) else { return false };
    windows.iter().any(|window| window.contains(&version) == Ok(true))
}
