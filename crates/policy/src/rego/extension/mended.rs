//! Builtins of the engine that do something otherwise than OPA's: what they are given, or what they give, is made what it would be there.

use regorus::Value;

use super::super::meter::{is_strict, untold};
use super::calendar;
use super::pattern::{compiled, translated};

/// What is done before a builtin is called: its arguments are changed, or the answer is known already.
pub(super) fn before(name: &str, given: &mut [Value]) -> Option<anyhow::Result<Value>> {
    if let Some(place) = pattern_of(name)
        && let Some(Value::String(pattern)) = given.get(place)
    {
        match translated(pattern) {
            Ok(pattern) => given[place] = Value::from(pattern),
            Err(_) if name == "regex.is_valid" => return Some(Ok(Value::Bool(false))),
            Err(error) => return Some(undefined(&error.to_string())),
        }
    }
    if wholes_of(name).iter().any(|place| given.get(*place).is_some_and(is_no_whole)) {
        return Some(undefined("it takes whole numbers"));
    }
    let answer = known(name, given);
    if answer.is_none() {
        rewrite(name, given);
    }
    answer
}

/// The answer of a call that the engine would answer otherwise.
fn known(name: &str, given: &[Value]) -> Option<anyhow::Result<Value>> {
    let none = |why: &str| Some(undefined(why));
    match (name, given) {
        ("json.is_valid" | "net.cidr_is_valid", [value]) if !matches!(value, Value::String(_)) => {
            Some(Ok(Value::Bool(false)))
        }
        ("numbers.range_step", [_, _, Value::Number(step)]) if !step.is_positive() || step.as_u64() == Some(0) => {
            none("step must be a positive number above zero")
        }
        ("sort" | "max" | "min", [Value::Array(items)]) if has_both(items.iter()) => Some(Err(order())),
        ("sort" | "max" | "min", [Value::Set(items)]) if has_both(items.iter()) => Some(Err(order())),
        ("net.cidr_contains", [block, part])
            if mapped(part).is_none() && (has_leading_zero(block) || has_leading_zero(part)) =>
        {
            none("an address has no zeros before its numbers")
        }
        ("regex.split", [Value::String(pattern), Value::String(text)]) => split(pattern, text),
        ("time.parse_rfc3339_ns", [Value::String(text)]) if !calendar::is_rfc3339(text) => {
            none("it is no time of RFC 3339")
        }
        ("time.parse_ns", [layout, Value::String(text)]) if is_of_rfc3339(layout) && !calendar::is_rfc3339(text) => {
            none("it is no time of RFC 3339")
        }
        _ => None,
    }
}

/// Makes arguments what the engine takes as OPA takes them.
fn rewrite(name: &str, given: &mut [Value]) {
    match (name, &mut *given) {
        ("net.cidr_contains", [_, part @ Value::String(_)]) => replace(part, mapped),
        ("to_number", [number @ Value::String(_)]) => replace(number, with_digits),
        ("time.parse_duration_ns", [duration @ Value::String(_)]) => {
            replace(duration, |text| text.as_string().ok().and_then(|text| calendar::in_hours(text)).map(Value::from));
        }
        ("time.parse_ns", [Value::String(layout), Value::String(text)])
            if layout.contains(['0', '1', '2']) && !layout.starts_with("RFC") =>
        {
            // The engine reads no further than its layout goes.
            let ends = [format!("{layout}|"), format!("{text}|")].map(Value::from);
            given.clone_from_slice(&ends);
        }
        _ => {}
    }
}

fn replace(value: &mut Value, by: impl Fn(&Value) -> Option<Value>) {
    if let Some(other) = by(value) {
        *value = other;
    }
}

/// What is done with the answer of a builtin.
pub(super) fn after(name: &str, given: &[Value], answer: Value) -> Value {
    match (name, answer) {
        ("json.marshal" | "json.marshal_with_options", Value::String(text)) => Value::from(escaped(&text)),
        ("uuid.parse", Value::Object(members)) => {
            let (variant, old) = (Value::from("variant"), Value::from("NCS"));
            let mut members = (*members).clone();
            if members.get(&variant) == Some(&old) {
                members.insert(variant, Value::from("Reserved"));
            }
            Value::Object(std::sync::Arc::new(members))
        }
        ("time.format", answer @ Value::String(_)) => fraction(given).unwrap_or(answer),
        (_, answer) => answer,
    }
}

/// Where a pattern stands among the arguments.
fn pattern_of(name: &str) -> Option<usize> {
    match name {
        "regex.find_all_string_submatch_n" | "regex.find_n" | "regex.is_valid" | "regex.match" | "regex.split" => {
            Some(0)
        }
        "regex.replace" => Some(1),
        _ => None,
    }
}

/// Where whole numbers of 64 bits stand, without which there is no answer.
fn wholes_of(name: &str) -> &'static [usize] {
    match name {
        "array.slice" | "substring" => &[1, 2],
        "regex.find_all_string_submatch_n" | "regex.find_n" => &[2],
        _ => &[],
    }
}

