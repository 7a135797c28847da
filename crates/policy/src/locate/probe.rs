//! Other values to try in a place.

use crate::rego::{Mentions, Value};

/// Strings of rules that are tried as values.
const MOST_LITERALS: usize = 8;

/// Values other than this one, the most telling first: the first tells what is named from what is judged.
pub(super) fn instead_of(value: &Value) -> Vec<Value> {
    let mut probes = match value {
        Value::Bool(value) => vec![Value::Bool(!value)],
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            let far = if number.abs() < 1e12 { number.trunc() as i64 } else { 0 };
            vec![Value::from(far + 1001), Value::from(0i64), Value::from(far - 1001), Value::from(1i64)]
        }
        // Words that no rule asks for; then a text with the signs that rules look for: slash, dots, tag, digest.
        Value::String(_) => vec![Value::from("portcullis-probe"), Value::from("Probe.example/Probe:9.9.9@sha256:0")],
        _ => vec![Value::from("portcullis-probe"), Value::Bool(true)],
    };
    probes.retain(|probe| probe != value);
    probes
}

/// Values to put where something is missing.
pub(super) fn where_missing(mentions: &Mentions) -> Vec<Value> {
    [likeliest(), unlikelier(mentions)].concat()
}

/// Most rules ask whether something is there, or true.
pub(super) fn likeliest() -> Vec<Value> {
    vec![Value::Bool(true)]
}

/// What else helps: a word or number, a value the rule mentions, a list of all of them.
pub(super) fn unlikelier(mentions: &Mentions) -> Vec<Value> {
    let mut probes = vec![Value::Bool(false), Value::from("portcullis-probe"), Value::from(1001i64)];
    let literals: Vec<Value> = literals(mentions).collect();
    probes.extend(literals.iter().cloned());
    if !literals.is_empty() {
        probes.push(Value::from(literals));
    }
    probes
}

/// Strings in the rules that look like values, not like messages.
pub(super) fn literals(mentions: &Mentions) -> impl Iterator<Item = Value> + '_ {
    let is_value = |text: &&String| text.len() <= 64 && !text.is_empty() && !text.contains([' ', '%', '\n']);
    mentions.literals.iter().filter(is_value).take(MOST_LITERALS).map(|text| Value::from(text.as_str()))
}
