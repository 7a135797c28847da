//! What the engine says went wrong, as data.

use std::time::Duration;

use regorus::LimitError;

use super::meter::{LARGE, MARK, MOST_MADE};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// The time was spent.
    #[error("it took longer than the limit of {0:?}")]
    Time(Duration),
    /// It made more than it may.
    #[error("its builtins, lists and sets would make more than {0} bytes")]
    Memory(usize),
    /// A single value was too large.
    #[error("{0}")]
    Large(String),
    /// The engine panicked; it was thrown away.
    #[error("the engine failed and was thrown away ({0})")]
    Panic(String),
    /// The engine gave an error.
    #[error("{}", place(.file, *.line, .message))]
    Error {
        /// The file, when the engine names it.
        file: Option<String>,
        /// 1-based.
        line: Option<u32>,
        column: Option<u32>,
        /// What it says.
        message: String,
    },
}

impl Fault {
    /// From the engine's error: it names its place in the text of the message.
    pub(super) fn of(error: &anyhow::Error, limit: Duration) -> Fault {
        let text = error.to_string();
        // Some errors are passed on as text alone.
        let is_time = matches!(error.downcast_ref::<LimitError>(), Some(LimitError::TimeLimitExceeded { .. }));
        if is_time || text.contains("execution exceeded time limit") {
            return Fault::Time(limit);
        }
        if text.contains(MARK) {
            return Fault::Memory(MOST_MADE);
        }
        if let Some((_, what)) = text.split_once(LARGE) {
            return Fault::Large(format!("{LARGE}{}", what.lines().next().unwrap_or_default()));
        }
        // The last complaint is the innermost; its place stands before it, and places of what it depends on may follow.
        let (before, said) = text.rsplit_once("error: ").unwrap_or(("", &text));
        let message = said.lines().next().unwrap_or_default().trim().trim_end_matches(':').to_owned();
        let place = before.rsplit_once("--> ").and_then(|(_, rest)| rest.lines().next());
        let mut numbers = place.unwrap_or_default().rsplitn(3, ':');
        let column = numbers.next().and_then(|number| number.parse().ok());
        let line = numbers.next().and_then(|number| number.parse().ok());
        let file = numbers.next().map(str::to_owned);
        Fault::Error { file, line, column, message }
    }

    /// Two values where there can be one: an error for OPA, too, whatever the builtins do.
    pub(super) fn is_conflict(&self) -> bool {
        let signs = ["multiple outputs", "generated multiple times", "rule conflicts with"];
        matches!(self, Fault::Error { message, .. } if signs.iter().any(|sign| message.contains(sign)))
    }

    /// From what a panic carried.
    pub(super) fn panicked(cause: &(dyn std::any::Any + Send)) -> Fault {
        let text = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
        Fault::Panic(
            text.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned()),
        )
    }
}

fn place(file: &Option<String>, line: Option<u32>, message: &str) -> String {
    match (file, line) {
        (Some(file), Some(line)) => format!("{file}:{line}: {message}"),
        _ => message.to_owned(),
    }
}
