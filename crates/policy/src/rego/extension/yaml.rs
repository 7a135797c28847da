//! `yaml.unmarshal`, `yaml.marshal` and `yaml.is_valid`, through `saphyr-parser`.
//!
//! Scalars mean what they mean to the Go reader OPA uses: truth values are `true` and `false` alone, `0o7` and `07` are octal,
//! `1_000` is a number.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use regorus::Value;
use saphyr_parser::{Event, Parser, ScalarStyle};

use super::super::meter::untold;
use super::metered::with_names;

/// Levels of collections.
const DEEPEST: usize = 100;
/// Values of one text, those that aliases stand for included.
const MOST_VALUES: usize = 100_000;

/// `yaml.unmarshal`: the first document of a text.
pub(super) fn unmarshal(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(text)] = arguments else { return Ok(Value::Undefined) };
    read(text).map_err(|message| anyhow::anyhow!("yaml.unmarshal: {message}"))
}

/// `yaml.is_valid`.
pub(super) fn is_valid(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(text)] = arguments else { return Ok(Value::Bool(false)) };
    Ok(Value::Bool(read(text).is_ok()))
}

/// `yaml.marshal`: members sorted, lists and objects in block style.
pub(super) fn marshal(arguments: &[Value]) -> anyhow::Result<Value> {
    let [value] = arguments else { return Ok(Value::Undefined) };
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text)
                if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}')) =>
            {
                return Ok(Value::Undefined);
            }
            Value::String(text) if text.contains(['\n', '\u{85}', '\u{2028}', '\u{2029}']) => {
                return Err(untold(
                    "`yaml.marshal` of a text of several lines is not told as OPA writes it".to_owned(),
                ));
            }
            Value::Array(items) => open.extend(items.iter()),
            Value::Set(items) => open.extend(items.iter()),
            Value::Object(members) => open.extend(members.iter().flat_map(|(key, value)| [key, value])),
            _ => {}
        }
    }
    let mut out = String::new();
    let named = with_names(value);
    write(&mut out, &crate::rego::json(named.as_ref().unwrap_or(value)), 0, false);
    Ok(Value::from(out))
}

/// The first document of a text, as JSON.
pub(crate) fn yaml_of_text(text: &str) -> Result<serde_json::Value, String> {
    read(text).map(|value| crate::rego::json(&value))
}

enum Open {
    Sequence(Vec<Value>),
    Mapping(BTreeMap<Value, Value>, Option<Value>),
}

impl Open {
    fn take(&mut self, value: Value) -> Result<(), String> {
        match self {
            Open::Sequence(items) => items.push(value),
            Open::Mapping(members, key) => match key.take() {
                // JSON has no other keys.
                None => {
                    *key = Some(match value {
                        Value::String(_) => value,
                        Value::Null => return Err("a key is null".to_owned()),
                        other => Value::from(crate::rego::json(&other).to_string()),
                    });
                }
                Some(key) => {
                    if members.insert(key, value).is_some() {
                        return Err("a key comes twice".to_owned());
                    }
                }
            },
        }
        Ok(())
    }

    fn close(self) -> Value {
        match self {
            Open::Sequence(items) => Value::from(items),
            Open::Mapping(members, _) => Value::from(members),
        }
    }
}

fn is_no_number_of_json(scalar: &str) -> bool {
    let scalar = scalar.trim_start_matches(['-', '+']);
    [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"].contains(&scalar)
}

fn read(text: &str) -> Result<Value, String> {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    if first.is_some_and(|line| line.starts_with('\t')) {
        return Err("a tab begins nothing".to_owned());
    }
    let mut open: Vec<(Open, usize)> = Vec::new();
    let mut anchors: BTreeMap<usize, (Value, usize)> = BTreeMap::new();
    let (mut root, mut seen) = (Value::Null, 0);
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|error| error.to_string())?;
        let done = match event {
            Event::Scalar(scalar, ScalarStyle::Plain, _, _) if is_no_number_of_json(&scalar) => {
                return Err(format!("{scalar} is no value of JSON"));
            }
            Event::Scalar(block, style @ (ScalarStyle::Literal | ScalarStyle::Folded), anchor, _) => {
                // A block that ends with the text and not with a line has no line break.
                let last = block.trim_end_matches('\n');
                let is_open = !text.ends_with('\n') && last.lines().last().is_some_and(|line| text.ends_with(line));
                Some((scalar(if is_open { last } else { &block }, style), anchor, 1))
            }
            Event::Scalar(text, style, anchor, _) => Some((scalar(&text, style), anchor, 1)),
            Event::Alias(anchor) => {
                let (value, size) = anchors.get(&anchor).ok_or("an alias has no anchor")?;
                Some((value.clone(), 0, *size))
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                if open.len() == DEEPEST {
                    return Err(format!("values nest deeper than {DEEPEST}"));
                }
                let is_sequence = matches!(event, Event::SequenceStart(..));
                let new = if is_sequence { Open::Sequence(Vec::new()) } else { Open::Mapping(BTreeMap::new(), None) };
                open.push((new, anchor));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (closed, anchor) = open.pop().ok_or("a collection ends that did not start")?;
                Some((closed.close(), anchor, 1))
            }
            Event::DocumentEnd => return Ok(root),
            _ => None,
        };
        let Some((value, anchor, size)) = done else { continue };
        seen += size;
        if seen > MOST_VALUES {
            return Err(format!("it holds more than {MOST_VALUES} values"));
        }
        if anchor > 0 {
            anchors.insert(anchor, (value.clone(), count(&value)));
        }
        match open.last_mut() {
            Some((parent, _)) => parent.take(value)?,
            None => root = value,
        }
    }
    Ok(root)
}

