//! What is put around pieces of a policy that could take all there is in one step: see [`super::super::guard`].

use regorus::{Engine, Value};

use super::super::guard::{HELD, MADE, TIMES};
use super::super::meter::{LARGE, MOST_BITS, MOST_HELD, charge, is_strict, weight};

/// Gives them to an engine.
pub(super) fn install(engine: &mut Engine) -> anyhow::Result<()> {
    engine.add_extension(TIMES.to_owned(), 2, Box::new(|given: Vec<Value>| times(&given)))?;
    engine.add_extension(MADE.to_owned(), 2, Box::new(|given: Vec<Value>| made(given)))?;
    engine.add_extension(HELD.to_owned(), 1, Box::new(|given: Vec<Value>| held(given)))
}

fn times(given: &[Value]) -> anyhow::Result<Value> {
    let [Value::Number(left), Value::Number(right)] = given else {
        // It is undefined, and said: see `Program::ask`.
        anyhow::ensure!(!is_strict(), "`*` takes two numbers");
        return Ok(Value::Undefined);
    };
    anyhow::ensure!(bits(&given[0]) + bits(&given[1]) <= MOST_BITS, "{LARGE} a number of more than {MOST_BITS} bits");
    Ok(Value::Number(left.mul(right)?))
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
