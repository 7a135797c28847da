//! What template strings become: texts as they are, values as terms, `<undefined>` for what is none.

use regorus::Value;

use super::text::term;

pub(super) fn call(given: &[Value]) -> anyhow::Result<Value> {
    let [Value::Array(parts)] = given else { return Ok(Value::Undefined) };
    let parts: anyhow::Result<Vec<String>> = parts.iter().map(part).collect();
    Ok(Value::from(parts?.concat()))
}

fn part(part: &Value) -> anyhow::Result<String> {
    let Value::Set(values) = part else { return Ok(shown(part)) };
    let mut values = values.iter_sorted();
    match (values.next(), values.next()) {
        (None, _) => Ok("<undefined>".to_owned()),
        (Some(value), None) => Ok(shown(value)),
        _ => {
            anyhow::bail!("an expression of a template string has several values; bring one out in a statement before")
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        other => term(other),
    }
}
