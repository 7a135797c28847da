//! Why a policy cannot be used.

use std::fmt;

use crate::Lint;

/// A policy that does not compile, or that would not mean what it means to OPA.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct PolicyError {
    /// The file.
    pub file: String,
    /// 1-based line, when known.
    pub line: Option<u32>,
    /// 1-based column in characters, when known.
    pub column: Option<u32>,
    /// What is wrong, and what to do.
    pub message: String,
    /// What kind of fault it is, where that has a page.
    pub lint: Option<Lint>,
}

impl PolicyError {
    pub(crate) fn in_file(file: &str, message: impl Into<String>) -> PolicyError {
        PolicyError { file: file.to_owned(), line: None, column: None, message: message.into(), lint: None }
    }

    /// The same, of a kind that has a page.
    pub(crate) fn of(self, lint: Lint) -> PolicyError {
        PolicyError { lint: Some(lint), ..self }
    }

    pub(crate) fn at(file: &str, line: u32, column: u32, message: impl Into<String>) -> PolicyError {
        PolicyError {
            file: file.to_owned(),
            line: Some(line),
            column: Some(column),
            message: message.into(),
            lint: None,
        }
    }
}

impl fmt::Display for PolicyError {
    /// `policy.rego:3:5: …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}", self.message)
    }
}
