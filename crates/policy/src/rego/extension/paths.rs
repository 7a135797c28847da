//! `json.filter` and `json.remove`: the engine loses values that paths go through without being able to, and gives up where OPA leaves a
//! value as it is.

use std::collections::BTreeMap;

use regorus::Value;

use super::super::meter::is_strict;

/// No document is so deep; what paths name is made and let go step by step.
const MOST_STEPS: usize = 500;

/// What paths name, one below the other.
enum Named {
    /// All of the value here: a path ends.
    Whole,
    Below(BTreeMap<Value, Named>),
}

/// What of an object lies on the paths.
pub(super) fn filter(given: &[Value]) -> anyhow::Result<Value> {
    let Some((object, named)) = read(given)? else { return refused("json.filter") };
    Ok(filtered(object, &named))
}

/// An object without what the paths name.
pub(super) fn remove(given: &[Value]) -> anyhow::Result<Value> {
    let Some((object, named)) = read(given)? else { return refused("json.remove") };
    Ok(removed(object, Some(&named)).unwrap_or(Value::Undefined))
}

fn refused(name: &str) -> anyhow::Result<Value> {
    anyhow::ensure!(!is_strict(), "`{name}` takes an object, and a list or set of paths");
    Ok(Value::Undefined)
}

/// Nothing where the arguments are of other types; an error for a path that is longer than values are deep.
fn read(given: &[Value]) -> anyhow::Result<Option<(&Value, Named)>> {
    let [object @ Value::Object(_), paths] = given else { return Ok(None) };
    let paths: Vec<&Value> = match paths {
        Value::Array(paths) => paths.iter().collect(),
        Value::Set(paths) => paths.iter_sorted().collect(),
        _ => return Ok(None),
    };
    let mut named = Named::Below(BTreeMap::new());
    for path in paths {
        let Some(steps) = steps(path) else { return Ok(None) };
        anyhow::ensure!(steps.len() <= MOST_STEPS, "a path has {} steps, and may have {MOST_STEPS}", steps.len());
        named.add(&steps);
    }
    Ok(Some((object, named)))
}

/// `a/b~1c` is `a`, then `b/c`; a list is its elements.
fn steps(path: &Value) -> Option<Vec<Value>> {
    match path {
        Value::String(text) if text.is_empty() => Some(Vec::new()),
        Value::String(text) => {
            let steps = text.trim_start_matches('/').split('/');
            Some(steps.map(|step| Value::from(step.replace("~1", "/").replace("~0", "~"))).collect())
        }
        Value::Array(steps) => Some(steps.iter().cloned().collect()),
        _ => None,
    }
}

impl Named {
    fn add(&mut self, steps: &[Value]) {
        // Below what is named whole there is nothing to add.
        let (Named::Below(names), Some((first, rest))) = (self, steps.split_first()) else { return };
        if rest.is_empty() {
            names.insert(first.clone(), Named::Whole);
        } else {
            names.entry(first.clone()).or_insert_with(|| Named::Below(BTreeMap::new())).add(rest);
        }
    }

    fn at(&self, key: &Value) -> Option<&Named> {
        match self {
            Named::Whole => None,
            Named::Below(names) => names.get(key),
        }
    }
}

/// The depth is that of the value, which the document reader limits.
fn filtered(value: &Value, named: &Named) -> Value {
    if matches!(named, Named::Whole) {
        return value.clone();
    }
    match value {
        Value::Array(items) => {
            let kept = items.iter().enumerate().filter_map(|(at, item)| Some(filtered(item, named.at(&index(at))?)));
            Value::from(kept.collect::<Vec<_>>())
        }
        Value::Set(items) => {
            let kept = items.iter_sorted().filter_map(|item| Some(filtered(item, named.at(item)?)));
            Value::from(kept.collect::<std::collections::BTreeSet<_>>())
        }
        Value::Object(members) => {
            let kept = members.iter().filter_map(|(key, value)| Some((key.clone(), filtered(value, named.at(key)?))));
            Value::from(kept.collect::<BTreeMap<_, _>>())
        }
        other => other.clone(),
    }
}

/// `None` for what is named whole.
fn removed(value: &Value, named: Option<&Named>) -> Option<Value> {
    let Some(named) = named else { return Some(value.clone()) };
    if matches!(named, Named::Whole) {
        return None;
    }
    Some(match value {
        Value::Array(items) => {
            let kept = items.iter().enumerate().filter_map(|(at, item)| removed(item, named.at(&index(at))));
            Value::from(kept.collect::<Vec<_>>())
        }
        Value::Set(items) => {
            let kept = items.iter_sorted().filter_map(|item| removed(item, named.at(item)));
            Value::from(kept.collect::<std::collections::BTreeSet<_>>())
        }
        Value::Object(members) => {
            let kept = members.iter().filter_map(|(key, value)| Some((key.clone(), removed(value, named.at(key))?)));
            Value::from(kept.collect::<BTreeMap<_, _>>())
        }
        other => other.clone(),
    })
}

/// Places in lists are texts in paths.
fn index(at: usize) -> Value {
    Value::from(at.to_string())
}
