//! `strings.count`: the engine counts occurrences that overlap, and panics on an empty text.

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