fn count(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::from(text);
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let is_number = text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
    number(&text.replace('_', "")).filter(|_| is_number).unwrap_or_else(|| Value::from(text))
}

fn number(text: &str) -> Option<Value> {
    let radix =
        |prefix: &str, radix| text.strip_prefix(prefix).and_then(|digits| i64::from_str_radix(digits, radix).ok());
    let octal = || (text.len() > 1).then(|| radix("0", 8)).flatten();
    let integer = radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| radix("0b", 2)).or_else(octal);
    if let Some(integer) = integer.or_else(|| text.parse::<i64>().ok()) {
        return Some(Value::from(integer));
    }
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse::<f64>().ok().filter(|number| is_plain && number.is_finite()).map(Value::from)
}

/// A value in block style; `is_inline` when its first line goes on with what is written already.
fn write(out: &mut String, value: &serde_json::Value, indent: usize, is_inline: bool) {
    let pad = " ".repeat(indent);
    let lead = |at: usize| if at == 0 && is_inline { "" } else { pad.as_str() };
    match value {
        serde_json::Value::Object(members) if !members.is_empty() => {
            for (at, (key, value)) in members.iter().enumerate() {
                let _ = write!(out, "{}{}:", lead(at), text(key, 0));
                let is_block = match value {
                    serde_json::Value::Object(inner) => !inner.is_empty(),
                    serde_json::Value::Array(items) => !items.is_empty(),
                    _ => false,
                };
                out.push(if is_block { '\n' } else { ' ' });
                write(out, value, indent + 2, !is_block);
            }
        }
        serde_json::Value::Array(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                let _ = write!(out, "{}- ", lead(at));
                write(out, item, indent + 2, true);
            }
        }
        serde_json::Value::String(written) => {
            let _ = writeln!(out, "{}", text(written, indent));
        }
        other => {
            let _ = writeln!(out, "{other}");
        }
    }
}

/// A text as it stands; in quotes or as a block where it would mean something else.
fn text(text: &str, indent: usize) -> String {
    if text.contains('\n') && !text.starts_with([' ', '\n']) && !text.contains(|c: char| c.is_control() && c != '\n') {
        let sign = if text.ends_with("\n\n") {
            "|+"
        } else if text.ends_with('\n') {
            "|"
        } else {
            "|-"
        };
        let lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
        let pad = " ".repeat(indent);
        return lines
            .fold(sign.to_owned(), |out, line| if line.is_empty() { out + "\n" } else { out + "\n" + &pad + line });
    }
    if text.contains(char::is_control) || is_ambiguous(text) {
        return serde_json::Value::from(text).to_string();
    }
    let starts_odd = text.starts_with(|c: char| " !&*|>'\"%@`#,[]{}".contains(c));
    let is_mark = ["-", "?", ":"].iter().any(|mark| text == *mark || text.starts_with(&format!("{mark} ")));
    let is_odd = starts_odd || is_mark || text.ends_with([' ', ':']) || text.contains(": ") || text.contains(" #");
    if is_odd { format!("'{}'", text.replace('\'', "''")) } else { text.to_owned() }
}

/// What a reader of some version of YAML takes for something other than a text.
fn is_ambiguous(text: &str) -> bool {
    const WORDS: &[&str] =
        &["y", "n", "yes", "no", "on", "off", "<<", "---", "...", ".nan", ".inf", "-.inf", "+.inf", "="];
    let is_date = text.len() >= 8
        && text.as_bytes().get(4) == Some(&b'-')
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"-:TtZz. +".contains(&byte));
    let is_base_60 = text.contains(':') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let means_text = matches!(scalar(text, ScalarStyle::Plain), Value::String(_));
    !means_text || is_date || is_base_60 || WORDS.contains(&text.to_ascii_lowercase().as_str())
}
