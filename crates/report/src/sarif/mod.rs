//! SARIF 2.1.0, for code scanning services and editors.
//!
//! Services take a file whole or refuse it whole, so what one of them refuses is never written: a result without a
//! location, a number where a text is asked, a reference that looks like a scheme, more results than they take.

mod location;
mod message;
mod model;
mod notifications;
mod results;
mod rules;
mod severity;
#[cfg(test)]
mod tests;
mod uri;

use std::collections::BTreeMap;
use std::io;

use ::model::{Finding, Outcome, Report, Status, Target};
use serde_json::json;

use self::model::{AutomationDetails, BaseLocation, Driver, Invocation, Log, Properties, Run, Text, Tool};
use self::results::ResultWriter;
use crate::{Options, foreign};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// Services refuse a run with more results.
const MOST_RESULTS: usize = 25_000;
/// The longest name of a target in the category.
const MOST_SLUG: usize = 80;

/// Writes one run, also when there is nothing to report: an older alert closes only when a newer file is without it.
pub(crate) fn write(report: &Report, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: vec![run(report, options, MOST_RESULTS)] };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

fn run(report: &Report, options: &Options, most: usize) -> Run {
    let mut remarks = Vec::new();
    let chosen = choose(report, options, most, &mut remarks);
    let findings: Vec<&Finding> = chosen.iter().map(|(_, finding)| *finding).collect();
    let (rules, places) = rules::of(report, &findings);
    let mut writer = ResultWriter::default();
    let results = chosen.iter().map(|(target, finding)| writer.result(target, finding, &places)).collect();
    let is_undecided = |finding: &Finding| finding.status == Status::Unknown;
    let (notifications, kinds) = notifications::of(&report.targets, is_undecided, remarks);
    Run {
        tool: Tool { driver: driver(report, rules, kinds) },
        automation_details: AutomationDetails { id: category(report, options) },
        invocations: vec![Invocation {
            execution_successful: !is_unusable(report),
            exit_code: report.verdict.exit_code.into(),
            exit_code_description: report.verdict.outcome.name().to_owned(),
            end_time_utc: report.evaluated_at.to_string(),
            tool_execution_notifications: notifications,
        }],
        original_uri_base_ids: BTreeMap::from([(location::BASE, base())]),
        // Columns of the model are Unicode scalar values. Saying so is exact for every line; turning them into UTF-16
        // units would need the text of each line, which is not always kept.
        column_kind: "unicodeCodePoints",
        results,
        properties: properties(report, options),
    }
}

/// The findings that are written, in the order of the report; the worst, when there are too many.
fn choose<'a>(
    report: &'a Report,
    options: &Options,
    most: usize,
    remarks: &mut Vec<String>,
) -> Vec<(&'a Target, &'a Finding)> {
    let is_written = |finding: &Finding| match finding.status {
        Status::Open => true,
        // Services show a suppressed result as an open alert, so it is written only on request.
        Status::Suppressed => options.include_suppressed,
        Status::Unknown => false,
    };
    let all = report.targets.iter().flat_map(|target| target.findings.iter().map(move |finding| (target, finding)));
    let mut chosen: Vec<(usize, (&Target, &Finding))> = all.filter(|(_, finding)| is_written(finding)).enumerate().collect();
    if chosen.len() > most {
        let left_out = chosen.len() - most;
        remarks.push(format!("{left_out} of {} results are left out: services take {most}, these are the worst", chosen.len()));
        chosen.sort_by_key(|(_, (_, finding))| std::cmp::Reverse((finding.gate, finding.severity, finding.score)));
        chosen.truncate(most);
        chosen.sort_by_key(|(at, _)| *at);
    }
    chosen.into_iter().map(|(_, pair)| pair).collect()
}

fn driver(report: &Report, rules: Vec<model::Descriptor>, notifications: Vec<model::Descriptor>) -> Driver {
    let mut properties = Properties::new();
    if let Some(data) = &report.data.advisories {
        properties.insert("advisoryDigest", json!(data.digest.to_string()));
        properties.insert("advisoryDate", json!(data.built_at.to_string()));
        properties.insert("advisoryAgeDays", json!(data.age_days));
        properties.insert("advisoryEmbedded", json!(data.embedded));
        let sources: Vec<&str> = data.sources.iter().map(|source| source.name.as_str()).collect();
        properties.insert("advisorySources", json!(sources));
    }
    if let Some(data) = &report.data.policies {
        properties.insert("policyDigest", json!(data.digest.to_string()));
    }
    let version = report.tool.version.trim_start_matches('v').to_owned();
    Driver {
        name: report.tool.name.clone(),
        full_name: format!("{} {version}", report.tool.name),
        semantic_version: version.clone(),
        version,
        short_description: Text { text: "The gate at the end of a delivery pipeline.".to_owned(), markdown: None },
        rules,
        notifications,
        properties,
    }
}

/// What the category of an upload is made of; a service closes alerts only within one category. Without tags and
/// digests it stays the same when an image is built anew. The last slash leaves the run's own part empty.
fn category(report: &Report, options: &Options) -> String {
    if let Some(category) = &options.category {
        return format!("{}/", foreign::line(category).trim_end_matches('/'));
    }
    let slug = |target: &Target| {
        let name = uri::stable_name(target);
        let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
        let plain: String = plain.trim_matches(['-', '.']).chars().take(MOST_SLUG).collect();
        if plain.is_empty() { target.kind.name().to_owned() } else { plain }
    };
    let mut slugs: Vec<String> = report.targets.iter().take(3).map(slug).collect();
    if report.targets.len() > slugs.len() {
        slugs.push(format!("and-{}-more", report.targets.len() - slugs.len()));
    }
    format!("portcullis/scan/{}/", if slugs.is_empty() { "nothing".to_owned() } else { slugs.join("+") })
}

/// Nothing was seen although something should have been: an upload would close every alert.
fn is_unusable(report: &Report) -> bool {
    let saw_nothing =
        report.targets.iter().all(|target| target.packages.is_empty() && target.findings.is_empty() && target.coverage.documents == 0);
    saw_nothing && matches!(report.verdict.outcome, Outcome::Incomplete | Outcome::Stale)
}

fn base() -> BaseLocation {
    let text = "The root of the repository, which this program does not know; a service resolves against its own.";
    BaseLocation { uri: "file:///", description: Text { text: text.to_owned(), markdown: None } }
}

fn properties(report: &Report, options: &Options) -> Properties {
    let number = |status: Status| {
        report.targets.iter().flat_map(|target| &target.findings).filter(|finding| finding.status == status).count()
    };
    Properties::from([
        ("outcome", json!(report.verdict.outcome.name())),
        ("reasons", json!(report.verdict.reasons)),
        ("suppressed", json!(number(Status::Suppressed))),
        ("suppressedIncluded", json!(options.include_suppressed)),
        ("undecided", json!(number(Status::Unknown))),
    ])
}
