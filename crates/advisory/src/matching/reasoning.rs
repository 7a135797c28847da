//! Why a record does or does not affect a package, step by step.

use std::cmp::Ordering;

use model::{Ecosystem, Package, Score, Severity};
use serde::Serialize;
use serde_json::{Value, json};
use version::Version;

use super::decide::{Decision, Why};
use super::evidence::bounds;
use super::hit::Question;
use crate::range::{Lower, Upper, Window};
use crate::rating;
use crate::snapshot::affected::{AffectedView, RawRange};
use crate::snapshot::record::RecordView;
use crate::snapshot::{Snapshot, SnapshotError};

/// What one record says of one package, and what follows for its version.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reasoning {
    /// The record.
    pub id: String,
    /// The source it came from.
    pub source: String,
    /// Other names of the same matter, by which records are merged to one finding.
    pub aliases: Vec<String>,
    /// The ecosystem the record names, with its release.
    pub ecosystem: String,
    /// The name the package was looked up by: normalised, and that of the source where advisories speak of sources.
    pub name: String,
    /// Why it was looked up by that name.
    pub name_from: String,
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
    /// Every range, and how the version compares with its bounds.
    pub ranges: Vec<RangeReasoning>,
    /// The severity of this record for this package.
    pub severity: Severity,
    /// The score behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// Where the severity is from: `CVSS:3.1`, `score/3`, `word`; empty where nobody has said.
    pub severity_from: &'static str,
}

/// One range of a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RangeReasoning {
    /// The range in the words of the OSV schema; of a range that cannot be ordered its events.
    pub range: Value,
    /// Whether the version lies in it; null where that cannot be told.
    pub holds: Option<bool>,
    /// The comparisons made, in their order: the first that does not hold ends them.
    pub steps: Vec<Step>,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What the bound is: `introduced`, `after`, `fixed`, `limit` or `last_affected`.
    pub bound: &'static str,
    /// The version of the package.
    pub version: String,
    /// `<`, `=` or `>`: how it stands to the other.
    pub relation: &'static str,
    /// The version of the bound.
    pub other: String,
    /// Whether the version is on the affected side.
    pub holds: bool,
}

impl Snapshot {
    /// What the records named `id` say of a package; empty where they do not speak of it.
    pub fn why(&self, package: &Package, id: &str) -> Result<Vec<Reasoning>, SnapshotError> {
        let Some(ecosystem) = Ecosystem::of(package.purl()) else { return Ok(Vec::new()) };
        let (name, version) = ecosystem.advisory_subject(package);
        let question = Question::of_package(ecosystem, name, version, package);
        let asked = Asked { name_from: name_from(package, name, &question), question };
        let named = self.records_named(id)?;
        let mut reasonings = Vec::new();
        for stored in self.find(&asked.question.ecosystem, &asked.question.name) {
            let stored = stored?;
            for posting in stored.postings() {
                let posting = posting?;
                if !named.contains(&posting.record) {
                    continue;
                }
                let affected = self.affected_at(posting.affected)?;
                let (answer, reason) = words(&asked.question.judge.decide(&affected)?);
                let mut reasoning = asked.reasoning(self, self.record_at(posting.record)?, (answer, reason));
                stored.ecosystem().clone_into(&mut reasoning.ecosystem);
                reasoning.ordering = asked.question.judge.version().ok().map(|version| version.scheme().name());
                reasoning.ranges = asked.ranges(&affected);
                if !affected.ratings.is_empty() {
                    rate(&mut reasoning, &affected.ratings);
                }
                reasonings.push(reasoning);
            }
        }
        if reasonings.is_empty() {
            reasonings.extend(self.withdrawn(&asked, &named)?);
        }
        Ok(reasonings)
    }

    /// A withdrawn record speaks of nothing any more, which is an answer too.
    fn withdrawn(&self, asked: &Asked<'_>, named: &[u32]) -> Result<Vec<Reasoning>, SnapshotError> {
        let mut reasonings = Vec::new();
        for offset in named {
            let record = self.record_at(*offset)?;
            if record.withdrawn {
                let said = ("withdrawn", "the source has taken the record back".to_owned());
                reasonings.push(asked.reasoning(self, record, said));
            }
        }
        Ok(reasonings)
    }
}

/// The package as it was looked up.
struct Asked<'a> {
    question: Question<'a>,
    name_from: String,
}

