//! Judges documents.

mod answered;
mod cause;
mod combined;
mod elements;
mod judgement;

pub use elements::Lists;

use std::collections::BTreeSet;

use model::{Cancel, Document, Finding, Problem, RuleId, Segment, TreePath};

use crate::package::Package;
use crate::rego::{Value, of_documents};
use crate::{Input, PolicySet};
use judgement::Judgement;

/// What judging one input gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// In the order of packages, rules, and what rules gave.
    pub findings: Vec<Finding>,
    /// Rules that could not be evaluated, and what was strange about others.
    pub problems: Vec<Problem>,
    /// Rules that were evaluated.
    pub evaluated: u64,
    /// Rules that gave no answer: each is also a problem of severity error.
    pub unknown: u64,
    /// Which these are.
    pub unanswered: BTreeSet<RuleId>,
}

impl PolicySet {
    /// Judges one document by every rule that wants its kind and sees one document at once.
    pub fn evaluate(&self, document: &Document, cancel: &Cancel) -> Evaluation {
        let groups = self.groups.iter().filter(|group| group.input == Input::Document);
        let mut groups = groups.filter(|group| group.wants(document.kind)).peekable();
        // Without any the document need not become an input.
        if groups.peek().is_none() {
            return Evaluation::default();
        }
        let mut judgement = Judgement::new(self, vec![document], false, cancel);
        judgement.judge_all(groups);
        judgement.evaluation
    }

    /// Judges documents that were found together by every rule that sees all of its kinds at once. What could not be read
    /// stands behind them with `null` for its contents, so that a rule can tell what is not there from what it cannot see.
    pub fn evaluate_together(&self, documents: &[&Document], unread: &[TreePath], cancel: &Cancel) -> Evaluation {
        let mut all = Evaluation::default();
        for group in self.groups.iter().filter(|group| group.input == Input::Documents) {
            let wanted: Vec<&Document> =
                documents.iter().copied().filter(|document| group.wants(document.kind)).collect();
            if !wanted.is_empty() {
                let input = of_documents(&wanted, unread);
                let mut judgement = Judgement::of(self, wanted, input, cancel);
                judgement.judge_all(std::iter::once(group));
                all.take(judgement.evaluation);
            }
        }
        all
    }

    /// Judges documents that were found together by some packages, each alone.
    pub(crate) fn evaluate_by(&self, packages: &[&Package], documents: &[Document], cancel: &Cancel) -> Evaluation {
        let mut all = Evaluation::default();
        for package in packages {
            let wanted: Vec<&Document> = documents.iter().filter(|document| package.wants(document.kind)).collect();
            let inputs = match package.input {
                Input::Document => wanted.into_iter().map(|document| vec![document]).collect(),
                Input::Documents if wanted.is_empty() => Vec::new(),
                Input::Documents => vec![wanted],
            };
            for input in inputs {
                let mut judgement = Judgement::new(self, input, package.input == Input::Documents, cancel);
                judgement.judge(std::iter::once(*package));
                all.take(judgement.evaluation);
            }
        }
        all
    }

    /// Judges one document as a piece of a larger input.
    pub(crate) fn evaluate_framed(&self, document: &Document, frame: &Frame, cancel: &Cancel) -> Evaluation {
        let mut judgement = Judgement { frame: Some(frame), ..Judgement::new(self, vec![document], false, cancel) };
        judgement.judge(self.packages.iter());
        judgement.evaluation
    }
}

/// What stands around a document that is a piece of the input.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// The input without the document.
    pub(crate) input: Value,
    /// Where the document goes.
    pub(crate) path: Vec<Segment>,
    /// Texts of the input beside the document that a rule may take for keys of the document.
    pub(crate) given: Vec<String>,
}

impl Evaluation {
    /// Adds what others found.
    pub fn take(&mut self, other: Evaluation) {
        self.findings.extend(other.findings);
        self.problems.extend(other.problems);
        self.evaluated += other.evaluated;
        self.unknown += other.unknown;
        self.unanswered.extend(other.unanswered);
    }
}
