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
mod selection;
mod severity;
mod size;
mod taxonomy;
#[cfg(test)]
mod tests;
mod uri;

use std::collections::BTreeMap;
use std::io;

use ::model::{Chains, Finding, Outcome, Report, Status, Target};
use serde_json::json;

use self::model::{AutomationDetails, BaseLocation, Driver, Invocation, Log, Properties, Run, Text, Tool};
use self::results::ResultWriter;
use self::rules::Rules;
use crate::{Options, foreign, naming};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// Services refuse a run with more results.
const MOST_RESULTS: usize = 25_000;
/// Services refuse a file that takes more bytes when compressed.
const LARGEST: usize = 10_000_000;
/// The longest name of a target in the category.
const MOST_SLUG: usize = 80;

/// Writes one run, also when there is nothing to report: an older alert closes only when a newer file is without it.
pub(crate) fn write(report: &Report, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(&log(report, options, MOST_RESULTS, LARGEST)?)?;
    out.write_all(b"\n")
}

/// The file, with as many results as fit.
fn log(report: &Report, options: &Options, most: usize, largest: usize) -> io::Result<Vec<u8>> {
    let mut most = most;
    loop {
        let run = run(report, options, most);
        let results = run.results.len();
        let log = Log { schema: SCHEMA, version: "2.1.0", runs: vec![run] };
        let bytes = serde_json::to_vec_pretty(&log)?;
        if results == 0 || bytes.len() <= largest || size::compressed(&bytes)? <= largest {
            return Ok(bytes);
        }
        most = results / 2;
    }
}

fn run(report: &Report, options: &Options, most: usize) -> Run {
    let mut remarks = Vec::new();
    let chosen = selection::of(report, options, most, &mut remarks);
    let findings: Vec<&Finding> = chosen.iter().flat_map(|(_, findings)| findings).copied().collect();
    let rules = rules::of(report, &findings);
    let mut writer = ResultWriter::default();
    let mut results = Vec::with_capacity(findings.len());
    for (target, findings) in chosen {
        let chains = Chains::new(&target.packages);
        results.extend(findings.into_iter().map(|finding| writer.result(target, &chains, finding, &rules.places)));
    }
    let is_undecided = |finding: &Finding| finding.status == Status::Unknown;
    let (notifications, kinds) = notifications::of(&report.targets, is_undecided, &remarks);
    Run {
        taxonomies: rules.weaknesses.taxonomies(),
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
        column_kind: "utf16CodeUnits",
        results,
        properties: properties(report, options),
    }
}

fn driver(report: &Report, rules: Rules, notifications: Vec<model::Descriptor>) -> Driver {
    let mut properties = Properties::new();
    if let Some(data) = &report.data.advisories {
        properties.insert("advisoryDigest", json!(data.digest.to_string()));
        properties.insert("advisoryDate", json!(data.built_at.to_string()));
        properties.insert("advisoryAgeDays", json!(data.age_days));
        properties.insert("advisoryEmbedded", json!(data.embedded));
        if let Some(origin) = &data.origin {
            properties.insert("advisoryOrigin", json!(origin));
        }
        let sources: Vec<&str> = data.sources.iter().map(|source| source.name.as_str()).collect();
        properties.insert("advisorySources", json!(sources));
    }
    if !report.data.stacked.is_empty() {
        properties.insert("advisoriesStacked", json!(report.data.stacked));
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
        supported_taxonomies: rules.weaknesses.supported(),
        rules: rules.descriptors,
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
        let name = naming::stable_name(target);
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
    let saw_nothing = report
        .targets
        .iter()
        .all(|target| target.packages.is_empty() && target.findings.is_empty() && target.coverage.documents == 0);
    saw_nothing && matches!(report.verdict.outcome, Outcome::Incomplete | Outcome::Stale | Outcome::Misconfigured)
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