impl Asked<'_> {
    fn reasoning(&self, snapshot: &Snapshot, record: RecordView, said: (&'static str, String)) -> Reasoning {
        let mut reasoning = Reasoning {
            source: snapshot.source_name(record.source).to_owned(),
            aliases: record.aliases.into_iter().chain(record.upstream).collect(),
            id: record.id,
            ecosystem: self.question.ecosystem.to_string(),
            name: self.question.name.to_string(),
            name_from: self.name_from.clone(),
            version: self.question.version.map(str::to_owned),
            ordering: None,
            answer: said.0,
            reason: said.1,
            ranges: Vec::new(),
            severity: Severity::Unknown,
            score: None,
            severity_from: "",
        };
        rate(&mut reasoning, &record.ratings);
        reasoning
    }

    fn ranges(&self, affected: &AffectedView<'_>) -> Vec<RangeReasoning> {
        let windows = affected.windows.iter().map(|window| self.window(window));
        windows.chain(affected.raw.iter().map(unordered)).collect()
    }

    fn window(&self, window: &Window) -> RangeReasoning {
        let range = bounds(window);
        if window.is_everything() {
            return RangeReasoning { range, holds: Some(true), steps: Vec::new() };
        }
        let Ok(version) = self.question.judge.version() else {
            return RangeReasoning { range, holds: None, steps: Vec::new() };
        };
        let text = self.question.version.unwrap_or_default();
        let mut steps: Vec<Step> = Vec::new();
        for (bound, other) in bounds_of(window) {
            match step((text, version), bound, other) {
                Some(step) => steps.push(step),
                None => return RangeReasoning { range, holds: None, steps },
            }
            if steps.last().is_some_and(|step| !step.holds) {
                break;
            }
        }
        RangeReasoning { range, holds: Some(steps.iter().all(|step| step.holds)), steps }
    }
}

fn rate(reasoning: &mut Reasoning, ratings: &[String]) {
    let rated = rating::rate(ratings.iter().map(String::as_str));
    (reasoning.severity, reasoning.score, reasoning.severity_from) = (rated.severity, rated.score, rated.origin);
}

fn name_from(package: &Package, name: &str, question: &Question<'_>) -> String {
    let family = question.ecosystem.family.osv_name();
    if name != package.name {
        format!("advisories of {family} speak of source packages, and this is the source of {}", package.name)
    } else if question.name != name {
        format!("the spelling under which {family} takes {name} for the same name")
    } else {
        "the package's own name".to_owned()
    }
}

/// The bounds of a window that are compared, the lower one first.
fn bounds_of(window: &Window) -> impl Iterator<Item = (&'static str, &str)> {
    let lower = match &window.lower {
        Lower::Start => None,
        Lower::From(text) => Some(("introduced", text.as_str())),
        Lower::After(text) => Some(("after", text.as_str())),
    };
    let upper = match &window.upper {
        Upper::Never => None,
        Upper::Fixed(text) => Some(("fixed", text.as_str())),
        Upper::Limit(text) => Some(("limit", text.as_str())),
        Upper::Last(text) => Some(("last_affected", text.as_str())),
    };
    lower.into_iter().chain(upper)
}

/// `None` where the bound cannot be read.
fn step((text, version): (&str, &Version), bound: &'static str, other: &str) -> Option<Step> {
    let order = version.compare(&Version::parse(version.scheme(), other).ok()?)?;
    let holds = match bound {
        "introduced" => order != Ordering::Less,
        "after" => order == Ordering::Greater,
        "last_affected" => order != Ordering::Greater,
        _ => order == Ordering::Less,
    };
    let relation = match order {
        Ordering::Less => "<",
        Ordering::Equal => "=",
        Ordering::Greater => ">",
    };
    Some(Step { bound, version: text.to_owned(), relation, other: other.to_owned(), holds })
}

fn unordered(range: &RawRange) -> RangeReasoning {
    let events: Vec<Value> = range.events.iter().map(crate::explain::event).collect();
    RangeReasoning { range: json!({"events": events}), holds: None, steps: Vec::new() }
}

fn words(decision: &Decision) -> (&'static str, String) {
    match decision {
        Decision::Affected(Why::Listed(version)) => ("affected", format!("the record lists the version {version}")),
        Decision::Affected(Why::Window(_)) => ("affected", "the version lies in a range of the record".to_owned()),
        Decision::NotAffected => ("not-affected", "no range holds the version and no list has it".to_owned()),
        Decision::OtherModule(module) => (
            "not-affected",
            format!("the record speaks of builds of the module {module}, and the package is of another"),
        ),
        Decision::Undecided(reason) => ("undecided", reason.clone()),
    }
}
