//! Values as OPA writes them into texts.

use regorus::Value;

use super::super::literals::printed;

/// A value as a term: strings in quotes, `set()` for the empty set.
pub(super) fn term(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", joined(items.iter().map(term))),
        Value::Set(items) if items.is_empty() => "set()".to_owned(),
        Value::Set(items) => format!("{{{}}}", joined(items.iter_sorted().map(term))),
        Value::Object(members) => {
            let pairs = members.iter_sorted().map(|(key, value)| format!("{}: {}", term(key), term(value)));
            format!("{{{}}}", joined(pairs))
        }
        number @ Value::Number(_) => printed(number),
        other => other.to_string(),
    }
}

/// A text in double quotes as Go writes it.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.chars().map(|character| escaped(character, '"')).collect::<String>())
}

/// A character as Go writes it between these quotes.
pub(super) fn escaped(character: char, quote: char) -> String {
    match character {
        '\u{7}' => "\\a".to_owned(),
        '\u{8}' => "\\b".to_owned(),
        '\u{c}' => "\\f".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '\u{b}' => "\\v".to_owned(),
        '\\' => "\\\\".to_owned(),
        other if other == quote => format!("\\{other}"),
        other if (other as u32) < 0x20 || other == '\u{7f}' => format!("\\x{:02x}", other as u32),
        other if other.is_control() => format!("\\u{:04x}", other as u32),
        other => other.to_string(),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
