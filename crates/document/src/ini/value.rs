//! What the text behind a name means.

use std::ops::Range;

use model::NodeValue;
use serde_json::Number;

/// The value's place in a text that starts behind the delimiter: quotes and a comment behind it are left out.
pub(super) fn place(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    let rest = text.trim();
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'));
    if let Some(quote) = quote
        && let Some(length) = rest[1..].find(quote)
    {
        return start + 1..start + 1 + length;
    }
    let bare = rest.find(['#', ';']).map_or(rest, |at| rest[..at].trim_end());
    start..start + bare.len()
}

/// Numbers and truth values are told, as Conftest tells them; all else is text.
pub(super) fn typed(text: &str) -> NodeValue {
    number(text)
        .map(NodeValue::Number)
        .or_else(|| boolean(text).map(NodeValue::Bool))
        .unwrap_or_else(|| NodeValue::String(text.to_owned()))
}

fn number(text: &str) -> Option<Number> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') || text.len() > 400 {
        return None;
    }
    // An integer that no float holds exactly would lose digits.
    if let Ok(integer) = text.parse::<i64>() {
        return Some(integer.into());
    }
    let is_decimal = digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    Number::from_f64(text.parse::<f64>().ok().filter(|_| is_decimal && digits.bytes().any(|b| !b.is_ascii_digit()))?)
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "t" | "T" | "true" | "True" | "TRUE" => Some(true),
        "f" | "F" | "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}
