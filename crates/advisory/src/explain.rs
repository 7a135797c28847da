//! What a snapshot knows of an advisory, for people who ask about it by name.

use std::collections::BTreeMap;

use jiff::Timestamp;
use model::{Score, Severity};
use serde::Serialize;
use serde_json::Value;

use crate::matching::bounds;
use crate::rating;
use crate::record::{Event, EventKind};
use crate::snapshot::record::RecordView;
use crate::snapshot::{Snapshot, SnapshotError};

/// One advisory as the snapshot has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdvisoryRecord {
    /// Its id.
    pub id: String,
    /// The source it came from.
    pub source: String,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Timestamp>,
    /// When it last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Timestamp>,
    /// Taken back by its source: it never matches.
    pub withdrawn: bool,
    /// `unmaintained`, `unsound` or `notice`, for advisories that are no vulnerability.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub informational: Option<&'static str>,
    /// Its source's title, where the snapshot was built with titles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Other names of the same thing.
    pub aliases: Vec<String>,
    /// What it was derived from.
    pub upstream: Vec<String>,
    /// What it mentions.
    pub related: Vec<String>,
    /// The severity that counts.
    pub severity: Severity,
    /// The score behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// Where the severity is from: `CVSS:3.1`, `word`; empty where nobody has said.
    pub severity_from: &'static str,
    /// All ratings, as the snapshot has them.
    pub ratings: Vec<String>,
    /// `CWE-79`.
    pub cwes: Vec<String>,
    /// Where to read more.
    pub links: Vec<String>,
    /// What it says of packages, sorted.
    pub packages: Vec<AffectedPackage>,
}

/// What an advisory says of one package.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AffectedPackage {
    /// OSV name of the ecosystem, with its release.
    pub ecosystem: String,
    /// Normalised name.
    pub name: String,
    /// Ranges, in the words of the OSV schema: `introduced`, `fixed`, `last_affected`, `limit`; `after` is strictly after.
    pub ranges: Vec<Value>,
    /// Ranges whose versions cannot be ordered: events as they were given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unordered: Vec<Vec<Value>>,
    /// Listed versions that no range holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
    /// It also gave ranges of commits, which are not kept.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub has_commits: bool,
}

impl Snapshot {
    /// The record of an id.
    pub fn record(&self, id: &str) -> Result<Option<AdvisoryRecord>, SnapshotError> {
        Ok(self.records(id)?.into_iter().find(|record| record.id == id))
    }

    /// Every record that has an id, lists it as an alias or was derived from it, in order of their ids.
    ///
    /// Packages are found by reading the whole list of packages: this is for a question of a person, not for a scan.
    pub fn records(&self, id: &str) -> Result<Vec<AdvisoryRecord>, SnapshotError> {
        let offsets = self.records_named(id)?;
        let mut packages: BTreeMap<u32, Vec<AffectedPackage>> = offsets.iter().map(|at| (*at, Vec::new())).collect();
        if offsets.is_empty() {
            return Ok(Vec::new());
        }
        self.packages().each(|entry| {
            for posting in entry.postings() {
                let posting = posting?;
                if let Some(list) = packages.get_mut(&posting.record) {
                    list.push(self.package(entry.ecosystem, entry.name()?, posting.affected)?);
                }
            }
            Ok(())
        })?;
        let described = packages.into_iter().map(|(offset, mut packages)| {
            packages.sort_by(|left, right| (&left.ecosystem, &left.name).cmp(&(&right.ecosystem, &right.name)));
            Ok(self.describe(self.record_at(offset)?, packages))
        });
        described.collect()
    }

    fn package(&self, ecosystem: u32, name: &str, affected: u32) -> Result<AffectedPackage, SnapshotError> {
        let affected = self.affected_at(affected)?;
        let mut versions = Vec::new();
        affected.versions.clone().sorted_texts(|version| {
            versions.push(version.to_owned());
            true
        })?;
        Ok(AffectedPackage {
            ecosystem: self.ecosystem_name(ecosystem).to_owned(),
            name: name.to_owned(),
            ranges: affected.windows.iter().map(bounds).collect(),
            unordered: affected.raw.iter().map(|range| range.events.iter().map(event).collect()).collect(),
            versions,
            has_commits: affected.has_commits,
        })
    }

    fn describe(&self, record: RecordView, packages: Vec<AffectedPackage>) -> AdvisoryRecord {
        let date = |second: Option<i64>| Timestamp::from_second(second?).ok();
        let rated = rating::rate(record.ratings.iter().map(String::as_str));
        AdvisoryRecord {
            source: self.source_name(record.source).to_owned(),
            published: date(record.published),
            modified: date(record.modified),
            withdrawn: record.withdrawn,
            informational: record.informational.map(crate::record::Informational::word),
            summary: record.summary,
            severity: rated.severity,
            score: rated.score,
            severity_from: rated.origin,
            cwes: record.cwes.iter().map(|number| format!("CWE-{number}")).collect(),
            id: record.id,
            aliases: record.aliases,
            upstream: record.upstream,
            related: record.related,
            ratings: record.ratings,
            links: record.links,
            packages,
        }
    }
}

/// An event in the words of the OSV schema.
pub(crate) fn event(event: &Event) -> Value {
    let kind = match event.kind {
        EventKind::Introduced => "introduced",
        EventKind::Fixed => "fixed",
        EventKind::LastAffected => "last_affected",
        EventKind::Limit => "limit",
    };
    serde_json::json!({ kind: event.version })
}
