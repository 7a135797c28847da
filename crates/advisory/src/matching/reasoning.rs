//! Why a record does or does not affect a package, step by step.

use model::{Ecosystem, Package};
use serde::Serialize;
use serde_json::Value;

use super::decide::{Decision, Why};
use super::evidence::bounds;
use super::hit::Question;
use crate::range::Window;
use crate::snapshot::{Snapshot, SnapshotError};

/// What one record says of one package, and what follows for its version.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reasoning {
    /// The record.
    pub id: String,
    /// The ecosystem the record names, with its release.
    pub ecosystem: String,
    /// The name the package was looked up by: normalised, and that of the source where advisories speak of sources.
    pub name: String,
    /// The version that was compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The ordering it was compared by; absent where the version cannot be ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordering: Option<&'static str>,
    /// `affected`, `not-affected`, `undecided` or `withdrawn`.
    pub answer: &'static str,
    /// What decided it, in one sentence.
    pub reason: String,
    /// Every range, in the words of the OSV schema, and whether the version lies in it; null where that cannot be told.
    pub ranges: Vec<(Value, Option<bool>)>,
}

impl Snapshot {
    /// What the records named `id` say of a package; empty where they do not speak of it.
    pub fn why(&self, package: &Package, id: &str) -> Result<Vec<Reasoning>, SnapshotError> {
        let Some(ecosystem) = Ecosystem::of(package.purl()) else { return Ok(Vec::new()) };
        let (name, version) = ecosystem.advisory_subject(package);
        let question = Question::new(ecosystem, &name, version.as_deref());
        let named = self.records_named(id)?;
        let mut reasonings = Vec::new();
        for number in self.ecosystems_of(&question.ecosystem) {
            let Some(entry) = self.entry(number, &question.name)? else { continue };
            for posting in entry.postings()?.into_iter().filter(|posting| named.contains(&posting.record)) {
                let record = self.record_at(posting.record)?;
                let affected = self.affected_at(posting.affected)?;
                let (answer, reason) = words(&question.judge.decide(&affected)?);
                reasonings.push(Reasoning {
                    id: record.id,
                    ecosystem: self.ecosystem_name(number).to_owned(),
                    name: question.name.clone(),
                    version: question.version.map(str::to_owned),
                    ordering: question.judge.version().ok().map(|version| version.scheme().name()),
                    answer,
                    reason,
                    ranges: affected
                        .windows
                        .iter()
                        .map(|window| (bounds(window), lies_in(&question, window)))
                        .collect(),
                });
            }
        }
        if reasonings.is_empty() {
            reasonings.extend(self.withdrawn(&question, &named)?);
        }
        Ok(reasonings)
    }

    /// A withdrawn record speaks of nothing any more, which is an answer too.
    fn withdrawn(&self, question: &Question<'_>, named: &[u32]) -> Result<Vec<Reasoning>, SnapshotError> {
        let mut reasonings = Vec::new();
        for offset in named {
            let record = self.record_at(*offset)?;
            if record.withdrawn {
                reasonings.push(Reasoning {
                    id: record.id,
                    ecosystem: question.ecosystem.to_string(),
                    name: question.name.clone(),
                    version: question.version.map(str::to_owned),
                    ordering: None,
                    answer: "withdrawn",
                    reason: "the source has taken the record back".to_owned(),
                    ranges: Vec::new(),
                });
            }
        }
        Ok(reasonings)
    }
}

fn lies_in(question: &Question<'_>, window: &Window) -> Option<bool> {
    if window.is_everything() {
        return Some(true);
    }
    question.judge.version().ok().and_then(|version| window.contains(version).ok())
}

fn words(decision: &Decision) -> (&'static str, String) {
    match decision {
        Decision::Affected(Why::Listed(version)) => ("affected", format!("the record lists the version {version}")),
        Decision::Affected(Why::Window(_)) => ("affected", "the version lies in a range of the record".to_owned()),
        Decision::NotAffected => ("not-affected", "no range holds the version and no list has it".to_owned()),
        Decision::Undecided(reason) => ("undecided", reason.clone()),
    }
}
