//! `input.review`: an object as the admission request that would bring it.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Node, Segment};

use super::objects::{self, metadata};
use crate::evaluate::Frame;
use crate::rego::{Value, of_node};

/// Texts of parameters that are tried as keys, and how long one may be: as long as a key of Kubernetes.
const MOST_GIVEN: usize = 16;
const LONGEST_GIVEN: usize = 317;

/// What a request asks for when an object comes alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// A manifest that is about to be applied.
    Create,
    /// What the field's test runner gives.
    None,
}

/// What stands around the object that is judged.
pub(super) fn frame(object: &Node, operation: Operation, parameters: &Value) -> Frame {
    let operation = match operation {
        Operation::Create => "CREATE",
        Operation::None => "",
    };
    let review = members([
        ("uid", Value::from("")),
        ("kind", group_version_kind(object)),
        ("resource", members([("group", ""), ("version", ""), ("resource", "")].map(text))),
        ("name", Value::from(metadata(object, "name"))),
        ("namespace", Value::from(metadata(object, "namespace"))),
        ("operation", Value::from(operation)),
        ("userInfo", Value::new_object()),
        ("oldObject", Value::Null),
        ("dryRun", Value::Bool(false)),
        ("options", Value::Null),
    ]);
    around(review, parameters)
}

/// What stands around the object of a request that is given whole.
pub(super) fn frame_of_request(request: &Node, parameters: &Value) -> Frame {
    around(of_node(request), parameters)
}

fn around(review: Value, parameters: &Value) -> Frame {
    let input = members([("review", review), ("parameters", parameters.clone())]);
    let path = ["review", "object"].map(|name| Segment::Key(name.to_owned()));
    let mut given = Vec::new();
    gather(parameters, &mut given);
    Frame { input, path: path.to_vec(), given }
}

/// Texts among the parameters that may be keys: names of labels, annotations, fields.
fn gather(value: &Value, given: &mut Vec<String>) {
    match value {
        Value::String(text) if given.len() < MOST_GIVEN && text.len() <= LONGEST_GIVEN => given.push(text.to_string()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, given)),
        Value::Object(members) => members.values().for_each(|value| gather(value, given)),
        _ => {}
    }
}

fn group_version_kind(object: &Node) -> Value {
    let parts =
        [("group", objects::group(object)), ("version", objects::version(object)), ("kind", objects::kind(object))];
    members(parts.map(text))
}

fn text((name, text): (&'static str, &str)) -> (&'static str, Value) {
    (name, Value::from(text))
}

fn members<const N: usize>(parts: [(&str, Value); N]) -> Value {
    let pairs: BTreeMap<Value, Value> = parts.into_iter().map(|(name, value)| (Value::from(name), value)).collect();
    Value::Object(Arc::new(pairs.into_iter().collect()))
}
