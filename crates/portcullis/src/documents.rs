//! Policies asked of a target: of its documents, and of what an image says of itself.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Cancel, Document, DocumentKind, Finding, FindingClass, Node, Problem, ProblemSeverity, Rule, RuleId, Target,
    TreePath,
};
use policy::Evaluation;

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
        rooms.threads.start();
        let all: Vec<&Document> = documents.iter().collect();
        let evaluation = rooms.policies.judge(&all, &unread(&self.target.problems), cancel);
        self.take(rooms, evaluation);
    }

    /// Takes what policies said of an image.
    pub(crate) fn take_image(&mut self, rooms: &Rooms, asked: AskedOfImage, seen: &image::Seen<'_>) {
        match asked {
            Ok((document, evaluation)) => {
                self.count(std::slice::from_ref(&document));
                let evaluation = image::placed(evaluation, &document, seen.boundary);
                image::mask(&mut self.target.layers, &evaluation.findings, &document.root);
                self.take(rooms, evaluation);
                said_once(self.findings);
            }
            Err(problem) => self.target.problems.push(problem),
        }
    }

    /// Counts what was there to be judged.
    pub(crate) fn count(&mut self, documents: &[Document]) {
        let coverage = &mut self.target.coverage;
        coverage.documents += documents.len() as u64;
        for document in documents {
            *coverage.document_kinds.entry(document.kind.domain().to_owned()).or_default() += 1;
            if document.kind == DocumentKind::Kubernetes {
                *coverage.objects.entry(object_of(document)).or_default() += 1;
            }
        }
    }

    /// Takes what policies said.
    pub(crate) fn take(&mut self, rooms: &Rooms, evaluation: Evaluation) {
        if !evaluation.findings.is_empty() {
            self.rules.extend(rooms.policies.rules());
        }
        self.findings.extend(evaluation.findings);
        self.target.problems.extend(evaluation.problems);
        let coverage = &mut self.target.coverage.policies;
        coverage.evaluated += evaluation.evaluated;
        coverage.unknown += evaluation.unknown;
        coverage.unanswered.extend(evaluation.unanswered);
        coverage.unanswered.sort();
        coverage.unanswered.dedup();
    }
}

/// `apps/v1/Deployment`.
fn object_of(document: &Document) -> String {
    let text = |name| document.root.get(name).and_then(Node::as_str).unwrap_or_default();
    format!("{}/{}", text("apiVersion"), text("kind"))
}

/// What an image says of itself and what policies say of that, or why nobody was asked.
pub(crate) type AskedOfImage = Result<(Document, Evaluation), Problem>;

/// Asks of an image. `None` where no policy judges images.
pub(crate) fn ask_image(
    rooms: &Rooms,
    target: &Target,
    seen: &image::Seen<'_>,
    cancel: &Cancel,
) -> Option<AskedOfImage> {
    rooms.policies.wants(DocumentKind::Image).then(|| {
        let document = image::document(rooms, target, seen)?;
        let evaluation = rooms.policies.judge(&[&document], &[], cancel);
        Ok((document, evaluation))
    })
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
