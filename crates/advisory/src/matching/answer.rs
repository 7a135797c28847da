//! Answers.

use model::{Finding, Rule};

/// How far a package could be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchOutcome {
    /// It was compared with every record that speaks of it.
    Matched,
    /// Records speak of it, and it has no version to compare.
    NoVersion,
    /// No record of the data speaks of its ecosystem, or of its release of a distribution.
    NoSource,
    /// It is not from the ecosystem's public registry, of which the records speak.
    NotPublic,
}

/// What the records say of a package.
#[derive(Clone, Debug)]
pub struct PackageMatch {
    /// How far it could be matched.
    pub outcome: MatchOutcome,
    /// One for every group of records that name each other, sorted by rule.
    pub findings: Vec<Finding>,
    /// The rules of the findings, in the same order.
    pub rules: Vec<Rule>,
    /// Records that could not be compared with its version.
    pub undecided: Vec<Undecided>,
}

/// The records that match a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryAnswer {
    /// Their ids, sorted.
    pub ids: Vec<String>,
    /// The same ids, those of records that name each other together; each group sorted, a CVE id first.
    pub groups: Vec<Vec<String>>,
    /// Records that could not be compared with the version, sorted by id.
    pub undecided: Vec<Undecided>,
    /// How far the package could be matched.
    pub outcome: MatchOutcome,
}

/// A record that could not be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undecided {
    /// The record.
    pub id: String,
    /// Why.
    pub reason: String,
}

impl PackageMatch {
    pub(super) fn nothing(outcome: MatchOutcome) -> PackageMatch {
        PackageMatch { outcome, findings: Vec::new(), rules: Vec::new(), undecided: Vec::new() }
    }
}

/// A hundred records that all lack the same version are one thing to say.
pub(super) fn one_for_all(undecided: Vec<Undecided>) -> Vec<Undecided> {
    let count = undecided.len();
    let reason = |undecided: &Undecided| undecided.reason.clone();
    match undecided.as_slice() {
        [] | [_] => undecided,
        [first, ..] => {
            vec![Undecided { id: format!("{} and {} other advisories", first.id, count - 1), reason: reason(first) }]
        }
    }
}
