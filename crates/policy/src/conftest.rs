//! Conftest's conventions: which rules are asked, what they may give, and what is excepted.

use model::Severity;
use serde_json::{Map, Value as Json};

use crate::rego::{Value, json};

/// What a rule's name says of its results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Action {
    Deny,
    Violation,
    Warn,
}

/// One result of a rule.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// As the rule gave it: its identity.
    pub(crate) value: Value,
    /// What it says.
    pub(crate) message: String,
    /// Where it says it is.
    pub(crate) place: Option<Place>,
    /// A severity of its own.
    pub(crate) severity: Option<Severity>,
    /// All else it gave.
    pub(crate) details: Map<String, Json>,
}

/// Where a result says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `_loc: {"line": 3}`, 1-based.
    Line(u32),
    /// `path`: `["spec", "containers", 0]`, or `spec.containers[0]`, or `/spec/containers/0`.
    Path(Json),
    /// `path`, and `text` that stands in the source of its value: a line of a script. Of several each stands in the one before.
    Text(Json, Vec<String>),
}

impl Place {
    /// Of a path that begins with the place of one of so many documents, `[2, "contents", …]`: that place, and the path inside.
    pub(crate) fn in_one_of(&self, documents: usize) -> Option<(usize, Place)> {
        let (Place::Path(Json::Array(parts)) | Place::Text(Json::Array(parts), _)) = self else { return None };
        let [first, second, rest @ ..] = &parts[..] else { return None };
        let index = first.as_u64().and_then(|index| usize::try_from(index).ok()).filter(|index| *index < documents)?;
        let inside = Json::Array(rest.to_vec());
        (second == "contents").then(|| match self {
            Place::Text(_, texts) => (index, Place::Text(inside, texts.clone())),
            _ => (index, Place::Path(inside)),
        })
    }
}

impl Action {
    /// What a name of a rule asks for: `deny`, `deny_latest_tag`; and what comes behind the first `_`. Between two `_`, and behind the
    /// last, something must stand: `deny_` is any other rule.
    pub(crate) fn of(name: &str) -> Option<(Action, &str)> {
        let (word, suffix) = name.split_once('_').map_or((name, None), |(word, suffix)| (word, Some(suffix)));
        let action = match word {
            "deny" => Action::Deny,
            "violation" => Action::Violation,
            "warn" => Action::Warn,
            _ => return None,
        };
        let suffix =
            suffix.map_or(Some(""), |suffix| Some(suffix).filter(|text| text.split('_').all(|part| !part.is_empty())));
        suffix.map(|suffix| (action, suffix))
    }

    /// The severity of a rule that names none.
    pub(crate) fn severity(self) -> Severity {
        match self {
            Action::Deny | Action::Violation => Severity::High,
            Action::Warn => Severity::Low,
        }
    }
}

/// The results in a rule's value: the elements of a set or list, the keys of an object whose values are all true, or one
/// message alone. `true` alone is a result without a message; an empty message is none, so that a rule may say that all is well. An error
/// says what else was given.
pub(crate) fn outcomes(rule: &str, value: &Value) -> Result<Vec<Outcome>, String> {
    let mut outcomes = all_outcomes(rule, value)?;
    outcomes.retain(|outcome| !outcome.message.is_empty());
    Ok(outcomes)
}

fn all_outcomes(rule: &str, value: &Value) -> Result<Vec<Outcome>, String> {
    match value {
        Value::Undefined | Value::Null | Value::Bool(false) => Ok(Vec::new()),
        Value::Bool(true) => Ok(vec![Outcome::text(value, &format!("`{rule}` is true"))]),
        Value::Set(items) => items.iter_sorted().map(|item| outcome(rule, item)).collect(),
        Value::Array(items) => items.iter().map(|item| outcome(rule, item)).collect(),
        Value::Object(members) if is_set_of_keys(value) => {
            members.iter_sorted().map(|(key, _)| outcome(rule, key)).collect()
        }
        single => Ok(vec![outcome(rule, single)?]),
    }
}

/// What is excepted: names of rules without `deny_` and its like; the empty name is the rule `deny` itself.
pub(crate) fn exceptions(value: &Value) -> Vec<String> {
    let mut names = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => names.push(text.to_string()),
            Value::Array(items) => open.extend(items.iter()),
            Value::Set(items) => open.extend(items.iter_sorted()),
            Value::Object(members) if is_set_of_keys(value) => open.extend(members.keys()),
            Value::Object(members) => open.extend(members.values()),
            _ => {}
        }
    }
    names
}

/// `deny[msg] if …` makes an object of messages and `true` in version 1 of the language; its author means a set.
fn is_set_of_keys(value: &Value) -> bool {
    let Value::Object(members) = value else { return false };
    !members.contains_key(&Value::from("msg")) && members.values().all(|value| *value == Value::Bool(true))
}

fn outcome(rule: &str, value: &Value) -> Result<Outcome, String> {
    match value {
        Value::String(text) => Ok(Outcome::text(value, text)),
        Value::Object(_) => object(rule, value),
        Value::Bool(true) => Ok(Outcome::text(value, &format!("`{rule}` is true"))),
        other => Err(format!("a result is a string, or an object with `msg`; it gave {}", short(other))),
    }
}

fn object(rule: &str, value: &Value) -> Result<Outcome, String> {
    let Json::Object(mut details) = json(value) else { return Err(format!("`{rule}` gave no object")) };
    let message = match details.remove("msg").or_else(|| details.remove("message")) {
        Some(Json::String(text)) => text,
        Some(_) => return Err(format!("`msg` of a result must be a string; it gave {}", short(value))),
        None => return Err(format!("a result that is an object needs `msg`; it gave {}", short(value))),
    };
    let line = details.get("_loc").and_then(|place| place.get("line")).and_then(Json::as_u64);
    let place = match line.and_then(|line| u32::try_from(line).ok()) {
        Some(line) => Some(Place::Line(line)),
        None => details.get("path").filter(|path| path.is_array() || path.is_string()).cloned().map(|path| {
            let texts = details.get("text").map(texts).unwrap_or_default();
            if texts.is_empty() { Place::Path(path) } else { Place::Text(path, texts) }
        }),
    };
    let severity = details.get("severity").and_then(Json::as_str).and_then(|text| text.parse().ok());
    Ok(Outcome { value: value.clone(), message, place, severity, details })
}

/// A text, or a list of them.
fn texts(value: &Json) -> Vec<String> {
    let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let texts = all.iter().map_while(Json::as_str).take_while(|text| !text.is_empty());
    texts.map(str::to_owned).collect()
}

fn short(value: &Value) -> String {
    json(value).to_string().chars().take(80).collect()
}

impl Outcome {
    fn text(value: &Value, message: &str) -> Outcome {
        Outcome { value: value.clone(), message: message.to_owned(), place: None, severity: None, details: Map::new() }
    }
}