fn is_no_whole(value: &Value) -> bool {
    matches!(value, Value::Number(number) if !number.is_integer() || number.as_i64().is_none())
}

/// Go's layouts are like `2006-01-02`; this is one by name.
fn is_of_rfc3339(layout: &Value) -> bool {
    matches!(layout, Value::String(name) if name.starts_with("RFC3339"))
}

/// Whether there are objects and sets, which stand the other way round for the engine.
fn has_both<'v>(items: impl Iterator<Item = &'v Value>) -> bool {
    let (mut has_object, mut has_set) = (false, false);
    for item in items {
        has_object |= matches!(item, Value::Object(_));
        has_set |= matches!(item, Value::Set(_));
    }
    has_object && has_set
}

fn order() -> anyhow::Error {
    untold("the order of objects and sets beside each other is not OPA's here".to_owned())
}

/// An address of IPv4 that is written as one of IPv6.
fn mapped(address: &Value) -> Option<Value> {
    let Value::String(text) = address else { return None };
    let rest = text.to_ascii_lowercase().strip_prefix("::ffff:")?.to_owned();
    (rest.contains('.') && !rest.contains('/')).then(|| Value::from(rest))
}

/// `+1`, `.5`, `5.` and `007` are numbers for OPA.
fn with_digits(number: &Value) -> Option<Value> {
    let Value::String(text) = number else { return None };
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_empty = whole.is_empty() && (fraction.is_empty() || !digits.contains('.'));
    let is_number = are_digits(whole) && are_digits(fraction) && !is_empty;
    let has_zeros = whole.len() > 1 && whole.starts_with('0');
    let is_other = text.starts_with('+') || whole.is_empty() || fraction.is_empty() || has_zeros;
    let filled = |part: &str| if part.is_empty() { "0".to_owned() } else { part.to_owned() };
    let whole = filled(whole.trim_start_matches('0'));
    let written = match digits.contains('.') {
        true => format!("{sign}{whole}.{}", filled(fraction)),
        false => format!("{sign}{whole}"),
    };
    (is_number && is_other).then(|| Value::from(written))
}

/// `010.0.0.1`.
fn has_leading_zero(address: &Value) -> bool {
    let Value::String(text) = address else { return false };
    let address = text.split('/').next().unwrap_or_default();
    !address.contains(':') && address.split('.').any(|part| part.len() > 1 && part.starts_with('0'))
}

/// A JSON text with its strings as Go writes them. What is before and between values may be anything.
fn escaped(text: &str) -> String {
    if !text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    let (mut is_string, mut is_escaped) = (false, false);
    for character in text.chars() {
        is_string ^= character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        match character {
            '<' if is_string => out += "\\u003c",
            '>' if is_string => out += "\\u003e",
            '&' if is_string => out += "\\u0026",
            '\u{2028}' if is_string => out += "\\u2028",
            '\u{2029}' if is_string => out += "\\u2029",
            other => out.push(other),
        }
    }
    out
}

/// Pieces between matches; where a pattern matches nothing at the beginning or the end there is no piece.
fn split(pattern: &str, text: &str) -> Option<anyhow::Result<Value>> {
    if text.is_empty() {
        return None;
    }
    let regex = compiled(pattern).ok()?;
    let (mut pieces, mut from, mut end) = (Vec::new(), 0, 0);
    for found in regex.find_iter(text) {
        end = found.start();
        if found.end() != 0 {
            pieces.push(Value::from(&text[from..end]));
        }
        from = found.end();
    }
    if end != text.len() {
        pieces.push(Value::from(&text[from..]));
    }
    Some(Ok(Value::from(pieces)))
}

/// `time.format` by the layout that writes only the digits which a fraction has.
fn fraction(given: &[Value]) -> Option<Value> {
    let [Value::Array(parts)] = given else { return None };
    let [at, zone, Value::String(layout)] = parts.as_slice() else { return None };
    let is_nano = &**layout == "RFC3339Nano" || &**layout == "2006-01-02T15:04:05.999999999Z07:00";
    if !is_nano {
        return None;
    }
    let (call, _) = *regorus::unstable::BUILTINS.get("time.format")?;
    let plain = Value::from(vec![Value::from(vec![at.clone(), zone.clone(), Value::from("RFC3339")])]);
    let (span, params) = super::metered::nowhere().ok()?;
    let Value::Array(plain) = plain else { return None };
    match call(&span, &params, plain.as_slice(), false).ok()? {
        Value::String(text) => Some(Value::from(calendar::with_fraction(&text, at.as_i64().ok()?))),
        _ => None,
    }
}

fn undefined(why: &str) -> anyhow::Result<Value> {
    anyhow::ensure!(!is_strict(), "{why}");
    Ok(Value::Undefined)
}
