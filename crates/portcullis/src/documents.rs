//! Policies asked of a target: of its documents, and of what an image says of itself.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Cancel, Document, DocumentKind, Finding, FindingClass, Problem, ProblemSeverity, Rule, RuleId, Target, TreePath,
};
use policy::{Evaluation, PolicySet};
use rayon::prelude::*;

use crate::image;
use crate::scanner::Rooms;

/// The built-in rule that says of an image what advisory data says of any operating system.
const END_OF_LIFE: &str = "image/end-of-life";

/// What policies said of a target so far.
pub(crate) struct Judged<'a> {
    pub(crate) target: &'a mut Target,
    pub(crate) findings: &'a mut Vec<Finding>,
    pub(crate) rules: &'a mut BTreeMap<RuleId, Rule>,
}

impl Judged<'_> {
    /// Asks of documents.
    pub(crate) fn documents(&mut self, rooms: &Rooms, documents: &[Document], cancel: &Cancel) {
        self.count(documents);
        if documents.is_empty() {
            return;
        }
        let policies = rooms.policies.get();
        let all: Vec<&Document> = documents.iter().collect();
        let mut evaluations: Vec<Evaluation> = if rooms.config.combine {
            vec![policies.evaluate_combined(&all, cancel)]
        } else {
            documents.par_iter().map(|document| policies.evaluate(document, cancel)).collect()
        };
        if policies.sees_together() {
            evaluations.push(policies.evaluate_together(&all, &unread(&self.target.problems), cancel));
        }
        if !rooms.policies.gatekeeper().is_empty() {
            evaluations.push(rooms.policies.gatekeeper().judge(&all, cancel));
        }
        let constraints = rooms.policies.gatekeeper().rules().iter();
        self.rules.extend(constraints.map(|rule| (rule.id.clone(), rule.clone())));
        self.take(policies, evaluations);
    }

    /// Asks of an image. False where no policy judges images.
    pub(crate) fn image(&mut self, rooms: &Rooms, seen: &image::Seen<'_>, cancel: &Cancel) -> bool {
        if !rooms.policies.wants(DocumentKind::Image) {
            return false;
        }
        match image::document(rooms, self.target, seen) {
            Ok(document) => {
                self.count(std::slice::from_ref(&document));
                let policies = rooms.policies.of_images();
                let evaluation = image::judge(policies, &document, seen.boundary, cancel);
                image::mask(&mut self.target.layers, &evaluation.findings, &document.root);
                self.take(policies, vec![evaluation]);
                said_once(self.findings);
            }
            Err(problem) => self.target.problems.push(problem),
        }
        true
    }

    fn count(&mut self, documents: &[Document]) {
        let coverage = &mut self.target.coverage;
        coverage.documents += documents.len() as u64;
        for document in documents {
            *coverage.document_kinds.entry(document.kind.domain().to_owned()).or_default() += 1;
        }
    }

    fn take(&mut self, policies: &PolicySet, evaluations: Vec<Evaluation>) {
        for evaluation in evaluations {
            self.findings.extend(evaluation.findings);
            self.target.problems.extend(evaluation.problems);
            self.target.coverage.policies.evaluated += evaluation.evaluated;
            self.target.coverage.policies.unknown += evaluation.unknown;
        }
        let rules = policies.rules().iter().map(|loaded| &loaded.rule);
        self.rules.extend(rules.map(|rule| (rule.id.clone(), rule.clone())));
    }
}

/// Advisory data and a rule may both say that an operating system is past its end of life: once is enough, under both names.
fn said_once(findings: &mut Vec<Finding>) {
    let by_rule = |finding: &Finding| finding.rule.as_str() == END_OF_LIFE;
    let Some(at) = findings.iter().position(by_rule) else { return };
    let name = findings[at].rule.as_str().to_owned();
    if let Some(other) = findings.iter_mut().find(|finding| finding.class == FindingClass::EndOfLife) {
        other.aliases.push(name);
        findings.remove(at);
    }
}

/// Files that may hold documents and could not be read.
fn unread(problems: &[Problem]) -> Vec<TreePath> {
    let is_error = |problem: &&Problem| problem.severity == ProblemSeverity::Error;
    let paths = problems.iter().filter(is_error).filter_map(|problem| problem.path.as_ref());
    let found: BTreeSet<&TreePath> = paths.filter(|path| document::format_of(path).is_some()).collect();
    found.into_iter().cloned().collect()
}
