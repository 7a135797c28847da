//! Values of the engine: made from documents, changed without touching the original, turned into JSON.

use std::sync::Arc;

use model::{Document, Node, NodeValue, Segment, TreePath};
use regorus::value::{Array, Object};

pub(crate) use regorus::Value;

/// A document's value. Its depth is what the document reader allows.
pub(crate) fn of_node(node: &Node) -> Value {
    match &node.value {
        NodeValue::Null => Value::Null,
        NodeValue::Bool(value) => Value::Bool(*value),
        NodeValue::Number(number) => of_number(number),
        NodeValue::String(text) => Value::String(text.as_str().into()),
        NodeValue::Array(items) => Value::from(items.iter().map(of_node).collect::<Vec<_>>()),
        NodeValue::Object(members) => {
            let pairs = members.iter().map(|(key, node)| (Value::String(key.name.as_str().into()), of_node(node)));
            Value::Object(Arc::new(pairs.collect::<Object>()))
        }
    }
}

/// What Conftest gives to a policy that sees all documents at once: `[{"path": …, "contents": …}]`. Files that could not be read
/// come last, with `null` for their contents.
pub(crate) fn of_documents(documents: &[&Document], unread: &[TreePath]) -> Value {
    together(documents.iter().map(|document| (&document.origin.path, of_node(&document.root))), unread)
}

/// The same of documents that were made values before.
pub(crate) fn together(read: impl Iterator<Item = (impl ToString, Value)>, unread: &[TreePath]) -> Value {
    let entry = |path: String, contents: Value| {
        let members = [(Value::from("path"), Value::from(path)), (Value::from("contents"), contents)];
        Value::Object(Arc::new(members.into_iter().collect::<Object>()))
    };
    let read = read.map(|(path, contents)| entry(path.to_string(), contents));
    Value::from(read.chain(unread.iter().map(|path| entry(path.to_string(), Value::Null))).collect::<Vec<_>>())
}

fn of_number(number: &serde_json::Number) -> Value {
    if let Some(value) = number.as_i64() {
        Value::from(value)
    } else if let Some(value) = number.as_u64() {
        Value::from(value)
    } else {
        number.as_f64().map_or(Value::Null, of_float)
    }
}

/// Conftest hands numbers to OPA in as few digits as tell them: `1.0` is a whole number, `1e21` is none.
fn of_float(number: f64) -> Value {
    let is_whole = number.fract() == 0.0 && number.abs() < 1e21;
    let whole = is_whole.then(|| Value::from_json_str(&format!("{number:.0}")).ok()).flatten();
    whole.unwrap_or_else(|| Value::from(number))
}

/// JSON for a value; sets become arrays, in their order.
pub(crate) fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null | Value::Undefined => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        // By its text a number would be read anew, and not always as the same.
        Value::Number(number) => match number.as_f64().filter(|_| !number.is_integer()) {
            Some(float) => float.into(),
            None => serde_json::to_value(value).unwrap_or_default(),
        },
        Value::String(text) => text.to_string().into(),
        Value::Array(items) => items.iter().map(json).collect(),
        Value::Set(items) => items.iter_sorted().map(json).collect(),
        Value::Object(members) => {
            let pairs = members.iter_sorted().map(|(key, value)| (name(key), json(value)));
            serde_json::Value::Object(pairs.collect())
        }
    }
}

fn name(key: &Value) -> String {
    match key {
        Value::String(text) => text.to_string(),
        other => json(other).to_string(),
    }
}

/// What stands at a path.
pub(crate) fn at<'v>(root: &'v Value, path: &[Segment]) -> Option<&'v Value> {
    path.iter().try_fold(root, |value, segment| match (segment, value) {
        (Segment::Key(key), Value::Object(members)) => members.get(&Value::from(key.as_str())),
        (Segment::Index(index), Value::Array(items)) => items.get(*index),
        _ => None,
    })
}

/// A copy in which the value at a path is another one; `None` takes it out. What is not on the path is shared. A path that
/// leads through members that are not there makes them.
pub(crate) fn with(root: &Value, path: &[Segment], new: Option<Value>) -> Value {
    let Some((first, rest)) = path.split_first() else { return new.unwrap_or(Value::Undefined) };
    match (first, root) {
        (Segment::Key(key), Value::Object(members)) => {
            let key = Value::from(key.as_str());
            let mut members = Object::clone(members);
            match (members.get(&key), rest.is_empty(), new) {
                (_, true, None) => {
                    members.remove(&key);
                }
                (old, _, new) => {
                    let old = old.cloned().unwrap_or_else(Value::new_object);
                    members.insert(key, with(&old, rest, new));
                }
            }
            Value::Object(Arc::new(members))
        }
        (Segment::Index(index), Value::Array(items)) if *index < items.len() => {
            let mut items = items.to_vec();
            if rest.is_empty() && new.is_none() {
                items.remove(*index);
            } else {
                items[*index] = with(&items[*index], rest, new);
            }
            Value::from(items)
        }
        (Segment::Key(_), Value::Null) => with(&Value::new_object(), path, new),
        _ => root.clone(),
    }
}

/// A copy in which of the array at a path only some elements are left: the others are `null` so that nothing moves, or gone.
pub(crate) fn with_elements(root: &Value, path: &[Segment], keep: &dyn Fn(usize) -> bool, shift: bool) -> Value {
    let Some(Value::Array(items)) = at(root, path) else { return root.clone() };
    let left: Array = if shift {
        items.iter().enumerate().filter(|(index, _)| keep(*index)).map(|(_, item)| item.clone()).collect()
    } else {
        items.iter().enumerate().map(|(index, item)| if keep(index) { item.clone() } else { Value::Null }).collect()
    };
    with(root, path, Some(Value::from(left)))
}
