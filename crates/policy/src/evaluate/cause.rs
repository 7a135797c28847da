//! From what a rule gave to findings in their places.

use std::time::Instant;

use model::{Finding, Problem, ProblemKind};

use super::judgement::{Judgement, shown};
use crate::LoadedRule;
use crate::conftest::{self, Outcome};
use crate::finding::{except, put_at_cause, put_where_named, unplaced};
use crate::locate::{Question, locate};
use crate::package::{Entry, Package};
use crate::rego::{Fault, Mentions, Program, Value};

/// Bodies of one rule that are told apart.
const MOST_BODIES: usize = 256;

/// What is asked again for causes, and what it gave for the document as it is.
struct Asked<'p> {
    program: &'p Program,
    mentions: &'p Mentions,
    results: Vec<Value>,
}

impl<'a> Judgement<'a> {
    pub(super) fn take(&mut self, package: &'a Package, entry: &'a Entry, mut outcomes: Vec<Outcome>) {
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
        let mentions = self.frame.map(|frame| asked.mentions.below(&frame.path, &frame.given));
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
}

fn values(outcomes: &[Outcome]) -> Vec<Value> {
    outcomes.iter().map(|outcome| outcome.value.clone()).collect()
}
