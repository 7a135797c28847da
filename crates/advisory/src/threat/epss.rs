//! FIRST's Exploit Prediction Scoring System, CSV: a comment with the date, a heading, `cve,epss,percentile` lines.

use std::collections::BTreeMap;

use super::{List, Predicted, midnight};

/// Reads a table. One line that cannot be read makes the whole table suspect.
pub(super) fn parse(csv: &str) -> Result<List<Predicted>, String> {
    let mut date = None;
    let mut entries = BTreeMap::new();
    for (at, line) in csv.lines().enumerate() {
        if let Some(comment) = line.strip_prefix('#') {
            date = date.or_else(|| score_date(comment));
        } else if !line.trim().is_empty() && !line.starts_with("cve,") {
            let (id, predicted) = entry(line).ok_or_else(|| format!("line {} is no `cve,epss,percentile`", at + 1))?;
            entries.insert(id.to_owned(), predicted);
        }
    }
    Ok(List { date, entries })
}

/// `model_version:v2025.03.14,score_date:2026-08-22T12:55:00Z`.
fn score_date(comment: &str) -> Option<i64> {
    let (_, date) = comment.split_once("score_date:")?;
    midnight(date.get(..10)?)
}

fn entry(line: &str) -> Option<(&str, Predicted)> {
    let mut columns = line.trim_end().split(',');
    let id = columns.next().filter(|id| id.starts_with("CVE-"))?;
    let predicted = Predicted { score: millionths(columns.next()?)?, percentile: millionths(columns.next()?)? };
    Some((id, predicted))
}

fn millionths(text: &str) -> Option<u32> {
    let value: f64 = text.parse().ok()?;
    (0.0..=1.0).contains(&value).then(|| (value * 1_000_000.0).round() as u32)
}
