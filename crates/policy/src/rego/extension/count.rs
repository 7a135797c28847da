//! `strings.count`: the engine counts occurrences that overlap, and panics on an empty text. `strings.replace_n`: the engine replaces what
//! it has put in.

use regorus::Value;

use super::super::meter::is_strict;

/// How often one text is in another, one behind the other. The empty text is before, behind and between all characters.
pub(super) fn call(given: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(text), Value::String(part)] = given else {
        anyhow::ensure!(!is_strict(), "`strings.count` takes two strings");
        return Ok(Value::Undefined);
    };
    Ok(Value::from(text.matches(&**part).count()))
}

/// A text with others in the place of some, all looked for at once, the first in the order of letters first. `None` where the engine
/// knows what to say: of wrong types, and of an empty text that is looked for.
pub(super) fn replaced(given: &[Value]) -> Option<Value> {
    let [Value::Object(pairs), Value::String(text)] = given else { return None };
    let pair = |(old, new): (&Value, &Value)| match (old, new) {
        (Value::String(old), Value::String(new)) if !old.is_empty() => Some((old.to_string(), new.to_string())),
        _ => None,
    };
    let pairs: Vec<(String, String)> = pairs.iter_sorted().map(pair).collect::<Option<_>>()?;
    let (mut out, mut rest) = (String::new(), &**text);
    while let Some(character) = rest.chars().next() {
        let found = pairs.iter().find(|(old, _)| rest.starts_with(old.as_str()));
        let length = found.map_or(character.len_utf8(), |(old, _)| old.len());
        out += found.map_or(&rest[..length], |(_, new)| new);
        rest = &rest[length..];
    }
    Some(Value::from(out))
}
