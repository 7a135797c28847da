//! What an OSV record says of the flaw itself: names, dates, ratings, links.

use std::collections::BTreeSet;

use jiff::Timestamp;
use model::{RuleId, Severity};
use serde_json::Value;

use super::Parsed;
use super::wire::{Wire, WireReference, WireSeverity};
use crate::rating;
use crate::record::Informational;

/// Links kept of a record: enough to read on, few enough to embed.
const MOST_LINKS: usize = 3;
const LONGEST_LINK: usize = 2048;
/// Sources write year 1 for "not known"; nothing here is older than this.
const OLDEST_DATE: i64 = 315_532_800;

/// Copies the facts that are kept.
pub(super) fn take(wire: &Wire, summaries: bool, parsed: &mut Parsed) {
    let record = &mut parsed.record;
    record.modified = date(wire.modified.as_deref());
    record.published = date(wire.published.as_deref());
    // An empty string is no date, and a record without one is not withdrawn.
    record.withdrawn = wire.withdrawn.as_deref().is_some_and(|date| !date.is_empty());
    record.aliases = names(wire.aliases.as_deref(), &wire.id);
    record.upstream = names(wire.upstream.as_deref(), &wire.id);
    record.related = names(wire.related.as_deref(), &wire.id);
    record.links = links(wire.references.as_deref().unwrap_or_default());
    record.summary = wire.summary.clone().filter(|text| summaries && !text.is_empty());
    record.ratings = ratings(wire.severity.as_deref(), &mut parsed.warnings);
    record.ratings.extend(specific_ratings(wire.database_specific.as_ref()));
    if record.ratings.is_empty() {
        record.ratings.extend(wire.summary.as_deref().and_then(leading_word));
    }
    record.cwes = cwes(wire.database_specific.as_ref());
    record.informational = wire.database_specific.as_ref().and_then(informational);
}

/// `informational` of a source's own object, as RustSec writes it.
pub(super) fn informational(specific: &Value) -> Option<Informational> {
    specific.get("informational")?.as_str().map(Informational::from_word)
}

/// Ratings in the schema's own list: vectors, and words of the types that a distribution names after itself.
pub(super) fn ratings(list: Option<&[WireSeverity]>, warnings: &mut Vec<String>) -> BTreeSet<String> {
    let mut ratings = BTreeSet::new();
    for severity in list.unwrap_or_default() {
        let Some(score) = severity.score.as_deref() else { continue };
        if rating::is_vector(score) {
            ratings.insert(score.to_owned());
        } else if let Some(word) = rating::word_text(score) {
            ratings.insert(word);
        } else {
            let kind = severity.kind.as_deref().unwrap_or("of no type");
            warnings.push(format!("severity {kind} `{}` cannot be read and does not count", score.escape_debug()));
        }
    }
    ratings
}

/// Ratings in a source's own object: a word (GHSA, Debian, retire.js) or bare CVSS scores (ruby-advisory-db).
pub(super) fn specific_ratings(specific: Option<&Value>) -> Vec<String> {
    let Some(specific) = specific else { return Vec::new() };
    let text = |key: &str| match specific.get(key) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let words = ["severity", "urgency"].into_iter().filter_map(|key| rating::word_text(&text(key)?));
    let scores = [("cvss_v2", 2), ("cvss_v3", 3), ("cvss_v4", 4)];
    words.chain(scores.into_iter().filter_map(|(key, version)| rating::score_text(version, &text(key)?))).collect()
}

/// Red Hat and its kin put the severity before the title: `Important: openssl security update`.
fn leading_word(summary: &str) -> Option<String> {
    let (word, _) = summary.split_once(':')?;
    let known = ["Critical", "Important", "Moderate", "Low"].contains(&word);
    known.then(|| word.parse::<Severity>().ok()).flatten().map(|severity| format!("word={severity}"))
}

fn names(list: Option<&[String]>, own: &str) -> BTreeSet<String> {
    list.unwrap_or_default().iter().filter(|name| *name != own && name.parse::<RuleId>().is_ok()).cloned().collect()
}

fn date(text: Option<&str>) -> Option<i64> {
    let date: Timestamp = text?.parse().ok()?;
    Some(date.as_second()).filter(|second| *second >= OLDEST_DATE)
}

fn cwes(specific: Option<&Value>) -> BTreeSet<String> {
    let lists = ["cwe_ids", "cwes", "cwe"].into_iter().filter_map(|key| specific?.get(key)?.as_array());
    let texts = lists.flatten().filter_map(|value| {
        let text = value.as_str().or_else(|| value.get("cweId")?.as_str())?;
        text.strip_prefix("CWE-")?.parse::<u32>().ok()
    });
    texts.map(|number| format!("CWE-{number}")).collect()
}

/// The advisory's page first, then what fixed it, then the rest in the record's order.
fn links(references: &[WireReference]) -> Vec<String> {
    let rank = |kind: Option<&str>| match kind {
        Some("ADVISORY") => 0,
        Some("FIX") => 1,
        _ => 2,
    };
    let mut urls: Vec<(u8, &str)> = Vec::new();
    for reference in references {
        let Some(url) = reference.url.as_deref() else { continue };
        let usable = (url.starts_with("https://") || url.starts_with("http://"))
            && url.len() <= LONGEST_LINK
            && url.bytes().all(|byte| byte.is_ascii_graphic());
        if usable && !urls.iter().any(|(_, known)| *known == url) {
            urls.push((rank(reference.kind.as_deref()), url));
        }
    }
    urls.sort_by_key(|(rank, _)| *rank);
    urls.into_iter().take(MOST_LINKS).map(|(_, url)| url.to_owned()).collect()
}
