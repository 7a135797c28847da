//! Which rules have nothing to say of a document, told from what it holds: these are not asked.

use std::collections::{BTreeMap, BTreeSet};

use model::Document;
use serde_json::Value as Json;

use crate::package::{Entry, Package};
use crate::rego::{Analysis, DocumentNeeds, Mark, Module};
use crate::sight::{Marks, Sight};

/// Rules that are told apart by what documents hold.
pub(crate) struct Sieve {
    needs: Vec<Vec<Vec<usize>>>,
    marks: Marks,
    /// What is to be seen of the data, which rules may find instead of the document.
    in_data: Sight,
}

/// What rules need: of each clause the places of its marks in one list.
pub(crate) struct Listed {
    pub(crate) marks: Vec<Mark>,
    pub(crate) needs: Vec<Vec<Vec<usize>>>,
}

impl Sieve {
    /// Of rules by what they need, in their order.
    pub(crate) fn of(needs: &[DocumentNeeds], data: &Json) -> Sieve {
        let Listed { marks, needs } = Listed::of(needs.iter());
        let marks = Marks::of(&marks);
        let in_data = marks.in_data(data);
        Sieve { needs, marks, in_data }
    }

    /// Whether the rule at a place needs nothing, and is asked of every document.
    pub(crate) fn lets_all_through(&self, place: usize) -> bool {
        self.needs.get(place).is_none_or(Vec::is_empty)
    }

    /// Of each rule whether it may have something to say of a document.
    pub(crate) fn asked(&self, document: &Document) -> Vec<bool> {
        let mut sight = self.in_data.clone();
        self.marks.see(document, &mut sight);
        self.needs.iter().map(|needs| sight.fulfils(needs)).collect()
    }
}

impl Listed {
    pub(crate) fn of<'n>(all: impl Iterator<Item = &'n DocumentNeeds> + Clone) -> Listed {
        let marks: BTreeSet<&Mark> = all.clone().flat_map(|needs| needs.clauses().flatten()).collect();
        let places: BTreeMap<&Mark, usize> = marks.iter().enumerate().map(|(place, mark)| (*mark, place)).collect();
        let placed = |needs: &DocumentNeeds| -> Vec<Vec<usize>> {
            needs.clauses().map(|clause| clause.iter().map(|mark| places[mark]).collect()).collect()
        };
        let needs = all.map(placed).collect();
        Listed { marks: marks.into_iter().cloned().collect(), needs }
    }
}

/// What a rule of a package needs; `is_alone` if it sees one document, and not a list of all.
pub(crate) fn needs_of(package: &Package, entry: &Entry, modules: &[Module], is_alone: bool) -> DocumentNeeds {
    Analysis::of(&own(package, modules)).needs(&path(entry, modules), is_alone)
}

/// What a rule that sees one document needs to have something to say, or to end in an error.
pub(crate) fn needs_to_end(package: &Package, entry: &Entry, modules: &[Module]) -> DocumentNeeds {
    Analysis::of(&own(package, modules)).needs_to_end(&path(entry, modules), true)
}

/// Of what a rule needs only what tells one kind of object from others.
pub(crate) fn kinds_of(package: &Package, entry: &Entry, modules: &[Module], is_alone: bool) -> DocumentNeeds {
    Analysis::of(&own(package, modules)).kinds(&path(entry, modules), is_alone)
}

fn own<'m>(package: &Package, modules: &'m [Module]) -> Vec<&'m Module> {
    package.modules.iter().map(|place| &modules[*place]).collect()
}

/// The path of a rule below `data`.
fn path(entry: &Entry, modules: &[Module]) -> Vec<String> {
    let package = entry.bodies.first().map_or(&[][..], |body| &modules[body.module].package);
    package.iter().chain([&entry.name]).cloned().collect()
}
