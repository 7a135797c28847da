//! Judges documents.

use std::time::{Duration, Instant};

use model::{Cancel, Document, Finding, Problem, ProblemKind, Segment, TreePath};

use crate::conftest::{self, Outcome};
use crate::finding::{except, put_at_cause, put_where_named, unplaced};
use crate::group::Group;
use crate::locate::{Question, locate};
use crate::package::{Entry, Package};
use crate::rego::{Fault, Mentions, Program, Value, of_documents, of_node, with};
use crate::{Answers, Input, LoadedRule, PolicySet, Trust};

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
}

impl PolicySet {
    /// Judges one document by every rule that wants its kind and sees one document at once.
    pub fn evaluate(&self, document: &Document, cancel: &Cancel) -> Evaluation {
        let mut judgement = Judgement::new(self, vec![document], false, cancel);
        let groups = self.groups.iter().filter(|group| group.input == Input::Document);
        judgement.judge_all(groups.filter(|group| group.wants(document.kind)));
        judgement.evaluation
    }

    /// Takes what built-in rules gave for one document, as [`Precompiled::ask`](crate::Precompiled::ask) has it. All of them have
    /// to be loaded here.
    pub fn evaluate_answers(&self, document: &Document, answers: &Answers, cancel: &Cancel) -> Evaluation {
        let mut all = Evaluation { evaluated: answers.asked, ..Evaluation::default() };
        if !answers.is_empty() {
            let mut judgement = Judgement::new(self, vec![document], false, cancel);
            let groups = self.groups.iter().filter(|group| group.input == Input::Document);
            groups.filter(|group| group.wants(document.kind)).for_each(|group| judgement.take_answers(group, answers));
            all.take(judgement.evaluation);
        }
        all
    }

    /// The same for documents that were found together, as [`Precompiled::ask_together`](crate::Precompiled::ask_together) has it.
    pub fn evaluate_answers_together(
        &self,
        documents: &[&Document],
        unread: &[TreePath],
        answers: &Answers,
        cancel: &Cancel,
    ) -> Evaluation {
        let mut all = Evaluation { evaluated: answers.asked, ..Evaluation::default() };
        for group in self.groups.iter().filter(|group| group.input == Input::Documents && !answers.is_empty()) {
            let wanted: Vec<&Document> =
                documents.iter().copied().filter(|document| group.wants(document.kind)).collect();
            let input = of_documents(&wanted, unread);
            let mut judgement = Judgement { input, ..Judgement::new(self, wanted, true, cancel) };
            judgement.take_answers(group, answers);
            all.take(judgement.evaluation);
        }
        all
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
                let mut judgement = Judgement { input, ..Judgement::new(self, wanted, true, cancel) };
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

    /// Judges all documents as one input `[{path, contents}]` by the user's rules, and each by the built-in ones. Rules that
    /// see all documents anyway are asked by [`PolicySet::evaluate_together`].
    pub fn evaluate_combined(&self, documents: &[&Document], cancel: &Cancel) -> Evaluation {
        let mut all = Evaluation::default();
        for document in documents {
            let mut judgement = Judgement::new(self, vec![document], false, cancel);
            let groups = self.groups.iter().filter(|group| group.trust == Trust::Builtin);
            let groups = groups.filter(|group| group.input == Input::Document);
            judgement.judge_all(groups.filter(|group| group.wants(document.kind)));
            all.take(judgement.evaluation);
        }
        let documents: Vec<&Document> =
            documents.iter().copied().filter(|document| document.kind.is_for_all()).collect();
        if !documents.is_empty() {
            let mut judgement = Judgement::new(self, documents, true, cancel);
            let groups = self.groups.iter().filter(|group| group.trust == Trust::User);
            judgement.judge_all(groups.filter(|group| group.input == Input::Document));
            all.take(judgement.evaluation);
        }
        all
    }
}

/// What stands around a document that is a piece of the input.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// The input without the document.
    pub(crate) input: Value,
    /// Where the document goes.
    pub(crate) path: Vec<Segment>,
}

impl Evaluation {
    /// Adds what others found.
    pub fn take(&mut self, other: Evaluation) {
        self.findings.extend(other.findings);
        self.problems.extend(other.problems);
        self.evaluated += other.evaluated;
        self.unknown += other.unknown;
    }
}

/// Documents that one rule may see at once within the time for one.
const DOCUMENTS_PER_LIMIT: usize = 1000;

/// Bodies of one rule that are told apart.
const MOST_BODIES: usize = 256;

/// What is asked again for causes, and what it gave for the document as it is.
struct Asked<'p> {
    program: &'p Program,
    mentions: &'p Mentions,
    results: Vec<Value>,
}

