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

    /// Takes pairs of a place in the list of rules and a value; `None` if they are none.
    pub(super) fn take(&mut self, pairs: &Value, rules: &[RuleHeader]) -> Option<()> {
        let Value::Set(pairs) = pairs else { return None };
        for pair in pairs.iter_sorted() {
            let Value::Array(pair) = pair else { return None };
            let place = usize::try_from(pair.get(0)?.as_u64().ok()?).ok()?;
            self.by_path.insert(rules.get(place)?.path.clone(), pair.get(1)?.clone());
        }
        Some(())
    }
}
