//! What a scalar means.
//!
//! The core schema of YAML 1.2, and where Kubernetes' readers (Go, YAML 1.1 habits) take more, what they take, for a policy
//! must see what the cluster will see: `yes no on off y n` are truth values, `0644` is octal, `1_000` is a number. (Readers
//! that keep to YAML 1.2, such as newer releases of Helm, take `yes` and `y` for text.) Keys stay as written. An integer that does not fit 64 bits and a number beyond any finite one stay text too,
//! for nothing behind us could hold them exactly. Dates, base 60 and unknown tags are text as it stands.

use model::NodeValue;
use saphyr_parser::Tag;
use serde_json::Number;

/// The value of a scalar.
pub(super) fn value(text: &str, is_plain: bool, tag: Option<&Tag>) -> NodeValue {
    match tag {
        None if is_plain => plain(text),
        None => string(text),
        Some(tag) if tag.is_yaml_core_schema() => tagged(text, &tag.suffix),
        // `!` alone asks for text.
        Some(tag) if tag.handle.is_empty() && matches!(tag.suffix.as_str(), "" | "!") => string(text),
        Some(_) if is_plain => plain(text),
        Some(_) => string(text),
    }
}

fn tagged(text: &str, suffix: &str) -> NodeValue {
    let meant = match suffix {
        "null" => null(text),
        "bool" => boolean(text),
        "int" | "float" => number(text),
        _ => None,
    };
    meant.unwrap_or_else(|| string(text))
}

fn plain(text: &str) -> NodeValue {
    null(text).or_else(|| boolean(text)).or_else(|| number(text)).unwrap_or_else(|| string(text))
}

fn string(text: &str) -> NodeValue {
    NodeValue::String(text.to_owned())
}

fn null(text: &str) -> Option<NodeValue> {
    matches!(text, "" | "~" | "null" | "Null" | "NULL").then_some(NodeValue::Null)
}

fn boolean(text: &str) -> Option<NodeValue> {
    match text {
        "true" | "True" | "TRUE" | "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => {
            Some(NodeValue::Bool(true))
        }
        "false" | "False" | "FALSE" | "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            Some(NodeValue::Bool(false))
        }
        _ => None,
    }
}

fn number(text: &str) -> Option<NodeValue> {
    let first = text.bytes().next()?;
    // No number is longer, however it pads itself.
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) || text.len() > 400 {
        return None;
    }
    let plain = text.replace('_', "");
    integer(&plain).or_else(|| float(&plain)).map(NodeValue::Number)
}

fn integer(text: &str) -> Option<Number> {
    let (is_negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = magnitude(digits)?;
    if is_negative {
        let signed = 0i64.checked_sub_unsigned(magnitude)?;
        return Some(signed.into());
    }
    Some(magnitude.into())
}

fn magnitude(digits: &str) -> Option<u64> {
    let (radix, digits) = match digits.get(..2) {
        Some("0x" | "0X") => (16, &digits[2..]),
        Some("0o" | "0O") => (8, &digits[2..]),
        Some("0b" | "0B") => (2, &digits[2..]),
        Some(pair) if pair.starts_with('0') => (8, &digits[1..]),
        _ => (10, digits),
    };
    // `from_str_radix` takes a sign, which has no place here.
    let is_plain = digits.bytes().all(|digit| digit.is_ascii_alphanumeric());
    if is_plain { u64::from_str_radix(digits, radix).ok() } else { None }
}

/// Integers that do not fit are not made floats: they would lose digits.
fn float(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let all_digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let is_mantissa = all_digits(whole) && fraction.is_none_or(all_digits);
    let has_digits = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    let is_exponent = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    });
    let is_integer = fraction.is_none() && exponent.is_none();
    if !is_mantissa || !has_digits || !is_exponent || (is_integer && whole.len() > 15) {
        return None;
    }
    Number::from_f64(text.parse::<f64>().ok()?)
}