/// One input, and what was found in it so far.
struct Judgement<'a> {
    set: &'a PolicySet,
    documents: Vec<&'a Document>,
    is_combined: bool,
    /// The document, or all of them; what rules see of it may have a frame.
    input: Value,
    frame: Option<&'a Frame>,
    cancel: &'a Cancel,
    evaluation: Evaluation,
}

impl<'a> Judgement<'a> {
    fn new(set: &'a PolicySet, documents: Vec<&'a Document>, is_combined: bool, cancel: &'a Cancel) -> Judgement<'a> {
        let input = match &documents[..] {
            [document] if !is_combined => of_node(&document.root),
            documents => of_documents(documents, &[]),
        };
        Judgement { set, documents, is_combined, input, frame: None, cancel, evaluation: Evaluation::default() }
    }

    /// What rules see of a document.
    fn framed(&self, document: &Value) -> Value {
        match self.frame {
            Some(frame) => with(&frame.input, &frame.path, Some(document.clone())),
            None => document.clone(),
        }
    }

    /// Asks the packages of a group together; if that goes wrong, one by one, so that only what is at fault is lost.
    fn judge_all(&mut self, groups: impl Iterator<Item = &'a Group>) {
        for group in groups {
            if self.cancel.is_cancelled() {
                return self.cancelled();
            }
            let packages = group.packages.iter().map(|place| &self.set.packages[*place]);
            // One rule alone shares nothing.
            let is_one = matches!(&packages.clone().collect::<Vec<_>>()[..], [one] if one.entries.len() == 1);
            let program = (!is_one).then(|| group.program(&self.set.packages, &self.set.modules, &self.set.options));
            let answers = program
                .and_then(|program| program.as_ref().ok())
                .and_then(|program| Group::ask(program, &self.framed(&self.input), self.time_left()));
            match answers {
                Some(mut answers) => {
                    for package in packages {
                        for entry in &package.entries {
                            let value = answers.remove(&entry.path).unwrap_or(Value::Undefined);
                            self.answered(package, entry, &value);
                        }
                    }
                }
                None => self.judge(packages),
            }
        }
    }

    /// Takes the answers to the rules of a group, which were counted when they were given.
    fn take_answers(&mut self, group: &Group, answers: &Answers) {
        let counted = self.evaluation.evaluated;
        for package in group.packages.iter().map(|place| &self.set.packages[*place]) {
            for entry in &package.entries {
                if let Some(value) = answers.value(&entry.path) {
                    self.answered(package, entry, value);
                }
            }
        }
        self.evaluation.evaluated = counted;
    }

    fn cancelled(&mut self) {
        self.problem(Problem::error(ProblemKind::Cancelled, "stopped before all policies were asked"));
    }

    fn judge(&mut self, packages: impl Iterator<Item = &'a Package>) {
        for package in packages {
            match package.program(&self.set.modules, &self.set.options) {
                Ok(program) => {
                    for entry in &package.entries {
                        if self.cancel.is_cancelled() {
                            self.problem(Problem::error(
                                ProblemKind::Cancelled,
                                "stopped before all policies were asked",
                            ));
                            return;
                        }
                        self.ask(package, program, entry);
                    }
                }
                Err(fault) => {
                    self.evaluation.unknown += package.entries.len() as u64;
                    let message = format!("policy `{}` could not be made ready: {fault}", package.name);
                    self.problem(Problem::error(ProblemKind::Engine, message));
                }
            }
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

    fn answered(&mut self, package: &'a Package, entry: &'a Entry, value: &Value) {
        self.evaluation.evaluated += 1;
        let rule = &self.set.rules()[entry.rule];
        match conftest::outcomes(&entry.name, value) {
            Ok(outcomes) if outcomes.is_empty() => {}
            Ok(outcomes) => self.take(package, entry, outcomes),
            Err(message) => {
                self.evaluation.unknown += 1;
                let message = format!("policy `{}`: {message}; its results were not taken", shown(rule, entry));
                self.problem(Problem::error(ProblemKind::Policy, message));
            }
        }
    }

    fn take(&mut self, package: &'a Package, entry: &'a Entry, mut outcomes: Vec<Outcome>) {
        let rule = &self.set.rules()[entry.rule];
        let options = &self.set.options;
        let most = options.results.saturating_mul(self.documents.len());
        if outcomes.len() > most {
            let more = outcomes.len() - most;
            let message = format!(
                "policy `{}` gave {} results, more than the limit of {}; {more} are not listed",
                shown(rule, entry),
                outcomes.len(),
                most
            );
            self.problem(Problem::error(ProblemKind::Limit, message));
            outcomes.truncate(most);
        }
        let is_excepted = self.is_excepted(package, entry, rule);
        // All causes of one rule share what one evaluation may take.
        let end = Instant::now() + self.time_left();
        let results = values(&outcomes);
        // Bodies are told apart only where it makes a difference: to what is said of a finding, or to the search for its cause.
        let is_known = |outcome: &Outcome| outcome.place.is_some();
        let is_same = entry.bodies.iter().all(|body| body.rule == entry.rule) && outcomes.iter().all(is_known);
        let alone = if is_same { Vec::new() } else { self.alone(package, entry, end) };
        for outcome in &outcomes {
            let body = alone.iter().find(|(_, asked)| asked.results.contains(&outcome.value));
            let rule = body.map_or(rule, |(rule, _)| rule);
            let mut finding = unplaced(rule, outcome, options);
            if is_excepted {
                except(&mut finding, rule);
            }
            let place = outcome.place.as_ref();
            if place.is_some_and(|place| put_where_named(&mut finding, &self.documents, self.is_combined, place)) {
                // The rule knows best.
            } else if let Some((_, asked)) = body {
                self.put(&mut finding, entry, asked, &outcome.value, end);
            } else if let Some(program) = self.program(package) {
                let asked = Asked { program, mentions: &package.mentions, results: results.clone() };
                self.put(&mut finding, entry, &asked, &outcome.value, end);
            }
            self.evaluation.findings.push(finding);
        }
    }

    fn program<'p>(&self, package: &'p Package) -> Option<&'p Program> {
        package.program(&self.set.modules, &self.set.options).as_ref().ok()
    }

    /// Of a rule that has several bodies, each of them and what it gives alone: it has facts of its own, and is quicker to ask.
    fn alone<'p>(&self, package: &'p Package, entry: &'p Entry, end: Instant) -> Vec<(&'a LoadedRule, Asked<'p>)> {
        if !(2..=MOST_BODIES).contains(&entry.bodies.len()) {
            return Vec::new();
        }
        let mut bodies = Vec::new();
        for body in &entry.bodies {
            let made = package.alone(entry, body, &self.set.modules, &self.set.options);
            let left = end.saturating_duration_since(Instant::now());
            let Some(alone) = made.filter(|_| !left.is_zero()) else { continue };
            let Ok(value) = alone.program.ask_again(&entry.path, &self.framed(&self.input), left) else { continue };
            let results = values(&conftest::outcomes(&entry.name, &value).unwrap_or_default());
            let asked = Asked { program: &alone.program, mentions: &alone.mentions, results };
            bodies.push((&self.set.rules()[body.rule], asked));
        }
        bodies
    }

