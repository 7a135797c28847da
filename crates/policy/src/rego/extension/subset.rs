//! `object.subset`: the engine's panics on an empty array.

use regorus::Value;

/// Whether the second is part of the first: of objects every member, arrays as a run of elements, sets as sets; an array may hold
/// the elements of a set. Other pairs have no answer.
pub(super) fn call(arguments: &[Value]) -> anyhow::Result<Value> {
    let [all, part] = arguments else { anyhow::bail!("object.subset takes two arguments") };
    Ok(match (all, part) {
        (Value::Object(_), Value::Object(_))
        | (Value::Set(_), Value::Set(_))
        | (Value::Array(_), Value::Array(_) | Value::Set(_)) => Value::Bool(is_subset(all, part)),
        _ => Value::Undefined,
    })
}

/// The depth is that of the values, which the document reader limits.
fn is_subset(all: &Value, part: &Value) -> bool {
    match (all, part) {
        (Value::Object(all), Value::Object(part)) => {
            part.iter().all(|(key, value)| all.get(key).is_some_and(|other| is_subset(other, value)))
        }
        (Value::Set(all), Value::Set(part)) => part.is_subset(all),
        (Value::Array(all), Value::Array(part)) => {
            part.is_empty() || all.as_slice().windows(part.len()).any(|run| run == part.as_slice())
        }
        // OPA counts what of the array is in the set, twice what is there twice, and an empty array has no part.
        (Value::Array(all), Value::Set(part)) => {
            !all.is_empty() && all.iter().filter(|item| part.contains(item)).count() >= part.len()
        }
        (all, part) => all == part,
    }
}
