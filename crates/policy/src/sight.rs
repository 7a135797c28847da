//! What is to be seen of a document at a glance: which of the marks it has that rules need.

use std::collections::BTreeMap;

use foldhash::HashMap;
use model::{Document, Node, NodeValue};
use serde_json::Value as Json;

use crate::rego::{Mark, Scalar};

/// Marks by their keys.
#[derive(Default)]
pub(crate) struct Marks {
    anywhere: HashMap<String, OfKey>,
    at_root: HashMap<String, OfKey>,
    count: usize,
}

/// Which marks a key makes: by being there, and by what it holds.
#[derive(Default)]
struct OfKey {
    present: Option<usize>,
    texts: BTreeMap<String, usize>,
    /// Texts that hold these.
    parts: Vec<(String, usize)>,
    /// Of `false` and of `true`.
    bools: [Option<usize>; 2],
}

/// The marks that a document has.
#[derive(Clone, Default)]
pub(crate) struct Sight(Vec<bool>);

impl Marks {
    pub(crate) fn of(marks: &[Mark]) -> Marks {
        let mut all = Marks { count: marks.len(), ..Marks::default() };
        for (place, mark) in marks.iter().enumerate() {
            let keys = if mark.is_root { &mut all.at_root } else { &mut all.anywhere };
            let key = keys.entry(mark.key.clone()).or_default();
            match &mark.value {
                None => key.present = Some(place),
                Some(Scalar::Bool(value)) => key.bools[usize::from(*value)] = Some(place),
                Some(Scalar::Text(text)) => drop(key.texts.insert(text.clone(), place)),
                Some(Scalar::Part { part }) => key.parts.push((part.clone(), place)),
            }
        }
        all
    }

    /// What is to be seen of data, which rules may find instead of the document.
    pub(crate) fn in_data(&self, data: &Json) -> Sight {
        let mut sight = Sight(vec![false; self.count]);
        self.see_json(data, &mut sight);
        sight
    }

    /// Adds what is to be seen of a document.
    pub(crate) fn see(&self, document: &Document, sight: &mut Sight) {
        if let NodeValue::Object(members) = &document.root.value {
            for (key, node) in members {
                if let Some(found) = self.at_root.get(&key.name) {
                    found.see(node, sight);
                }
            }
        }
        self.see_node(&document.root, sight);
    }

    fn see_node(&self, node: &Node, sight: &mut Sight) {
        match &node.value {
            NodeValue::Object(members) => {
                for (key, node) in members {
                    if let Some(found) = self.anywhere.get(&key.name) {
                        found.see(node, sight);
                    }
                    self.see_node(node, sight);
                }
            }
            NodeValue::Array(items) => items.iter().for_each(|item| self.see_node(item, sight)),
            _ => {}
        }
    }

    fn see_json(&self, value: &Json, sight: &mut Sight) {
        match value {
            Json::Object(members) => {
                for (key, value) in members {
                    if let Some(found) = self.anywhere.get(key) {
                        found.see_json(value, sight);
                    }
                    self.see_json(value, sight);
                }
            }
            Json::Array(items) => items.iter().for_each(|item| self.see_json(item, sight)),
            _ => {}
        }
    }
}

impl OfKey {
    /// The key holds this: itself, and what it is a collection of.
    fn see(&self, node: &Node, sight: &mut Sight) {
        sight.add(self.present);
        match &node.value {
            NodeValue::Array(items) => items.iter().for_each(|item| self.see_value(item, sight)),
            NodeValue::Object(members) => members.iter().for_each(|(_, item)| self.see_value(item, sight)),
            _ => self.see_value(node, sight),
        }
    }

    fn see_value(&self, node: &Node, sight: &mut Sight) {
        match &node.value {
            NodeValue::Bool(value) => sight.add(self.bools[usize::from(*value)]),
            NodeValue::String(text) => self.see_text(text, sight),
            _ => {}
        }
    }

    fn see_text(&self, text: &str, sight: &mut Sight) {
        sight.add(self.texts.get(text).copied());
        for (_, place) in self.parts.iter().filter(|(part, _)| text.contains(part)) {
            sight.add(Some(*place));
        }
    }

    fn see_json(&self, value: &Json, sight: &mut Sight) {
        sight.add(self.present);
        let mut one = |value: &Json| match value {
            Json::Bool(value) => sight.add(self.bools[usize::from(*value)]),
            Json::String(text) => self.see_text(text, sight),
            _ => {}
        };
        match value {
            Json::Array(items) => items.iter().for_each(one),
            Json::Object(members) => members.values().for_each(one),
            value => one(value),
        }
    }
}

impl Sight {
    fn add(&mut self, place: Option<usize>) {
        if let Some(seen) = place.and_then(|place| self.0.get_mut(place)) {
            *seen = true;
        }
    }

    /// Whether all clauses hold, each of them by one of its marks.
    pub(crate) fn fulfils(&self, clauses: &[Vec<usize>]) -> bool {
        clauses.iter().all(|clause| clause.iter().any(|mark| self.0.get(*mark).copied().unwrap_or(true)))
    }
}
