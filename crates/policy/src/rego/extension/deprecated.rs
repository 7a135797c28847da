//! Builtins that version 0 of the language has and version 1 has not.

use regorus::Value;

/// Their names; modules in version 1 must not use them.
pub(super) const NAMES: &[&str] =
    &["all", "any", "cast_array", "cast_boolean", "cast_null", "cast_object", "cast_set", "cast_string", "set_diff"];

/// Whether all elements are true.
pub(super) fn all(arguments: &[Value]) -> anyhow::Result<Value> {
    Ok(elements(&arguments[0]).map_or(Value::Undefined, |items| Value::Bool(items.iter().all(is_true))))
}

/// Whether an element is true.
pub(super) fn any(arguments: &[Value]) -> anyhow::Result<Value> {
    Ok(elements(&arguments[0]).map_or(Value::Undefined, |items| Value::Bool(items.iter().any(is_true))))
}

/// An array or set as an array.
pub(super) fn cast_array(arguments: &[Value]) -> anyhow::Result<Value> {
    Ok(elements(&arguments[0]).map_or(Value::Undefined, Value::from))
}

/// An array or set as a set.
pub(super) fn cast_set(arguments: &[Value]) -> anyhow::Result<Value> {
    let set = |items: Vec<Value>| Value::from(items.into_iter().collect::<std::collections::BTreeSet<Value>>());
    Ok(elements(&arguments[0]).map_or(Value::Undefined, set))
}

/// A string; others have no answer.
pub(super) fn cast_string(arguments: &[Value]) -> anyhow::Result<Value> {
    Ok(only(arguments, |value| matches!(value, Value::String(_))))
}

/// A truth value; others have no answer.
pub(super) fn cast_boolean(arguments: &[Value]) -> anyhow::Result<Value> {
    Ok(only(arguments, |value| matches!(value, Value::Bool(_))))
}

/// `null`; others have no answer.
pub(super) fn cast_null(arguments: &[Value]) -> anyhow::Result<Value> {
    Ok(only(arguments, |value| matches!(value, Value::Null)))
}

/// An object; others have no answer.
pub(super) fn cast_object(arguments: &[Value]) -> anyhow::Result<Value> {
    Ok(only(arguments, |value| matches!(value, Value::Object(_))))
}

/// What the first set has and the second has not.
pub(super) fn set_diff(arguments: &[Value]) -> anyhow::Result<Value> {
    let (Value::Set(left), Value::Set(right)) = (&arguments[0], &arguments[1]) else { return Ok(Value::Undefined) };
    Ok(left.difference(right).into_value())
}

fn elements(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(items) => Some(items.to_vec()),
        Value::Set(items) => Some(items.iter_sorted().cloned().collect()),
        _ => None,
    }
}

fn only(arguments: &[Value], fits: impl Fn(&Value) -> bool) -> Value {
    arguments.first().filter(|value| fits(value)).cloned().unwrap_or(Value::Undefined)
}

fn is_true(value: &Value) -> bool {
    *value == Value::Bool(true)
}
