//! `explain`: what is known of a rule, of an advisory, or of one finding of a report.

use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use anyhow::{anyhow, bail};
use portcullis::advisory::{AdvisoryRecord, AffectedPackage, Snapshot};
use portcullis::model::{Finding, Report, Rule, Score, Severity};
use portcullis::report;
use serde_json::Value;

use super::{convert, db, evidence, policy, why};
use crate::arguments::ExplainArguments;

/// Looks the id up: a finding of the report that was given, then a policy, then an advisory.
pub(crate) fn run(arguments: &ExplainArguments) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let id = arguments.advisory.as_deref().or(arguments.id.as_deref());
    let id = id.ok_or_else(|| match (&arguments.package, &arguments.report) {
        (Some(_), _) => anyhow!("--package needs an advisory: --advisory ID says why it is affected, or why it is not"),
        (None, Some(_)) => anyhow!("--report needs the fingerprint of a finding, or a rule"),
        (None, None) => anyhow!("explain what? a rule, an advisory, or a fingerprint with --report"),
    })?;
    if let Some(purl) = &arguments.package {
        let opened = db::open_all(&arguments.data.snapshots).map_err(|message| anyhow!("{message}"))?;
        let snapshots: Vec<&Snapshot> = opened.iter().map(|(_, snapshot)| snapshot).collect();
        why::write(purl, id, &snapshots, arguments.data.json, &mut out)?;
    } else if let Some(path) = &arguments.report {
        let report = convert::read_report(path)?;
        let found = one_finding(&report, id)
            .ok_or_else(|| anyhow!("{}: no finding there has the fingerprint or rule {id}", path.display()))?;
        if arguments.data.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&as_json(&found))?)?;
            out.flush()?;
            return Ok(ExitCode::SUCCESS);
        }
        report::write(
            &found,
            report::Format::Text,
            &report::Options { verbose: true, ..Default::default() },
            &mut out,
        )?;
        write_evidence(&found, &mut out)?;
    } else {
        write_named(id, arguments, &mut out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// A policy, or what other tools call one, else an advisory.
fn write_named(id: &str, arguments: &ExplainArguments, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    let as_json = arguments.data.json;
    let rules: Vec<Rule> = policy::builtin_rules_called(id)?.into_iter().map(|loaded| loaded.rule).collect();
    match rules.as_slice() {
        [] => {}
        [one] if as_json => writeln!(out, "{}", serde_json::to_string_pretty(one)?)?,
        several if as_json => writeln!(out, "{}", serde_json::to_string_pretty(several)?)?,
        several => several.iter().try_for_each(|rule| policy::write_rule(rule, out))?,
    }
    if !rules.is_empty() {
        return Ok(());
    }
    let records = records(id, &arguments.data.snapshots)?;
    if records.is_empty() {
        let near = policy::near_builtin(id).map(|near| format!("; is it {near}?")).unwrap_or_default();
        bail!(
            "{id}: no policy and no advisory of that name{near} (`portcullis policy list` and `portcullis db status` say what \
             there is, --report FILE looks in a report)"
        );
    }
    if as_json {
        writeln!(out, "{}", serde_json::to_string_pretty(&records)?)?;
        return Ok(());
    }
    records.iter().try_for_each(|record| write_record(record, out))
}

/// What the data has under a name; CVE ids are written in capitals.
fn records(id: &str, snapshots: &[std::path::PathBuf]) -> anyhow::Result<Vec<AdvisoryRecord>> {
    let opened = db::open_all(snapshots).map_err(|message| anyhow!("{message}"))?;
    let id = if id.starts_with("cve-") { id.to_uppercase() } else { id.to_owned() };
    let mut records = Vec::new();
    for (_, snapshot) in &opened {
        records.extend(snapshot.records(&id)?);
    }
    Ok(records)
}

/// The report with nothing in it but the finding asked for.
fn one_finding(report: &Report, id: &str) -> Option<Report> {
    let is_asked = |finding: &Finding| {
        finding.fingerprint.as_str() == id
            || finding.rule.as_str() == id
            || finding.aliases.iter().any(|alias| alias == id)
    };
    let mut report = report.clone();
    for target in &mut report.targets {
        target.findings.retain(is_asked);
        target.problems.clear();
    }
    report.targets.retain(|target| !target.findings.is_empty());
    (!report.targets.is_empty()).then_some(report)
}

/// Findings with the rules they are instances of, and the data they were judged with.
fn as_json(report: &Report) -> Value {
    let findings: Vec<&Finding> = report.targets.iter().flat_map(|target| &target.findings).collect();
    let rules: Vec<&Rule> = findings.iter().filter_map(|finding| report.rules.get(&finding.rule)).collect();
    serde_json::json!({"findings": findings, "rules": rules, "data": report.data, "evaluated_at": report.evaluated_at})
}

fn write_evidence(report: &Report, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    for finding in report.targets.iter().flat_map(|target| &target.findings) {
        writeln!(out, "\nevidence of {} ({})", finding.rule, finding.fingerprint)?;
        if finding.evidence.contains_key("records") {
            evidence::write(finding, out)?;
        } else {
            finding.evidence.iter().try_for_each(|(name, value)| writeln!(out, "  {name}: {value}"))?;
        }
        for data in report.data.snapshots().filter(|_| finding.package.is_some()) {
            field(out, "snapshot", &data.digest.to_string())?;
        }
        if let Some(rule) = report.rules.get(&finding.rule) {
            writeln!(out)?;
            policy::write_rule(rule, out)?;
        }
    }
    Ok(())
}

fn write_record(record: &AdvisoryRecord, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    writeln!(out, "{}{}", record.id, if record.withdrawn { " (withdrawn: it never matches)" } else { "" })?;
    field(out, "source", &record.source)?;
    field(out, "title", record.summary.as_deref().unwrap_or_default())?;
    field(out, "severity", &severity(record.severity, record.score, record.severity_from))?;
    field(out, "kind", record.informational.unwrap_or_default())?;
    field(out, "aliases", &record.aliases.join(", "))?;
    field(out, "upstream", &record.upstream.join(", "))?;
    field(out, "weaknesses", &record.cwes.join(", "))?;
    field(out, "published", &record.published.map(|date| date.to_string()).unwrap_or_default())?;
    field(out, "modified", &record.modified.map(|date| date.to_string()).unwrap_or_default())?;
    record.packages.iter().try_for_each(|package| write_package(package, out))?;
    record.links.iter().try_for_each(|link| field(out, "see", link))?;
    writeln!(out)?;
    Ok(())
}

fn write_package(package: &AffectedPackage, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    const MOST_VERSIONS: usize = 12;
    field(out, "package", &format!("{} {}", package.ecosystem, package.name))?;
    for range in &package.ranges {
        field(out, "  affected", &bounds(range))?;
    }
    for events in &package.unordered {
        field(out, "  affected", &format!("{} (cannot be ordered)", Value::from(events.clone())))?;
    }
    if !package.versions.is_empty() {
        let more = package.versions.len().saturating_sub(MOST_VERSIONS);
        let shown = package.versions.iter().take(MOST_VERSIONS).cloned().collect::<Vec<_>>().join(", ");
        field(out, "  versions", &if more > 0 { format!("{shown} and {more} more") } else { shown })?;
    }
    if package.has_commits {
        field(out, "  commits", "given too, not kept: commits cannot be compared with versions")?;
    }
    Ok(())
}

/// `from 1.0, before 1.2.3`, in the words people use of ranges.
pub(super) fn bounds(range: &Value) -> String {
    let words = [
        ("introduced", "from"),
        ("after", "after"),
        ("fixed", "before"),
        ("last_affected", "up to"),
        ("limit", "before"),
    ];
    let is_bounded = ["fixed", "last_affected", "limit"].iter().any(|key| range.get(key).is_some());
    let said = words.iter().filter_map(|(key, word)| match range.get(key).and_then(Value::as_str) {
        Some("0") if *key == "introduced" && is_bounded => None,
        Some("0") if *key == "introduced" => Some("every version".to_owned()),
        Some(version) => Some(format!("{word} {version}")),
        None => None,
    });
    said.collect::<Vec<_>>().join(", ")
}

/// `high 7.5 (CVSS:3.1)`.
pub(super) fn severity(severity: Severity, score: Option<Score>, from: &str) -> String {
    let score = score.map(|score| format!(" {score}")).unwrap_or_default();
    let from = if from.is_empty() { String::new() } else { format!(" ({from})") };
    format!("{severity}{score}{from}")
}

/// A line with a label, where there is something to say. Reports and records hold names that others chose.
pub(super) fn field(out: &mut impl std::io::Write, name: &str, text: &str) -> std::io::Result<()> {
    if text.is_empty() { Ok(()) } else { writeln!(out, "  {name:<11} {}", report::visible(text)) }
}

/// What is known of a rule, for `policy show` too.
pub(super) fn write_facts(rule: &Rule, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    writeln!(out, "{}: {}", rule.id, rule.title)?;
    field(out, "severity", rule.severity.name())?;
    field(out, "class", rule.class.name())?;
    field(out, "domain", &rule.domain)?;
    field(out, "aliases", &rule.aliases.join(", "))?;
    field(out, "weaknesses", &rule.cwes.join(", "))?;
    field(out, "profiles", &rule.profiles.join(", "))?;
    field(out, "controls", &rule.controls.join(", "))?;
    field(out, "equivalents", &rule.equivalents.join(", "))?;
    if !rule.description.is_empty() {
        writeln!(out, "\n{}", rule.description.trim_end())?;
    }
    if !rule.remediation.is_empty() {
        writeln!(out, "\nWhat to do: {}", rule.remediation.trim_end())?;
    }
    rule.links.iter().try_for_each(|link| writeln!(out, "\nsee {link}"))?;
    Ok(())
}
