//! Takes what built-in rules gave that were compiled before delivery.

use model::{Cancel, Document, TreePath};

use super::{Evaluation, Judgement};
use crate::group::Group;
use crate::rego::of_documents;
use crate::{Answers, Input, PolicySet};

impl PolicySet {
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
            let mut judgement = Judgement::of(self, wanted, input, cancel);
            judgement.take_answers(group, answers);
            all.take(judgement.evaluation);
        }
        all
    }
}

impl Judgement<'_> {
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
}
