//! What is reckoned with numbers that are not whole, as OPA does it: see [`super::real`]. Whole numbers are left to the engine.

use regorus::Value;

use super::super::meter::{LARGE, MOST_BITS, is_strict, round, untold};
use super::guarded::bits;
use super::real::{Real, is_whole};

pub(super) fn plus(given: &[Value]) -> anyhow::Result<Value> {
    match given {
        [Value::Number(left), Value::Number(right)] if !are_whole(given) => {
            stepped(given, Real::plus, || Ok(Value::Number(left.add(right)?)))
        }
        [Value::Number(left), Value::Number(right)] => Ok(Value::Number(left.add(right)?)),
        _ => undefined("`+` takes two numbers"),
    }
}

/// Of numbers, and of sets.
pub(super) fn minus(given: &[Value]) -> anyhow::Result<Value> {
    match given {
        [Value::Number(left), Value::Number(right)] if !are_whole(given) => {
            stepped(given, Real::minus, || Ok(Value::Number(left.sub(right)?)))
        }
        [Value::Number(left), Value::Number(right)] => Ok(Value::Number(left.sub(right)?)),
        [Value::Set(left), Value::Set(right)] => {
            let left = left.iter().filter(|item| !right.contains(item)).cloned();
            Ok(Value::from(left.collect::<std::collections::BTreeSet<Value>>()))
        }
        _ => undefined("`-` takes two numbers or two sets"),
    }
}

pub(super) fn times(given: &[Value]) -> anyhow::Result<Value> {
    let [Value::Number(left), Value::Number(right)] = given else {
        // It is undefined, and said: see `Program::ask`.
        return undefined("`*` takes two numbers");
    };
    anyhow::ensure!(bits(&given[0]) + bits(&given[1]) <= MOST_BITS, "{LARGE} a number of more than {MOST_BITS} bits");
    if are_whole(given) {
        return Ok(Value::Number(left.mul(right)?));
    }
    stepped(given, Real::times, || Ok(Value::Number(left.mul(right)?)))
}

pub(super) fn over(given: &[Value]) -> anyhow::Result<Value> {
    let [Value::Number(left), Value::Number(right)] = given else {
        return undefined("`/` takes two numbers");
    };
    if right.as_f64() == Some(0.0) {
        return undefined("divide by zero");
    }
    let by_engine = || Ok(Value::Number(left.clone().divide(right)?));
    match by_engine()? {
        whole if are_whole(given) && is_whole(&whole) => {
            if whole == Value::from(0) && !right.is_positive() {
                // OPA has `-0`.
                round(0.0);
            }
            Ok(whole)
        }
        _ => stepped(given, |left, right| left.over(right).unwrap_or(Real::ZERO), by_engine),
    }
}

/// The sum of a list or set; `None` where the engine reckons as OPA does.
pub(super) fn sum(items: &Value) -> Option<anyhow::Result<Value>> {
    let items = not_whole(items)?;
    let total = items.iter().map(Real::of).try_fold(Real::ZERO, |sum, item| Some(sum.plus(item?)))?;
    Some(total.value().ok_or_else(long))
}

/// The same of the product, of which OPA keeps 53 bits.
pub(super) fn product(items: &Value) -> Option<anyhow::Result<Value>> {
    let items = not_whole(items)?;
    let one = Real::of(&Value::from(1))?;
    let total = items.iter().map(Real::of).try_fold(one, |product, item| Some(product.times_shortly(item?)))?;
    Some(total.value().ok_or_else(long))
}

/// OPA cuts off what is behind the point, and takes one away where something was and the rest is below zero.
pub(super) fn floor(given: &[Value]) -> anyhow::Result<Value> {
    rounded(given, |whole, is_exact| if whole < 0.0 && !is_exact { whole - 1.0 } else { whole })
}

/// OPA cuts off what is behind the point, and adds one where something was and the rest is not below zero.
pub(super) fn ceil(given: &[Value]) -> anyhow::Result<Value> {
    rounded(given, |whole, is_exact| if whole < 0.0 || is_exact { whole } else { whole + 1.0 })
}

fn rounded(given: &[Value], step: fn(f64, bool) -> f64) -> anyhow::Result<Value> {
    let [Value::Number(number)] = given else { return undefined("it takes a number") };
    if is_whole(&given[0]) {
        return Ok(Value::Number(number.floor()));
    }
    let float = number.as_f64().ok_or_else(long)?;
    Ok(Value::from(step(float.trunc(), float.trunc() == float) as i64))
}

/// One step with 64 bits; by the engine where the numbers do not fit.
fn stepped(
    given: &[Value],
    step: fn(Real, Real) -> Real,
    by_engine: impl Fn() -> anyhow::Result<Value>,
) -> anyhow::Result<Value> {
    match (Real::of(&given[0]), Real::of(&given[1])) {
        (Some(left), Some(right)) => step(left, right).value().ok_or_else(long),
        _ => by_engine(),
    }
}

fn are_whole(given: &[Value]) -> bool {
    given.iter().all(is_whole)
}

/// The numbers of a list or set of which some are not whole.
fn not_whole(items: &Value) -> Option<Vec<Value>> {
    let items: Vec<Value> = match items {
        Value::Array(items) => items.to_vec(),
        Value::Set(items) => items.iter_sorted().cloned().collect(),
        _ => return None,
    };
    let are_numbers = items.iter().all(|item| matches!(item, Value::Number(_)));
    (are_numbers && !items.iter().all(is_whole)).then_some(items)
}

/// A builtin that fails is undefined, and said: see `Program::ask`.
fn undefined(why: &str) -> anyhow::Result<Value> {
    anyhow::ensure!(!is_strict(), "{why}");
    Ok(Value::Undefined)
}

/// A number that has more digits than the engine keeps.
fn long() -> anyhow::Error {
    untold("a number beyond 2^53 with a fraction, which this engine does not tell from its neighbours".to_owned())
}
