//! A group of rules made ready to be asked.

use model::Document;
use serde_json::Value as Json;

use super::header::{GroupHeader, RuleHeader};
use super::sight::{Marks, Sight};
use crate::rego::Machine;

/// A group of rules made ready to be asked.
pub(super) struct Ready {
    pub(super) rules: Vec<RuleHeader>,
    /// None where the machine could not compile them, or this version of the engine cannot read what it compiled.
    pub(super) machine: Option<Machine>,
    marks: Marks,
    /// What is to be seen of the data, which rules may find instead of the document.
    in_data: Sight,
}

impl Ready {
    pub(super) fn of(group: &GroupHeader, bytes: &[u8], data: &Json) -> Option<Ready> {
        let read = group.rules(bytes)?;
        let paths = read.rules.iter().map(|rule| rule.path.as_str());
        let machine = group.program(bytes).and_then(|program| Machine::open(program, paths).ok());
        let marks = Marks::of(&read.marks);
        let in_data = marks.in_data(data);
        Some(Ready { rules: read.rules, machine, marks, in_data })
    }

    /// What is to be seen of documents that its rules look for.
    pub(super) fn sight<'d>(&self, documents: impl Iterator<Item = &'d Document>) -> Sight {
        let mut sight = self.in_data.clone();
        documents.for_each(|document| self.marks.see(document, &mut sight));
        sight
    }
}
