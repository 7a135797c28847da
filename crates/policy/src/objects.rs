//! Which Kubernetes objects a rule judges: only where one of these was there did its silence say something.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use model::{DocumentKind, RuleId};

use crate::rego::{DocumentNeeds, Mark, Scalar};
use crate::sieve::kinds_of;
use crate::{Input, PolicySet};

/// A kind of Kubernetes objects in one group: `apps/Deployment`; in the core group, `Pod`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectKind {
    group: String,
    kind: String,
}

/// Why a text names no kind of objects.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no kind of objects: `Pod`, or with its group `apps/Deployment`")]
pub struct ObjectKindError(String);

/// The Kubernetes objects that a rule judges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleObjects(Vec<Judged>);

/// What one definition of it judges.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Judged {
    /// What its metadata names.
    Named(Vec<ObjectKind>),
    /// What fulfils this, read from its syntax; anything where that is nothing.
    One(DocumentNeeds),
    /// Objects that fulfil it together.
    Together(DocumentNeeds),
}

impl PolicySet {
    /// The Kubernetes objects that the rule of this id judges: those its metadata names, or else those that its syntax asks for. `None`
    /// if there is no such rule, or it judges no Kubernetes objects.
    pub fn objects_of(&self, id: &RuleId) -> Option<RuleObjects> {
        let packages = self.packages.iter().filter(|package| package.wants(DocumentKind::Kubernetes));
        let entries = packages.flat_map(|package| package.entries.iter().map(move |entry| (package, entry)));
        let own = entries.filter(|(_, entry)| self.rules()[entry.rule].rule.id == *id);
        let judged = own.map(|(package, entry)| match (&self.rules()[entry.rule].objects[..], package.input) {
            ([], Input::Document) => Judged::One(kinds_of(package, entry, &self.modules, true)),
            ([], Input::Documents) => Judged::Together(kinds_of(package, entry, &self.modules, false)),
            (named, _) => Judged::Named(named.to_vec()),
        });
        let judged: Vec<Judged> = judged.collect();
        (!judged.is_empty()).then_some(RuleObjects(judged))
    }
}

impl RuleObjects {
    /// Whether there is something to judge among objects of these `apiVersion`s and `kind`s.
    pub fn are_among(&self, seen: &[(&str, &str)]) -> bool {
        let one_of = |clause: &BTreeSet<Mark>, object| clause.iter().any(|mark| has(object, mark));
        self.0.iter().any(|judged| match judged {
            Judged::Named(named) => seen.iter().any(|object| named.iter().any(|one| one.is(*object))),
            Judged::One(needs) => seen.iter().any(|object| needs.clauses().all(|clause| one_of(clause, *object))),
            Judged::Together(needs) => {
                !seen.is_empty() && needs.clauses().all(|clause| seen.iter().any(|object| one_of(clause, *object)))
            }
        })
    }

    /// The names of their kinds, sorted; none where any object is judged.
    pub fn kinds(&self) -> Vec<&str> {
        let mut kinds: BTreeSet<&str> = BTreeSet::new();
        for judged in &self.0 {
            match judged {
                Judged::Named(named) => kinds.extend(named.iter().map(|one| one.kind.as_str())),
                Judged::One(needs) | Judged::Together(needs) => match of_needs(needs) {
                    Some(own) => kinds.extend(own),
                    None => return Vec::new(),
                },
            }
        }
        kinds.into_iter().collect()
    }
}

/// The kinds of the clause that has nothing but kinds.
fn of_needs(needs: &DocumentNeeds) -> Option<Vec<&str>> {
    let kind = |mark| match mark {
        &Mark { ref key, value: Some(Scalar::Text(ref kind)), .. } if key == "kind" => Some(kind.as_str()),
        _ => None,
    };
    needs.clauses().find_map(|clause| clause.iter().map(kind).collect())
}

fn has((api_version, kind): (&str, &str), mark: &Mark) -> bool {
    match (mark.key.as_str(), &mark.value) {
        ("kind", Some(value)) => is(kind, value),
        ("apiVersion", Some(value)) => is(api_version, value),
        _ => true,
    }
}

fn is(text: &str, value: &Scalar) -> bool {
    match value {
        Scalar::Text(other) => text == other,
        Scalar::Part { part } => text.contains(part),
        Scalar::Bool(_) => false,
    }
}

impl ObjectKind {
    /// Whether an object of this `apiVersion` and `kind` is one.
    fn is(&self, (api_version, kind): (&str, &str)) -> bool {
        let group = api_version.split_once('/').map_or("", |(group, _)| group);
        self.kind == kind && self.group == group
    }
}

impl FromStr for ObjectKind {
    type Err = ObjectKindError;

    fn from_str(text: &str) -> Result<ObjectKind, ObjectKindError> {
        let (group, kind) = text.split_once('/').unwrap_or(("", text));
        let is_kind = kind.starts_with(|c: char| c.is_ascii_uppercase()) && !kind.contains('/');
        match is_kind && (!group.is_empty() || !text.contains('/')) {
            true => Ok(ObjectKind { group: group.to_owned(), kind: kind.to_owned() }),
            false => Err(ObjectKindError(text.to_owned())),
        }
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.group.as_str() {
            "" => f.write_str(&self.kind),
            group => write!(f, "{group}/{}", self.kind),
        }
    }
}
