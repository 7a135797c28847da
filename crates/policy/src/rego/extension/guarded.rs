//! What is put around pieces of a policy that could take all there is in one step: see [`super::super::guard`].

use regorus::{Engine, Value};

use super::super::guard::{HELD, ITEMS, MADE, MINUS, OVER, PLUS, TIMES};
use super::super::membership::{MEMBER, MEMBER_AT};
use super::super::meter::{LARGE, MOST_HELD, charge, weight};
use super::reckoned;

/// Gives them to an engine.
pub(super) fn install(engine: &mut Engine) -> anyhow::Result<()> {
    engine.add_extension(PLUS.to_owned(), 2, Box::new(|given: Vec<Value>| reckoned::plus(&given)))?;
    engine.add_extension(MINUS.to_owned(), 2, Box::new(|given: Vec<Value>| reckoned::minus(&given)))?;
    engine.add_extension(TIMES.to_owned(), 2, Box::new(|given: Vec<Value>| reckoned::times(&given)))?;
    engine.add_extension(OVER.to_owned(), 2, Box::new(|given: Vec<Value>| reckoned::over(&given)))?;
    engine.add_extension(ITEMS.to_owned(), 1, Box::new(|given: Vec<Value>| Ok(items(given))))?;
    engine.add_extension(MEMBER.to_owned(), 2, Box::new(|given: Vec<Value>| Ok(Value::Bool(is_member(&given)))))?;
    engine.add_extension(
        MEMBER_AT.to_owned(),
        3,
        Box::new(|given: Vec<Value>| Ok(Value::Bool(is_member_at(&given)))),
    )?;
    engine.add_extension(MADE.to_owned(), 2, Box::new(|given: Vec<Value>| made(given)))?;
    engine.add_extension(HELD.to_owned(), 1, Box::new(|given: Vec<Value>| held(given)))
}

/// What holds others as it is.
fn items(mut given: Vec<Value>) -> Value {
    match given.pop() {
        Some(items @ (Value::Array(_) | Value::Set(_) | Value::Object(_))) => items,
        _ => Value::new_array(),
    }
}

fn is_member(given: &[Value]) -> bool {
    match given {
        [item, Value::Array(items)] => items.contains(item),
        [item, Value::Set(items)] => items.contains(item),
        [item, Value::Object(members)] => members.values().any(|value| value == item),
        _ => false,
    }
}

fn is_member_at(given: &[Value]) -> bool {
    match given {
        [key, item, all @ (Value::Array(_) | Value::Object(_))] => all[key] == *item,
        [key, item, Value::Set(items)] => key == item && items.contains(item),
        _ => false,
    }
}

/// As many as a whole number has.
pub(super) fn bits(value: &Value) -> u64 {
    match value {
        Value::Number(number) if number.is_integer() => number.as_big().map_or(64, |large| large.bits()),
        _ => 64,
    }
}

/// An element as it is, counted with what it takes.
fn made(mut given: Vec<Value>) -> anyhow::Result<Value> {
    let bytes = given.pop().and_then(|bytes| bytes.as_u64().ok()).unwrap_or(0);
    charge(usize::try_from(bytes).unwrap_or(usize::MAX))?;
    Ok(given.pop().unwrap_or(Value::Undefined))
}

fn held(mut given: Vec<Value>) -> anyhow::Result<Value> {
    let value = given.pop().unwrap_or(Value::Undefined);
    anyhow::ensure!(weight(&value) <= MOST_HELD, "{LARGE} a value of more than {MOST_HELD} bytes, were it written out");
    Ok(value)
}
