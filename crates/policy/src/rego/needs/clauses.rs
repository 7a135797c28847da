//! What a document has to hold: all of some clauses, each of them any of some marks.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Marks of one clause; a longer one is left out, for it tells little.
const MOST_MARKS: usize = 64;
/// Clauses; the longest are left out.
const MOST_CLAUSES: usize = 12;
/// Clauses that two alternatives make together.
const MOST_PRODUCTS: usize = 256;

/// A key that stands somewhere in a document, perhaps with a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Mark {
    pub(crate) key: String,
    /// What the key holds, as its value or as an item of it.
    pub(crate) value: Option<Scalar>,
    /// The key is one of the document itself.
    pub(crate) is_root: bool,
}

/// A value that can be told from others by looking.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Scalar {
    Bool(bool),
    Text(String),
    /// Any text that holds this one.
    Part {
        part: String,
    },
}

/// What a document has to hold for something to be so. To need less is never wrong; nothing at all is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs(BTreeSet<BTreeSet<Mark>>);

impl Mark {
    /// Whether whatever has this mark has the other.
    fn implies(&self, other: &Mark) -> bool {
        let value = match (&self.value, &other.value) {
            (_, None) => true,
            (Some(Scalar::Text(text)), Some(Scalar::Part { part })) => text.contains(part),
            (own, other) => own == other,
        };
        self.key == other.key && value && (self.is_root || !other.is_root)
    }
}

impl Needs {
    /// What no document fulfils.
    pub(super) fn never() -> Needs {
        Needs(BTreeSet::from([BTreeSet::new()]))
    }

    /// One of these marks.
    pub(super) fn any(marks: impl IntoIterator<Item = Mark>) -> Needs {
        Needs(BTreeSet::from([marks.into_iter().collect()])).tidied()
    }

    /// All of these.
    pub(super) fn all(parts: impl IntoIterator<Item = Needs>) -> Needs {
        parts.into_iter().fold(Needs::default(), Needs::and)
    }

    /// One of these.
    pub(super) fn either(parts: impl IntoIterator<Item = Needs>) -> Needs {
        parts.into_iter().fold(Needs::never(), |one, other| one.or(&other))
    }

    pub(super) fn and(mut self, other: Needs) -> Needs {
        self.0.extend(other.0);
        self.tidied()
    }

    pub(super) fn or(&self, other: &Needs) -> Needs {
        let pairs = self.0.iter().flat_map(|own| other.0.iter().map(move |others| (own, others)));
        let both = |(own, others): (&BTreeSet<Mark>, &BTreeSet<Mark>)| own.union(others).cloned().collect();
        Needs(pairs.take(MOST_PRODUCTS).map(both).collect()).tidied()
    }

    pub(crate) fn clauses(&self) -> impl Iterator<Item = &BTreeSet<Mark>> {
        self.0.iter()
    }

    /// Without what follows from the rest, and without what tells little.
    fn tidied(self) -> Needs {
        let mut clauses: Vec<BTreeSet<Mark>> = self.0.into_iter().filter(|clause| clause.len() <= MOST_MARKS).collect();
        clauses.sort_by_key(BTreeSet::len);
        let mut kept: Vec<BTreeSet<Mark>> = Vec::new();
        for clause in clauses {
            if !kept.iter().any(|shorter| follows(shorter, &clause)) {
                kept.retain(|longer| !follows(&clause, longer));
                kept.push(clause);
            }
        }
        kept.truncate(MOST_CLAUSES);
        Needs(kept.into_iter().collect())
    }
}

/// Whether what fulfils the first clause fulfils the second.
fn follows(from: &BTreeSet<Mark>, clause: &BTreeSet<Mark>) -> bool {
    from.iter().all(|mark| clause.iter().any(|other| mark.implies(other)))
}
