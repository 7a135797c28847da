//! One input, asked about by one rule after another.

use std::time::{Duration, Instant};

use model::{Cancel, Document, Problem, ProblemKind};

use super::{Evaluation, Frame};
use crate::conftest;
use crate::group::Group;
use crate::package::{Entry, Package};
use crate::rego::{Fault, MOST_MADE, Program, Value, about, of_documents, of_node, weight, with};
use crate::{LoadedRule, PolicySet};

/// Documents that one rule may see at once within the time for one.
const DOCUMENTS_PER_LIMIT: usize = 1000;

/// One input, and what was found in it so far.
pub(super) struct Judgement<'a> {
    pub(super) set: &'a PolicySet,
    pub(super) documents: Vec<&'a Document>,
    pub(super) is_combined: bool,
    /// The document, or all of them; what rules see of it may have a frame.
    pub(super) input: Value,
    pub(super) frame: Option<&'a Frame>,
    pub(super) cancel: &'a Cancel,
    pub(super) evaluation: Evaluation,
}

impl<'a> Judgement<'a> {
    pub(super) fn new(
        set: &'a PolicySet,
        documents: Vec<&'a Document>,
        is_combined: bool,
        cancel: &'a Cancel,
    ) -> Judgement<'a> {
        let input = match &documents[..] {
            [document] if !is_combined => of_node(&document.root),
            documents => of_documents(documents, &[]),
        };
        Judgement { is_combined, ..Judgement::of(set, documents, input, cancel) }
    }

    /// Of several documents, and the one input that they make.
    pub(super) fn of(
        set: &'a PolicySet,
        documents: Vec<&'a Document>,
        input: Value,
        cancel: &'a Cancel,
    ) -> Judgement<'a> {
        Judgement { set, documents, is_combined: true, input, frame: None, cancel, evaluation: Evaluation::default() }
    }

    /// What rules see of a document.
    pub(super) fn framed(&self, document: &Value) -> Value {
        match self.frame {
            Some(frame) => with(&frame.input, &frame.path, Some(document.clone())),
            None => document.clone(),
        }
    }

    /// Asks the packages of a group together; if that goes wrong, one by one, so that only what is at fault is lost.
    pub(super) fn judge_all(&mut self, groups: impl Iterator<Item = &'a Group>) {
        self.begin();
        for group in groups {
            if self.cancel.is_cancelled() {
                return self.cancelled();
            }
            let packages = group.packages.iter().map(|place| &self.set.packages[*place]);
            // One rule alone shares nothing.
            let is_one = matches!(&packages.clone().collect::<Vec<_>>()[..], [one] if one.entries.len() == 1);
            let program = (!is_one).then(|| group.program(&self.set.packages, &self.set.modules, &self.set.options));
            let asked = self.asked(group);
            let answers = program
                .and_then(|program| program.as_ref().ok())
                .and_then(|program| Group::ask(program, asked.as_deref(), &self.framed(&self.input), self.time_left()));
            match answers {
                Some(mut answers) => {
                    for package in packages {
                        for entry in &package.entries {
                            let value = answers.remove(&entry.path).unwrap_or(Value::Undefined);
                            self.answered(package, entry, &value);
                        }
                    }
                }
                None => self.judge_asked(packages, asked.as_deref()),
            }
        }
    }

    /// Of each rule of a group whether it may have something to say; `None` where nothing is known of that.
    fn asked(&self, group: &Group) -> Option<Vec<bool>> {
        let [document] = &self.documents[..] else { return None };
        if self.is_combined || self.frame.is_some() {
            return None;
        }
        let sieve = group.sieve(&self.set.packages, &self.set.modules, &self.set.options)?;
        Some(sieve.asked(document))
    }

    /// What policies may ask of the file is of this one now.
    fn begin(&self) {
        match &self.documents[..] {
            [document] if !self.is_combined => about(Some(&document.origin.path.to_string())),
            _ => about(None),
        }
    }

    fn cancelled(&mut self) {
        self.problem(Problem::error(ProblemKind::Cancelled, "stopped before all policies were asked"));
    }

    pub(super) fn judge(&mut self, packages: impl Iterator<Item = &'a Package>) {
        self.judge_asked(packages, None);
    }

    /// The same of those rules that may have something to say, by their places in all of these packages.
    fn judge_asked(&mut self, packages: impl Iterator<Item = &'a Package>, asked: Option<&[bool]>) {
        self.begin();
        let mut first = 0;
        for package in packages {
            match package.program(&self.set.modules, &self.set.options) {
                Ok(program) => {
                    for (entry, place) in package.entries.iter().zip(first..) {
                        if self.cancel.is_cancelled() {
                            return self.cancelled();
                        }
                        match asked.and_then(|asked| asked.get(place)) {
                            Some(false) => self.answered(package, entry, &Value::Undefined),
                            _ => self.ask(package, program, entry),
                        }
                    }
                }
                Err(fault) => {
                    package.entries.iter().for_each(|entry| self.unanswered(&self.set.rules()[entry.rule]));
                    let message = format!("policy `{}` could not be made ready: {fault}", package.name);
                    self.problem(Problem::error(ProblemKind::Engine, message));
                }
            }
            first += package.entries.len();
        }
    }

    fn ask(&mut self, package: &'a Package, program: &Program, entry: &'a Entry) {
        let rule = &self.set.rules()[entry.rule];
        let answer = match program.ask(&entry.path, &self.framed(&self.input), self.time_left()) {
            Ok(answer) => answer,
            Err(fault) => return self.fault(rule, &entry.name, &fault),
        };
        if let Some(warning) = &answer.warning {
            let message = format!(
                "policy `{}`: {warning}; what asked for it was taken as undefined, as OPA does",
                shown(rule, entry)
            );
            self.problem(Problem::warning(ProblemKind::Policy, message));
        }
        self.answered(package, entry, &answer.value);
    }

    pub(super) fn answered(&mut self, package: &'a Package, entry: &'a Entry, value: &Value) {
        self.evaluation.evaluated += 1;
        let rule = &self.set.rules()[entry.rule];
        if weight(value) > MOST_MADE {
            self.unanswered(rule);
            let message = format!(
                "policy `{}` gave results of more than {MOST_MADE} bytes; they were not taken",
                shown(rule, entry)
            );
            return self.problem(Problem::error(ProblemKind::Limit, message));
        }
        match conftest::outcomes(&entry.name, value) {
            Ok(outcomes) if outcomes.is_empty() => {}
            Ok(outcomes) => self.take(package, entry, outcomes),
            Err(message) => {
                self.unanswered(rule);
                let message = format!("policy `{}`: {message}; its results were not taken", shown(rule, entry));
                self.problem(Problem::error(ProblemKind::Policy, message));
            }
        }
    }

    pub(super) fn program<'p>(&self, package: &'p Package) -> Option<&'p Program> {
        package.program(&self.set.modules, &self.set.options).as_ref().ok()
    }

    pub(super) fn is_excepted(&mut self, package: &Package, entry: &Entry, rule: &LoadedRule) -> bool {
        let Some(path) = &package.exception else { return false };
        let Some(program) = self.program(package) else { return false };
        match program.ask(path, &self.framed(&self.input), self.time_left()) {
            Ok(answer) => conftest::exceptions(&answer.value).contains(&entry.suffix),
            Err(fault) => {
                self.fault(rule, "exception", &fault);
                false
            }
        }
    }

    fn unanswered(&mut self, rule: &LoadedRule) {
        self.evaluation.unknown += 1;
        self.evaluation.unanswered.insert(rule.rule.id.clone());
    }

    fn fault(&mut self, rule: &LoadedRule, name: &str, fault: &Fault) {
        self.unanswered(rule);
        let message = format!(
            "policy `{}.{name}` of {} gave no answer, this was not judged by it: {fault}",
            rule.package, rule.file
        );
        let kind = if matches!(fault, Fault::Error { .. }) { ProblemKind::Policy } else { ProblemKind::Engine };
        self.problem(Problem::error(kind, message));
    }

    /// Problems stand where the input is; of several documents the first file stands for all.
    pub(super) fn problem(&mut self, problem: Problem) {
        let problem = match self.documents.first() {
            Some(document) => problem.at(&document.origin.location()),
            None => problem,
        };
        self.evaluation.problems.push(problem);
    }

    /// The time for one evaluation: for many documents at once, more.
    pub(super) fn time_left(&self) -> Duration {
        let limit = self.set.options.time_limit * (1 + self.documents.len() / DOCUMENTS_PER_LIMIT) as u32;
        let left = self.cancel.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()));
        left.map_or(limit, |left| left.min(limit))
    }
}

/// The rule as messages name it.
pub(super) fn shown(rule: &LoadedRule, entry: &Entry) -> String {
    format!("{}.{}", rule.package, entry.name)
}
