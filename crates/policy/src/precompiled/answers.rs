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

    /// Takes the values of rules; `None` if they do not match.
    pub(super) fn take(&mut self, values: &Value, rules: &[&RuleHeader]) -> Option<()> {
        let Value::Array(values) = values else { return None };
        if values.len() != rules.len() {
            return None;
        }
        for (value, rule) in values.iter().zip(rules) {
            // An empty set is what most rules give, and says nothing.
            if !matches!(value, Value::Set(said) if said.is_empty()) {
                self.by_path.insert(rule.path.clone(), value.clone());
            }
        }
        Some(())
    }
}
