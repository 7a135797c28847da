//! Why a text is no waiver.

use std::fmt;

/// The faults of a file of waivers, in the order of the file; shown one a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct WaiverError {
    /// The faults; at least one.
    pub faults: Vec<LocatedFault>,
}

/// A fault with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {fault}")]
pub struct LocatedFault {
    /// The file.
    pub file: String,
    /// 1-based line.
    pub line: u32,
    /// 1-based column in Unicode scalar values.
    pub column: u32,
    /// What is wrong.
    #[source]
    pub fault: WaiverFault,
}

/// What is wrong with a waiver.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WaiverFault {
    /// The file is no TOML.
    #[error("{0}")]
    Syntax(String),
    /// A key that means nothing: a mistyped scope would widen the waiver.
    #[error("a waiver has no `{key}`{}", hint(near))]
    UnknownKey {
        /// The key.
        key: String,
        /// The key that may have been meant.
        near: Option<&'static str>,
    },
    /// A key that must be there.
    #[error("a waiver needs `{0}`")]
    MissingKey(&'static str),
    /// A value of the wrong type.
    #[error("`{key}` is {expected}, not a TOML {found}")]
    WrongType {
        /// The key.
        key: String,
        /// What it should be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A reason that says nothing.
    #[error("the reason of a waiver must not be empty: say why this is accepted")]
    EmptyReason,
    /// A list that is there but names nothing would make the waiver hold everywhere.
    #[error("`{0}` names nothing; leave it out for a waiver that holds everywhere")]
    EmptyScope(String),
    /// A text that is no date.
    #[error("`{0}` is no date; write the last day it holds, as in \"2027-01-31\"")]
    Date(String),
    /// A pattern that cannot be read.
    #[error("`{pattern}` is no pattern: {reason}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A package that is not named by its URL.
    #[error("`{0}` is no package URL; write one such as `pkg:npm/lodash` or `pkg:deb/debian/*`")]
    Package(String),
    /// Everything, everywhere.
    #[error("a waiver of `{0}` without paths, packages or targets would suppress everything")]
    Boundless(String),
    /// More than anybody can have reviewed.
    #[error("more than {limit} {what}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many are read.
        limit: usize,
    },
}

impl fmt::Display for WaiverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.faults.iter().enumerate() {
            write!(f, "{}{fault}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

fn hint(near: &Option<&'static str>) -> String {
    match near {
        Some(near) => format!("; did you mean `{near}`?"),
        None => "; it has id, paths, packages, targets, reason and expires".to_owned(),
    }
}
