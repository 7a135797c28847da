//! `explain --package PURL --advisory ID`: why a package is affected, or why it is not.

use std::io::Write;

use anyhow::{Context as _, anyhow, bail};
use portcullis::advisory::{self, RangeReasoning, Reasoning, Snapshot, Step};
use portcullis::model::{Ecosystem, Finding, Package, Purl};
use serde_json::{Value, json};

use super::evidence;
use super::explain::{bounds, field, severity};

/// Packages of a record that are named before the rest is counted.
const MOST_SPOKEN: usize = 12;

/// All that is known of one question.
struct Answer<'a> {
    purl: &'a str,
    id: &'a str,
    ecosystem: Ecosystem,
    /// The name that was looked up.
    name: String,
    reasonings: Vec<Reasoning>,
    /// The finding the records are merged to, where the package is affected.
    finding: Option<Finding>,
    /// Packages that the records speak of.
    spoken: Vec<String>,
    has_source: bool,
    digests: Vec<String>,
}

/// Says what the records named `id` say of a package.
pub(super) fn write(
    purl: &str,
    id: &str,
    snapshots: &[&Snapshot],
    as_json: bool,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let answer = answer(purl, id, snapshots)?;
    if as_json {
        writeln!(out, "{}", serde_json::to_string_pretty(&answer.as_json())?)?;
        Ok(())
    } else {
        answer.write(out).map_err(Into::into)
    }
}

fn answer<'a>(purl: &'a str, id: &'a str, snapshots: &[&Snapshot]) -> anyhow::Result<Answer<'a>> {
    let parsed: Purl = purl.parse().with_context(|| format!("--package {purl}: no package URL"))?;
    let package = Package::of_purl(parsed, "explain");
    let ecosystem = Ecosystem::of(package.purl())
        .ok_or_else(|| anyhow!("--package {purl}: no advisory speaks of packages of its type"))?;
    let (mut reasonings, mut spoken) = (Vec::new(), Vec::new());
    let mut known = false;
    for snapshot in snapshots {
        for record in snapshot.records(id)? {
            known = true;
            spoken.extend(record.packages.iter().map(|package| format!("{} {}", package.ecosystem, package.name)));
        }
        reasonings.extend(snapshot.why(&package, id)?);
    }
    if !known {
        bail!("{id}: the advisory data has no record of that name; `portcullis db status` says what there is");
    }
    let matched = advisory::match_package(snapshots, &package)?;
    let is_of = |finding: &&Finding| {
        let names = || finding.aliases.iter().map(String::as_str).chain([finding.rule.as_str()]);
        reasonings.iter().any(|reasoning| reasoning.answer == "affected" && names().any(|name| name == reasoning.id))
    };
    let finding = matched.findings.iter().find(is_of).cloned();
    Ok(Answer {
        purl,
        id,
        name: ecosystem.advisory_subject(&package).0.to_owned(),
        has_source: snapshots.iter().any(|snapshot| snapshot.has_source(&ecosystem)),
        ecosystem,
        reasonings,
        finding,
        spoken,
        digests: snapshots.iter().map(|snapshot| snapshot.info().digest.to_string()).collect(),
    })
}

impl Answer<'_> {
    fn as_json(&self) -> Value {
        json!({
            "package": self.purl, "advisory": self.id, "ecosystem": self.ecosystem.to_string(), "name": self.name,
            "snapshot": self.digests[0], "snapshots": self.digests, "reasonings": self.reasonings,
            "finding": self.finding, "speaks_of": self.spoken,
        })
    }

    fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        writeln!(out, "{} and {}", self.id, self.purl)?;
        if self.reasonings.is_empty() {
            field(out, "answer", "not affected: the advisory does not speak of this package")?;
            field(out, "looked up", &format!("{} {}", self.ecosystem, self.name))?;
            if !self.has_source {
                let missing = format!("the advisory data has no source for {} at all", self.ecosystem);
                field(out, "but", &missing)?;
            }
            self.spoken.iter().take(MOST_SPOKEN).try_for_each(|package| field(out, "speaks of", package))?;
            let more = self.spoken.len().saturating_sub(MOST_SPOKEN);
            field(out, "", &if more > 0 { format!("and of {more} more packages") } else { String::new() })?;
        }
        self.reasonings.iter().try_for_each(|reasoning| write_one(reasoning, out))?;
        writeln!(out)?;
        if let Some(finding) = &self.finding {
            write_finding(finding, out)?;
        }
        self.digests.iter().try_for_each(|digest| field(out, "snapshot", digest))
    }
}

fn write_one(reasoning: &Reasoning, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out)?;
    field(out, "record", &format!("{} ({})", reasoning.id, reasoning.source))?;
    field(out, "answer", &format!("{}: {}", reasoning.answer.replace('-', " "), reasoning.reason))?;
    field(out, "looked up", &format!("{} {}: {}", reasoning.ecosystem, reasoning.name, reasoning.name_from))?;
    let version = reasoning.version.as_deref().unwrap_or("none");
    let ordering = reasoning.ordering.map_or_else(
        || "which cannot be ordered".to_owned(),
        |ordering| format!("compared by the {ordering} ordering"),
    );
    field(out, "version", &format!("{version}, {ordering}"))?;
    reasoning.ranges.iter().try_for_each(|range| write_range(range, out))?;
    field(out, "severity", &severity(reasoning.severity, reasoning.score, reasoning.severity_from))?;
    field(out, "aliases", &reasoning.aliases.join(", "))
}

fn write_range(range: &RangeReasoning, out: &mut impl Write) -> std::io::Result<()> {
    let holds = match range.holds {
        Some(true) => "holds it",
        Some(false) => "does not hold it",
        None => "cannot be told",
    };
    field(out, "range", &format!("{}: {holds}", shown(&range.range)))?;
    range.steps.iter().try_for_each(|step| field(out, "", &said(step)))
}

/// `1.0 < 1.2.0, the fix: inside`.
fn said(step: &Step) -> String {
    let Step { bound, version, relation, other, holds } = step;
    let what = match *bound {
        "introduced" => "where it begins",
        "after" => "after which it begins",
        "last_affected" => "the last that is affected",
        "limit" => "the end of what is said",
        _ => "the fix",
    };
    let side = if *holds { "inside" } else { "outside" };
    format!("{version} {relation} {other}, {what}: {side}")
}

/// How records became one finding, and where its severity is from.
fn write_finding(finding: &Finding, out: &mut impl Write) -> std::io::Result<()> {
    let records = finding.evidence.get("records").and_then(Value::as_array);
    let ids: Vec<&str> = records.into_iter().flatten().filter_map(|record| record["id"].as_str()).collect();
    let merged = match ids.as_slice() {
        [one] => format!("of the record {one} alone"),
        several => format!("of {} records that share a name: {}", several.len(), several.join(", ")),
    };
    field(out, "finding", &format!("{}, {merged}", finding.rule))?;
    let from = finding.evidence.get("severity_from").and_then(Value::as_str).unwrap_or_default();
    field(out, "severity", &severity(finding.severity, finding.score, from))?;
    field(out, "also called", &finding.aliases.join(", "))?;
    field(out, "fixed in", &finding.fixed_in.join(", "))?;
    evidence::write_disagreeing(finding, out)
}

/// A range with nothing to say is every version.
pub(super) fn shown(range: &Value) -> String {
    if let Some(events) = range.get("events") {
        return format!("{events} (cannot be ordered)");
    }
    let said = bounds(range);
    if said.is_empty() { "every version".to_owned() } else { said }
}
