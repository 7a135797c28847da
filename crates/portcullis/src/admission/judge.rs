//! A request to what policies say of it.

use std::collections::BTreeSet;

use model::{Cancel, Finding, Problem, ProblemSeverity, Status};
use policy::Evaluation;

use super::actions::Action;
use super::policies::Policies;
use super::request::{Operation, Request};
use super::together;
use crate::credential::hidden;

/// What policies say of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Judgement {
    /// In the order they were found.
    pub(super) said: Vec<Said>,
    /// Why some policy gave no answer.
    pub(super) failures: Vec<String>,
}

/// What one policy says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    pub(super) action: Action,
    pub(super) rule: String,
    pub(super) message: String,
}

impl Judgement {
    /// Nothing was judged.
    pub(super) fn failed(why: &str) -> Judgement {
        Judgement { said: Vec::new(), failures: vec![why.to_owned()] }
    }
}

/// Asks every policy about a request.
pub(super) fn judge(policies: &Policies, request: &Request, cancel: &Cancel) -> Judgement {
    let Some(object) = &request.object else {
        return Judgement::failed("the request holds no object that could be judged");
    };
    let mut judgement = Judgement::default();
    let own = policies.judge(object, cancel);
    let of_constraints = policies.reviewer.review(&request.node, object, cancel);
    let is_asked = |finding: &Finding| !is_spared(request) || !policies.is_builtin(&finding.rule);
    judgement.take(&own, policies, &is_asked);
    judgement.take(&of_constraints, policies, &|_| true);
    judgement.take(&together::judge(policies, request, object, cancel), policies, &|_| true);
    if cancel.is_cancelled() {
        judgement.failures.push(format!("the deadline of {:?} has passed", policies.settings.deadline));
    }
    judgement
}

/// What built-in policies judge is about to go, or cannot change by this request.
fn is_spared(request: &Request) -> bool {
    request.operation == Operation::Delete || request.sub_resource == "status"
}

impl Judgement {
    fn take(&mut self, evaluation: &Evaluation, policies: &Policies, is_asked: &dyn Fn(&Finding) -> bool) {
        let mut seen: BTreeSet<Said> = self.said.iter().cloned().collect();
        for finding in evaluation.findings.iter().filter(|finding| is_asked(finding)) {
            match finding.status {
                Status::Suppressed => {}
                Status::Unknown => {
                    self.failures.push(format!("{} could not decide: {}", finding.rule, finding.message));
                }
                Status::Open => {
                    let said = Said {
                        action: policies.settings.actions.of(finding),
                        rule: finding.rule.to_string(),
                        message: hidden(&finding.message).into_owned(),
                    };
                    if seen.insert(said.clone()) {
                        self.said.push(said);
                    }
                }
            }
        }
        let is_error = |problem: &&Problem| problem.severity == ProblemSeverity::Error;
        let before = self.failures.len();
        self.failures.extend(evaluation.problems.iter().filter(is_error).map(|problem| problem.message.clone()));
        if evaluation.unknown > 0 && self.failures.len() == before {
            self.failures.push(format!("{} rules gave no answer", evaluation.unknown));
        }
    }
}
