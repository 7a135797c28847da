//! What the rules of one document gave that gave something.

use std::collections::BTreeMap;

use super::header::RuleHeader;
use crate::rego::Value;

/// What the rules that had something to say gave, and how many were asked.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Rules that gave their answer, also if that was nothing.
    pub asked: u64,
    by_path: BTreeMap<String, Value>,
}

impl Answers {
    /// Nothing was found.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    pub(crate) fn value(&self, path: &str) -> Option<&Value> {
        self.by_path.get(path)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.keys().map(String::as_str)
    }

    /// Takes the values of parts and the places of the rules that gave them; `None` if they do not match. The values of a part that has
    /// nothing to say are left out together.
    pub(super) fn take(&mut self, lists: &Value, parts: &[Vec<usize>], rules: &[RuleHeader]) -> Option<()> {
        let lists = items(lists).filter(|lists| lists.len() == parts.len())?;
        for (list, places) in lists.iter().zip(parts) {
            let values = items(list).filter(|values| values.is_empty() || values.len() == places.len())?;
            for (value, place) in values.iter().zip(places) {
                // An empty set is what most rules give, and says nothing.
                if !matches!(value, Value::Set(said) if said.is_empty()) {
                    self.by_path.insert(rules.get(*place)?.path.clone(), value.clone());
                }
            }
        }
        Some(())
    }
}

fn items(list: &Value) -> Option<&[Value]> {
    match list {
        Value::Array(items) => Some(items.as_slice()),
        _ => None,
    }
}
