//! The facts behind a finding, for people and programs that want to check it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::contrary::Contrary;
use super::decide::Why;
use super::group::Group;
use super::hit::{Hit, Question};
use crate::range::{Lower, Upper, Window};
use crate::rating::Rated;
use crate::threat::Threat;

/// Which records said so, of which name and version, and where the severity is from.
pub(super) fn of(question: &Question<'_>, group: &Group<'_>, rated: &Rated) -> BTreeMap<String, Value> {
    let records: Vec<Value> = group.hits.iter().map(|hit| record(hit)).collect();
    let mut evidence = BTreeMap::from([
        ("ecosystem".to_owned(), json!(question.ecosystem.to_string())),
        ("name".to_owned(), json!(question.name)),
        ("records".to_owned(), Value::Array(records)),
    ]);
    if let Some(version) = question.version {
        evidence.insert("version".to_owned(), json!(version));
    }
    if let Ok(version) = question.judge.version() {
        evidence.insert("ordering".to_owned(), json!(version.scheme().name()));
    }
    if !rated.origin.is_empty() {
        evidence.insert("severity_from".to_owned(), json!(rated.origin));
    }
    if !group.contrary.is_empty() {
        evidence.insert("disagreeing".to_owned(), group.contrary.iter().map(|other| disagreeing(other)).collect());
    }
    evidence.extend(exploited(group).map(|list| ("kev".to_owned(), list)));
    evidence.extend(predicted(group).map(|value| ("epss".to_owned(), value)));
    evidence
}

/// Entries of the catalogue of exploited vulnerabilities, with the catalogue's date.
fn exploited(group: &Group<'_>) -> Option<Value> {
    let mut list: Vec<Value> = Vec::new();
    for (hit, threat) in threats(group) {
        let Some(exploited) = threat.exploited else { continue };
        let mut value = json!({"id": threat.id, "ransomware": exploited.ransomware});
        for (key, date) in [("added", exploited.added), ("as_of", hit.lists.0)] {
            if let Some(date) = date.and_then(day) {
                value[key] = json!(date);
            }
        }
        if !list.contains(&value) {
            list.push(value);
        }
    }
    (!list.is_empty()).then_some(Value::Array(list))
}

/// The highest prediction, with its table's date.
fn predicted(group: &Group<'_>) -> Option<Value> {
    let all = threats(group).filter_map(|(hit, threat)| Some((threat.predicted?, &threat.id, hit.lists.1)));
    let (predicted, id, date) = all.max_by_key(|(predicted, ..)| *predicted)?;
    let share = |millionths: u32| f64::from(millionths) / 1_000_000.0;
    let mut value = json!({"id": id, "score": share(predicted.score), "percentile": share(predicted.percentile)});
    if let Some(date) = date.and_then(day) {
        value["as_of"] = json!(date);
    }
    Some(value)
}

fn threats<'a>(group: &'a Group<'_>) -> impl Iterator<Item = (&'a Hit, &'a Threat)> {
    group.hits.iter().flat_map(|hit| hit.record.threats.iter().map(move |threat| (*hit, threat)))
}

fn record(hit: &Hit) -> Value {
    let record = &hit.record;
    let mut value = json!({
        "id": record.id,
        "source": hit.source,
        "ecosystem": hit.ecosystem,
        "affected": hit.whys.iter().map(why).collect::<Vec<Value>>(),
    });
    let ratings = if hit.ratings.is_empty() { &record.ratings } else { &hit.ratings };
    let lists = [("ratings", ratings), ("upstream", &record.upstream), ("related", &record.related)];
    for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        value[key] = json!(list);
    }
    let dates = [("published", record.published), ("modified", record.modified)];
    for (key, date) in dates.into_iter().filter_map(|(key, date)| Some((key, day(date?)?))) {
        value[key] = json!(date);
    }
    value
}

/// A record of the same matter that does not count the version as affected, and what it counts.
fn disagreeing(other: &Contrary) -> Value {
    json!({
        "id": other.record.id,
        "source": other.source,
        "ecosystem": other.ecosystem,
        "affected": other.windows.iter().map(bounds).collect::<Vec<Value>>(),
    })
}

fn why(why: &Why) -> Value {
    match why {
        Why::Listed(version) => json!({"version": version}),
        Why::Window(window) => bounds(window),
    }
}

/// A window in the words of the OSV schema.
pub(crate) fn bounds(window: &Window) -> Value {
    let mut value = match &window.lower {
        Lower::Start => json!({"introduced": "0"}),
        Lower::From(text) => json!({"introduced": text}),
        Lower::After(text) => json!({"after": text}),
    };
    match &window.upper {
        Upper::Never => {}
        Upper::Fixed(text) => value["fixed"] = json!(text),
        Upper::Limit(text) => value["limit"] = json!(text),
        Upper::Last(text) => value["last_affected"] = json!(text),
    }
    value
}

/// The day of a date, `2024-07-03`.
pub(crate) fn day(second: i64) -> Option<String> {
    let text = Timestamp::from_second(second).ok()?.to_string();
    text.get(..10).map(str::to_owned)
}
