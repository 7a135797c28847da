//! Documents made from one by a single change.

use serde_json::{Map, Value as Json, json};

/// A change of one node.
#[derive(Clone)]
enum Change {
    Remove,
    Rename,
    Put(Json),
    /// Into a list, and under a key.
    Wrap,
    WrapInKey,
}

/// The way to a node.
type Way = Vec<Step>;

#[derive(Clone)]
enum Step {
    Key(String),
    Item(usize),
}

/// Every single change of every node.
pub(super) fn all(root: &Json) -> impl Iterator<Item = Json> {
    let mut ways = Vec::new();
    gather(root, &mut Vec::new(), &mut ways);
    let changes = changes();
    ways.into_iter().flat_map(move |way| {
        let made: Vec<Json> = changes.iter().filter_map(|change| changed(root, &way, change)).collect();
        made
    })
}

/// So many of them at most, from all over.
pub(super) fn some(root: &Json, most: usize) -> Vec<Json> {
    let all: Vec<Json> = all(root).collect();
    let every = all.len().div_ceil(most).max(1);
    all.into_iter().step_by(every).collect()
}

fn changes() -> Vec<Change> {
    let values = [json!(null), json!(""), json!(0), json!(false), json!(true), json!([]), json!({}), json!("text")];
    let puts = values.into_iter().map(Change::Put);
    [Change::Remove, Change::Rename, Change::Wrap, Change::WrapInKey].into_iter().chain(puts).collect()
}

fn gather(value: &Json, way: &mut Way, ways: &mut Vec<Way>) {
    ways.push(way.clone());
    let mut inner = |step: Step, value: &Json| {
        way.push(step);
        gather(value, way, ways);
        way.pop();
    };
    match value {
        Json::Object(members) => members.iter().for_each(|(key, value)| inner(Step::Key(key.clone()), value)),
        Json::Array(items) => items.iter().enumerate().for_each(|(place, value)| inner(Step::Item(place), value)),
        _ => {}
    }
}

/// `None` where the change cannot be made.
fn changed(root: &Json, way: &[Step], change: &Change) -> Option<Json> {
    let mut root = root.clone();
    match (change, way.split_last()) {
        (Change::Remove | Change::Rename, None) => return None,
        (Change::Remove, Some((Step::Item(place), above))) => {
            drop(at(&mut root, above)?.as_array_mut()?.remove(*place));
        }
        (Change::Rename, Some((Step::Item(_), _))) => return None,
        (Change::Remove | Change::Rename, Some((Step::Key(key), above))) => {
            let members = at(&mut root, above)?.as_object_mut()?;
            let value = members.remove(key)?;
            if matches!(change, Change::Rename) {
                members.insert(format!("{key}Renamed"), value);
            }
        }
        (Change::Put(value), _) => *at(&mut root, way)? = value.clone(),
        (Change::Wrap, _) => {
            let node = at(&mut root, way)?;
            *node = Json::Array(vec![node.take()]);
        }
        (Change::WrapInKey, _) => {
            let node = at(&mut root, way)?;
            *node = Json::Object(Map::from_iter([("wrapped".to_owned(), node.take())]));
        }
    }
    Some(root)
}

fn at<'v>(root: &'v mut Json, way: &[Step]) -> Option<&'v mut Json> {
    way.iter().try_fold(root, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Item(place) => value.get_mut(*place),
    })
}
