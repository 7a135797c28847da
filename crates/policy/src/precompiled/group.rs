//! A group of rules made ready to be asked.

use model::Document;
use serde_json::Value as Json;

use super::header::{GroupHeader, RuleHeader};
use crate::rego::Machine;
use crate::sight::{Marks, Sight};

/// Profiles that can be told apart by bits.
const MOST_PROFILES: usize = u64::BITS as usize;

/// A group of rules made ready to be asked.
pub(super) struct Ready {
    pub(super) rules: Vec<RuleHeader>,
    /// None where the machine could not compile them, or this version of the engine cannot read what it compiled.
    pub(super) machine: Option<Machine>,
    /// Of each rule the profiles it is in, as bits of their places in the list.
    profiles: Vec<u64>,
    names: Vec<String>,
    marks: Marks,
    /// What is to be seen of the data, which rules may find instead of the document.
    in_data: Sight,
}

impl Ready {
    pub(super) fn of(group: &GroupHeader, bytes: &[u8], data: &Json) -> Option<Ready> {
        let read = group.rules(bytes).filter(|_| group.profiles.len() <= MOST_PROFILES)?;
        let paths = read.rules.iter().map(|rule| rule.path.as_str());
        let machine = group.program(bytes).and_then(|program| Machine::open(program, paths).ok());
        let marks = Marks::of(&read.marks);
        let in_data = marks.in_data(data);
        let names: Vec<String> = group.profiles.iter().cloned().collect();
        let profiles = read.rules.iter().map(|rule| bits(&names, &rule.profiles)).collect();
        Some(Ready { rules: read.rules, machine, profiles, names, marks, in_data })
    }

    /// The places of the rules in any of these profiles.
    pub(super) fn places(&self, profiles: &[String]) -> impl Iterator<Item = usize> + '_ {
        let asked = bits(&self.names, profiles);
        self.profiles.iter().enumerate().filter(move |(_, own)| **own & asked != 0).map(|(place, _)| place)
    }

    /// What is to be seen of documents that its rules look for.
    pub(super) fn sight<'d>(&self, documents: impl Iterator<Item = &'d Document>) -> Sight {
        let mut sight = self.in_data.clone();
        documents.for_each(|document| self.marks.see(document, &mut sight));
        sight
    }
}

/// Which of the names are asked for.
fn bits(names: &[String], asked: &[String]) -> u64 {
    let bit = |(place, name): (usize, &String)| if asked.contains(name) { 1 << place } else { 0 };
    names.iter().enumerate().map(bit).sum()
}
