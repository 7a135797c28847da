//! Why a text is not what its format says, and where.

use model::{Node, Problem, ProblemKind};

use crate::source::Source;

/// Why something cannot be read.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) kind: ProblemKind,
    pub(crate) offset: usize,
    pub(crate) message: String,
}

impl Fault {
    /// The text breaks a rule of its format; at its end it is cut rather than wrong.
    pub(crate) fn syntax(source: &Source<'_>, offset: usize, message: impl Into<String>) -> Fault {
        let is_end = offset >= source.text.len();
        let kind = if is_end { ProblemKind::Truncated } else { ProblemKind::Syntax };
        Fault { kind, offset, message: message.into() }
    }

    /// A limit is hit.
    pub(crate) fn limit(offset: usize, message: impl Into<String>) -> Fault {
        Fault { kind: ProblemKind::Limit, offset, message: message.into() }
    }

    /// What is said of it; `lost` says what was not read because of it.
    pub(crate) fn problem(&self, source: &Source<'_>, lost: &str) -> Problem {
        if self.kind != ProblemKind::Limit && source.text.contains("{{") {
            return source.template_problem(self.offset);
        }
        source.error(self.kind, self.offset, format!("{}, {lost}", self.message))
    }
}

/// What a file gives that is read whole or not at all: its value if it has one, and what is said of it.
pub(crate) fn whole(
    source: &Source<'_>,
    read: Result<Option<Node>, Fault>,
    mut problems: Vec<Problem>,
) -> (Vec<Node>, Vec<Problem>) {
    match read {
        Ok(node) => (node.into_iter().collect(), problems),
        // A cut text breaks at its cut, and that it is cut is said already.
        Err(_) if source.is_cut() => (Vec::new(), problems),
        Err(fault) => {
            problems.push(fault.problem(source, "the file was not read"));
            (Vec::new(), problems)
        }
    }
}
