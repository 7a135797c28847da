//! Lists: what OPA has got since, and ranges that cannot eat the memory.

use regorus::Value;

/// Elements of the longest range; OPA has no limit, and no document is that long.
const LONGEST_RANGE: u64 = 1 << 20;

/// `array.flatten`: elements that are arrays give their elements, one level deep.
pub(super) fn flatten(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::Array(items)] = arguments else { return Ok(Value::Undefined) };
    let mut flat = Vec::new();
    for item in items.iter() {
        match item {
            Value::Array(inner) => flat.extend(inner.iter().cloned()),
            other => flat.push(other.clone()),
        }
    }
    Ok(Value::from(flat))
}

/// `numbers.range`: from the first to the last, both among them, up or down.
pub(super) fn range(arguments: &[Value]) -> anyhow::Result<Value> {
    let [first, last] = arguments else { return Ok(Value::Undefined) };
    let (Ok(first), Ok(last)) = (first.as_i64(), last.as_i64()) else { return Ok(Value::Undefined) };
    if first.abs_diff(last) >= LONGEST_RANGE {
        anyhow::bail!("numbers.range: from {first} to {last} are more than the limit of {LONGEST_RANGE} numbers");
    }
    let numbers: Vec<Value> = if first <= last {
        (first..=last).map(Value::from).collect()
    } else {
        (last..=first).rev().map(Value::from).collect()
    };
    Ok(Value::from(numbers))
}

/// `strings.split_n`: the first so many pieces; with a negative number the last so many.
pub(super) fn split_n(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(text), Value::String(delimiter), most] = arguments else { return Ok(Value::Undefined) };
    let Ok(most) = most.as_i64() else { return Ok(Value::Undefined) };
    let pieces: Vec<Value> = if delimiter.is_empty() {
        text.chars().map(|character| Value::from(character.to_string())).collect()
    } else {
        text.split(&**delimiter).map(Value::from).collect()
    };
    let count = usize::try_from(most.unsigned_abs()).unwrap_or(usize::MAX).min(pieces.len());
    let kept = if most < 0 { &pieces[pieces.len() - count..] } else { &pieces[..count] };
    Ok(Value::from(kept.to_vec()))
}