    fn put(&self, finding: &mut Finding, entry: &Entry, asked: &Asked<'_>, result: &Value, end: Instant) {
        let ask = &mut |input: &Value| {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || self.cancel.is_cancelled() {
                return None;
            }
            match asked.program.ask_again(&entry.path, &self.framed(input), left) {
                Ok(value) => Some(values(&conftest::outcomes(&entry.name, &value).unwrap_or_default())),
                Err(Fault::Time(_)) => None,
                // A document that the rule cannot judge says nothing of the cause.
                Err(_) => Some(asked.results.clone()),
            }
        };
        let mentions = self.frame.map(|frame| asked.mentions.below(&frame.path));
        let question = Question {
            input: &self.input,
            result,
            results: &asked.results,
            mentions: mentions.as_ref().unwrap_or(asked.mentions),
            budget: self.set.options.evaluations_per_finding,
            ask,
        };
        let (cause, located, evaluations) = locate(question);
        put_at_cause(finding, &self.documents, self.is_combined, &cause, located);
        finding.evidence.insert("evaluations".to_owned(), evaluations.into());
    }

    fn is_excepted(&mut self, package: &Package, entry: &Entry, rule: &LoadedRule) -> bool {
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

    fn fault(&mut self, rule: &LoadedRule, name: &str, fault: &Fault) {
        self.evaluation.unknown += 1;
        let message = format!(
            "policy `{}.{name}` of {} gave no answer, this was not judged by it: {fault}",
            rule.package, rule.file
        );
        let kind = if matches!(fault, Fault::Error { .. }) { ProblemKind::Policy } else { ProblemKind::Engine };
        self.problem(Problem::error(kind, message));
    }

    /// Problems stand where the input is; of several documents the first file stands for all.
    fn problem(&mut self, problem: Problem) {
        let problem = match self.documents.first() {
            Some(document) => problem.at(&document.origin.location()),
            None => problem,
        };
        self.evaluation.problems.push(problem);
    }

    /// The time for one evaluation: for many documents at once, more.
    fn time_left(&self) -> Duration {
        let limit = self.set.options.time_limit * (1 + self.documents.len() / DOCUMENTS_PER_LIMIT) as u32;
        let left = self.cancel.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()));
        left.map_or(limit, |left| left.min(limit))
    }
}

fn shown(rule: &LoadedRule, entry: &Entry) -> String {
    format!("{}.{}", rule.package, entry.name)
}

fn values(outcomes: &[Outcome]) -> Vec<Value> {
    outcomes.iter().map(|outcome| outcome.value.clone()).collect()
}
