//! Asks the rule about other documents, and counts.

use super::Question;
use super::similar::{self, Words};
use crate::rego::Value;

/// The budget is spent.
#[derive(Debug)]
pub(super) struct Spent;

/// Whether the result is there for another document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    There,
    /// In other words: what was changed was named in the message.
    Reworded,
    Gone,
}

pub(super) struct Oracle<'a> {
    question: Question<'a>,
    left: usize,
}

impl<'a> Oracle<'a> {
    pub(super) fn new(question: Question<'a>) -> Oracle<'a> {
        let left = question.budget;
        Oracle { question, left }
    }

    /// Whether the result is there for `input`, in which `old` was changed to `new`.
    pub(super) fn presence(&mut self, input: &Value, old: &Value, new: &Value) -> Result<Presence, Spent> {
        self.left = self.left.checked_sub(1).ok_or(Spent)?;
        let results = (self.question.ask)(input).ok_or(Spent)?;
        if results.contains(self.question.result) {
            return Ok(Presence::There);
        }
        let mut fresh = results.iter().filter(|result| !self.question.results.contains(result)).peekable();
        if fresh.peek().is_none() {
            return Ok(Presence::Gone);
        }
        let (old, new) = (Words::of(old), Words::of(new));
        let is_reworded = fresh.any(|other| similar::is_reworded(self.question.result, other, &old, &new));
        Ok(if is_reworded { Presence::Reworded } else { Presence::Gone })
    }

    /// Evaluations that may still be spent.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// What the result says.
    pub(super) fn message(&self) -> String {
        similar::message(self.question.result)
    }
}
