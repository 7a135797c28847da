//! `urlquery.*` as OPA does it: what is wrong in a query has no answer, and no character is left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Context as _;
use regorus::Value;

use super::super::meter::is_strict;

pub(super) fn decode(given: &[Value]) -> anyhow::Result<Value> {
    answer(text(given).and_then(|query| Ok(Value::from(unescaped(query)?))))
}

pub(super) fn encode(given: &[Value]) -> anyhow::Result<Value> {
    answer(text(given).map(|text| Value::from(escaped(text))))
}

/// Every name with the list of its values.
pub(super) fn decode_object(given: &[Value]) -> anyhow::Result<Value> {
    answer(text(given).and_then(|query| {
        let mut members: BTreeMap<Value, Vec<Value>> = BTreeMap::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            anyhow::ensure!(!pair.contains(';'), "`;` separates nothing in a query");
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            members.entry(Value::from(unescaped(name)?)).or_default().push(Value::from(unescaped(value)?));
        }
        Ok(Value::from(
            members.into_iter().map(|(name, values)| (name, Value::from(values))).collect::<BTreeMap<_, _>>(),
        ))
    }))
}

/// Names in their order; values are texts, or lists or sets of texts.
pub(super) fn encode_object(given: &[Value]) -> anyhow::Result<Value> {
    answer(encoded(given))
}

fn encoded(given: &[Value]) -> anyhow::Result<Value> {
    let [Value::Object(members)] = given else { anyhow::bail!("it takes an object") };
    let mut query = String::new();
    for (name, values) in members.iter_sorted() {
        let name = escaped(as_text(name)?);
        let values: Vec<&Value> = match values {
            Value::Array(items) => items.iter().collect(),
            Value::Set(items) => items.iter_sorted().collect(),
            other => vec![other],
        };
        for value in values {
            let sign = if query.is_empty() { "" } else { "&" };
            let _ = write!(query, "{sign}{name}={}", escaped(as_text(value)?));
        }
    }
    Ok(Value::from(query))
}

fn text(given: &[Value]) -> anyhow::Result<&str> {
    given.first().map_or_else(|| anyhow::bail!("it takes a text"), as_text)
}

fn as_text(value: &Value) -> anyhow::Result<&str> {
    match value {
        Value::String(text) => Ok(text),
        _ => anyhow::bail!("a query is made of texts"),
    }
}

/// What is wrong has no answer, and is said: see `Program::ask`.
fn answer(answer: anyhow::Result<Value>) -> anyhow::Result<Value> {
    match answer {
        Err(_) if !is_strict() => Ok(Value::Undefined),
        answer => answer,
    }
}

fn unescaped(text: &str) -> anyhow::Result<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'%' => {
                let digits = bytes.get(at + 1..at + 3).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
                let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
                let digits = digits.context("`%` stands before two hexadecimal digits")?;
                out.push(u8::from_str_radix(digits, 16)?);
                at += 3;
                continue;
            }
            b'+' => out.push(b' '),
            other => out.push(*other),
        }
        at += 1;
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'-' | b'_' | b'.' | b'~' => out.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => out.push(byte.into()),
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}
