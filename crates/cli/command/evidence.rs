//! What a report has to say for a finding about a package: the records, their ranges, and the comparisons, made once more.

use std::cmp::Ordering;
use std::io::{self, Write};

use portcullis::advisory;
use portcullis::model::Finding;
use serde_json::Value;

use super::explain::{field, severity};
use super::why::shown;

/// Bounds of a range, what the version must not be for the range to hold it, and what they are.
const BOUNDS: [(&str, &[Ordering], &str); 5] = [
    ("introduced", &[Ordering::Less], "where it begins"),
    ("after", &[Ordering::Less, Ordering::Equal], "after which it begins"),
    ("fixed", &[Ordering::Equal, Ordering::Greater], "the fix"),
    ("limit", &[Ordering::Equal, Ordering::Greater], "the end of what is said"),
    ("last_affected", &[Ordering::Greater], "the last that is affected"),
];

/// Writes the evidence of a finding that advisories gave.
pub(super) fn write(finding: &Finding, out: &mut impl Write) -> io::Result<()> {
    let text = |key: &str| finding.evidence.get(key).and_then(Value::as_str).unwrap_or_default();
    let (ecosystem, version, ordering) = (text("ecosystem"), text("version"), text("ordering"));
    field(out, "looked up", &format!("{ecosystem} {}", text("name")))?;
    if !version.is_empty() {
        let by = if ordering.is_empty() { String::new() } else { format!(", compared by the {ordering} ordering") };
        field(out, "version", &format!("{version}{by}"))?;
    }
    for record in list(finding.evidence.get("records")) {
        write_record(record, ecosystem, version, out)?;
    }
    field(out, "also called", &finding.aliases.join(", "))?;
    field(out, "severity", &severity(finding.severity, finding.score, text("severity_from")))?;
    for list in ["kev", "epss"] {
        field(out, list, &finding.evidence.get(list).map(Value::to_string).unwrap_or_default())?;
    }
    write_disagreeing(finding, out)
}

/// Records of the same matter that do not count the version as affected.
pub(super) fn write_disagreeing(finding: &Finding, out: &mut impl Write) -> io::Result<()> {
    list(finding.evidence.get("disagreeing")).try_for_each(|other| {
        let ranges: Vec<String> = list(other.get("affected")).map(shown).collect();
        let ranges = if ranges.is_empty() { "lists other versions".to_owned() } else { ranges.join("; ") };
        field(out, "disagrees", &format!("{} ({}): {ranges}", word(other, "id"), word(other, "source")))
    })
}

fn write_record(record: &Value, ecosystem: &str, version: &str, out: &mut impl Write) -> io::Result<()> {
    let modified = word(record, "modified");
    let modified = if modified.is_empty() { String::new() } else { format!(", changed {modified}") };
    field(out, "record", &format!("{} ({}){modified}", word(record, "id"), word(record, "source")))?;
    for range in list(record.get("affected")) {
        if let Some(listed) = range["version"].as_str() {
            field(out, "listed", listed)?;
            continue;
        }
        field(out, "range", &shown(range))?;
        for (bound, outside, what) in BOUNDS {
            let Some(other) = range[bound].as_str().filter(|other| !(bound == "introduced" && *other == "0")) else {
                continue;
            };
            let Ok(Some(order)) = advisory::compare_versions(ecosystem, version, other) else { continue };
            let relation = match order {
                Ordering::Less => "<",
                Ordering::Equal => "=",
                Ordering::Greater => ">",
            };
            let side = if outside.contains(&order) { "outside" } else { "inside" };
            field(out, "", &format!("{version} {relation} {other}, {what}: {side}"))?;
        }
    }
    let ratings: Vec<&str> = list(record.get("ratings")).filter_map(Value::as_str).collect();
    field(out, "ratings", &ratings.join(", "))
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
