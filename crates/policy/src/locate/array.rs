//! An array that is necessary: which of its elements are?

use model::Segment;

use super::oracle::{Presence, Spent};
use super::similar::message;
use super::{Cause, Grade, Search, child};
use crate::rego::{Value, at, with_elements};

/// Necessary elements that are looked into.
const MOST_NECESSARY: usize = 6;
/// Elements that are asked one by one whether they alone are enough.
const MOST_ALONE: usize = 16;

impl Search<'_> {
    pub(super) fn explain_array(&mut self, base: &Value, path: &[Segment]) -> Result<Cause, Spent> {
        let Some(Value::Array(items)) = at(base, path) else { return Ok(Cause::new(path.to_vec(), Grade::Whole)) };
        let items = items.to_vec();
        let mut best: Option<Cause> = None;
        // The message often names the element: one question instead of a search.
        let likely = if items.len() == 1 { vec![0] } else { self.named(&items) };
        for index in likely {
            let cause = self.explain(base, &child(path, Segment::Index(index)))?;
            // A cause that is proved needs no proof that its element matters.
            if cause.is_sure() {
                return Ok(cause);
            }
            if self.is_gone_without(base, path, &[index])? {
                best = Some(Cause::better(best, cause));
            }
        }
        if let Some(cause) = best.take_if(|cause| cause.grade >= Grade::Whole) {
            return Ok(cause);
        }
        let all: Vec<usize> = (0..items.len()).collect();
        let mut necessary = Vec::new();
        self.find_necessary(base, path, &all, &mut necessary)?;
        // A stage of a Dockerfile is what instructions stand in: it is the cause only if none of them is. What is shipped is the last.
        necessary
            .sort_by_key(|index| if is_stage(&items[*index]) { items.len() + items.len() - index } else { *index });
        let is_each_necessary = necessary.len() > 1;
        for index in necessary {
            best = Some(Cause::better(best, self.explain(base, &child(path, Segment::Index(index)))?));
            if best.as_ref().is_some_and(Cause::is_sure) {
                break;
            }
        }
        if let Some(best) = best {
            // Each counts and none is at fault: they are too many, or must not stand together.
            let is_together = is_each_necessary && best.grade == Grade::Whole;
            // The stage that lacks something is told by the whole Dockerfile.
            let is_file = path.is_empty() && best.grade <= Grade::Identity && items.iter().any(is_stage);
            return Ok(if is_together || is_file { Cause::new(path.to_vec(), Grade::Whole) } else { best });
        }
        let elements: Vec<Vec<Segment>> =
            all.into_iter().take(MOST_ALONE).map(|index| child(path, Segment::Index(index))).collect();
        self.any_of(base, path, &elements)
    }

    /// Elements of which the message names something that no other element has.
    fn named(&self, items: &[Value]) -> Vec<usize> {
        let said = self.oracle.message();
        let names = |item: &Value| -> Vec<String> {
            let members: Vec<&Value> = match item {
                Value::Object(members) => {
                    members.values().flat_map(|value| std::iter::once(value).chain(elements(value))).collect()
                }
                other => vec![other],
            };
            let texts = members.into_iter().filter(|value| matches!(value, Value::String(_))).map(message);
            texts.filter(|text| text.len() > 1 && said.contains(text.as_str())).collect()
        };
        let named: Vec<Vec<String>> = items.iter().map(names).collect();
        // The longest of them says most.
        let rarest = |index: usize| {
            let rare =
                named[index].iter().filter(|text| named.iter().filter(|other| other.contains(text)).count() == 1);
            rare.map(String::len).max()
        };
        let mut found: Vec<(usize, usize)> =
            (0..items.len()).filter_map(|index| Some((rarest(index)?, index))).collect();
        found.sort_by_key(|(length, index)| (std::cmp::Reverse(*length), *index));
        found.into_iter().map(|(_, index)| index).take(2).collect()
    }

    /// All elements without which the result is gone, by halving.
    fn find_necessary(
        &mut self,
        base: &Value,
        path: &[Segment],
        among: &[usize],
        found: &mut Vec<usize>,
    ) -> Result<(), Spent> {
        if among.is_empty() || found.len() == MOST_NECESSARY || !self.is_gone_without(base, path, among)? {
            return Ok(());
        }
        if let [one] = among {
            found.push(*one);
            return Ok(());
        }
        let (left, right) = among.split_at(among.len() / 2);
        self.find_necessary(base, path, left, found)?;
        self.find_necessary(base, path, right, found)
    }

    /// Elements are made `null` first, so that others stay in their places; a rule that takes `null` for an object that
    /// lacks something is asked again without them.
    fn is_gone_without(&mut self, base: &Value, path: &[Segment], indices: &[usize]) -> Result<bool, Spent> {
        let Some(Value::Array(items)) = at(base, path) else { return Ok(false) };
        let old = Value::from(indices.iter().filter_map(|index| items.get(*index).cloned()).collect::<Vec<_>>());
        for shift in [false, true] {
            let without = with_elements(base, path, &|index| !indices.contains(&index), shift);
            if self.oracle.presence(&without, &old, &Value::Undefined)? == Presence::Gone {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn elements(value: &Value) -> impl Iterator<Item = &Value> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        _ => &[],
    };
    items.iter()
}

fn is_stage(instruction: &Value) -> bool {
    let command = match instruction {
        Value::Object(members) => members.get(&Value::from("Cmd")),
        _ => None,
    };
    command == Some(&Value::from("from"))
}
