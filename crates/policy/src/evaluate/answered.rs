//! Takes what built-in rules gave that were compiled before delivery.

use model::{Cancel, Document, TreePath};

use super::{Evaluation, Judgement};
use crate::group::Group;
use crate::precompiled::together_of;
use crate::{Answers, Input, PolicySet, Prepared};

impl PolicySet {
    /// Takes what built-in rules gave for one document, as [`Precompiled::ask`](crate::Precompiled::ask) has it. All of them have
    /// to be loaded here.
    pub fn evaluate_answers(&self, prepared: &Prepared<'_>, answers: &Answers, cancel: &Cancel) -> Evaluation {
        let mut all = Evaluation { evaluated: answers.asked, ..Evaluation::default() };
        if !answers.is_empty() {
            let document = prepared.document;
            let input = prepared.value().clone();
            let together = Judgement::of(self, vec![document], input, cancel);
            let mut judgement = Judgement { is_combined: false, ..together };
            let groups = self.groups.iter().filter(|group| group.input == Input::Document);
            groups.filter(|group| group.wants(document.kind)).for_each(|group| judgement.take_answers(group, answers));
            all.take(judgement.evaluation);
        }
        all
    }

    /// The same for documents that were found together, as [`Precompiled::ask_together`](crate::Precompiled::ask_together) has it.
    pub fn evaluate_answers_together(
        &self,
        documents: &[&Prepared<'_>],
        unread: &[TreePath],
        answers: &Answers,
        cancel: &Cancel,
    ) -> Evaluation {
        let mut all = Evaluation { evaluated: answers.asked, ..Evaluation::default() };
        for group in self.groups.iter().filter(|group| group.input == Input::Documents && !answers.is_empty()) {
            let wanted = documents.iter().copied().filter(|prepared| group.wants(prepared.document.kind));
            let wanted: Vec<&Prepared<'_>> = wanted.collect();
            let input = together_of(&wanted, unread);
            let documents: Vec<&Document> = wanted.iter().map(|prepared| prepared.document).collect();
            let mut judgement = Judgement::of(self, documents, input, cancel);
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
