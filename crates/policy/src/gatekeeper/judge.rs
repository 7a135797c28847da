//! Asks constraints about objects.

use model::{Cancel, Document, DocumentKind, Finding, Problem, ProblemKind};

use super::Gatekeeper;
use super::constraint::Constraint;
use super::inventory::Inventory;
use super::matching::Match;
use super::objects::metadata;
use super::review::{self, Operation};
use crate::{Evaluation, PolicySet};

impl Gatekeeper {
    /// Judges all objects among some documents, each with all others as its inventory.
    pub fn judge(&self, documents: &[&Document], cancel: &Cancel) -> Evaluation {
        let mut all = Evaluation::default();
        let inventory = Inventory::of(documents);
        let sets = match self.with_inventory(&inventory) {
            Ok(sets) => sets,
            Err(problem) => {
                all.problems.push(problem);
                all.unknown += self.constraints.len() as u64;
                all.unanswered.extend(self.constraints.iter().map(|constraint| constraint.rule.id.clone()));
                return all;
            }
        };
        let is_object =
            |document: &&&Document| document.kind == DocumentKind::Kubernetes && !super::is_gatekeeper(document);
        for document in documents.iter().filter(is_object) {
            for constraint in &self.constraints {
                all.take(self.judge_one(constraint, &sets, document, &inventory, Operation::Create, cancel));
            }
        }
        all
    }

    /// Asks one constraint about one object.
    pub(super) fn judge_one(
        &self,
        constraint: &Constraint,
        sets: &[(String, PolicySet)],
        document: &Document,
        inventory: &Inventory<'_>,
        operation: Operation,
        cancel: &Cancel,
    ) -> Evaluation {
        let object = &document.root;
        match constraint.matcher.matches(object, inventory.namespace(metadata(object, "namespace"))) {
            Match::No => return Evaluation::default(),
            Match::Yes => {}
            Match::Unknown(namespace) => return unknown(constraint, document, &namespace),
        }
        let frame = review::frame(object, operation, &constraint.parameters);
        self.ask(constraint, sets, document, &frame, cancel)
    }

    /// Asks one constraint about an object in its frame, whatever the constraint's match says.
    pub(super) fn ask(
        &self,
        constraint: &Constraint,
        sets: &[(String, PolicySet)],
        document: &Document,
        frame: &crate::evaluate::Frame,
        cancel: &Cancel,
    ) -> Evaluation {
        if cancel.is_cancelled() {
            let problem = Problem::error(ProblemKind::Cancelled, "stopped before all constraints were asked");
            return unanswered(constraint, problem);
        }
        let with_inventory = sets.iter().find(|(kind, _)| *kind == constraint.kind).map(|(_, set)| set);
        let Some(set) = with_inventory.or_else(|| self.template(&constraint.kind).map(|template| &template.set)) else {
            return Evaluation::default();
        };
        let mut evaluation = set.evaluate_framed(document, frame, cancel);
        evaluation.findings.iter_mut().for_each(|finding| name(finding, constraint));
        if !evaluation.unanswered.is_empty() {
            evaluation.unanswered = [constraint.rule.id.clone()].into();
        }
        evaluation
    }

    /// The rules of templates that ask for other objects, compiled with them.
    pub(super) fn with_inventory(&self, inventory: &Inventory<'_>) -> Result<Vec<(String, PolicySet)>, Problem> {
        let asking = self.templates.iter().filter(|template| template.uses_inventory);
        let mut json = None;
        let mut sets = Vec::new();
        for template in asking {
            let json = json.get_or_insert_with(|| inventory.to_json());
            let set = template.with_inventory(json, &self.options).map_err(|errors| {
                let said = errors.first().map(ToString::to_string).unwrap_or_default();
                Problem::error(
                    ProblemKind::Engine,
                    format!("the template for `{}` was not judged: {said}", template.kind),
                )
            })?;
            sets.push((template.kind.clone(), set));
        }
        Ok(sets)
    }
}

/// A finding is the constraint's, not the template's.
fn name(finding: &mut Finding, constraint: &Constraint) {
    finding.rule = constraint.rule.id.clone();
    finding.severity = constraint.rule.severity;
    if !constraint.rule.title.is_empty() {
        finding.title.clone_from(&constraint.rule.title);
    }
    finding.evidence.insert("enforcement_action".to_owned(), constraint.action.name().into());
}

/// It is not known whether a constraint speaks of an object.
pub(super) fn unknown(constraint: &Constraint, document: &Document, namespace: &str) -> Evaluation {
    let message = format!(
        "constraint `{}` chooses by labels of the namespace `{namespace}`, which is not among the documents: whether it \
         speaks of this object is not known",
        constraint.rule.id
    );
    let problem = Problem::error(ProblemKind::Policy, message).at(&document.origin.at(document.root.span));
    unanswered(constraint, problem)
}

fn unanswered(constraint: &Constraint, problem: Problem) -> Evaluation {
    let unanswered = [constraint.rule.id.clone()].into();
    Evaluation { problems: vec![problem], unknown: 1, unanswered, ..Evaluation::default() }
}
