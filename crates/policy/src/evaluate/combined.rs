//! Documents joined into one input, as Conftest's `--combine` does it.

use std::borrow::Cow;

use model::{Cancel, Document};

use super::{Evaluation, Judgement, Lists};
use crate::group::Group;
use crate::rego::{of_node, together};
use crate::{Input, PolicySet, Trust};

impl PolicySet {
    /// Judges documents as one input `[{path, contents}]` by the user's rules; each comes with the path that rules see of it. Rules
    /// that see all documents anyway are asked by [`PolicySet::evaluate_together`], those of what nobody wrote by
    /// [`PolicySet::evaluate_uncombined`].
    pub fn evaluate_combined(&self, members: &[(&str, &Document)], cancel: &Cancel) -> Evaluation {
        let lists = Lists::among(members.iter().map(|(_, document)| *document));
        let mut all = Evaluation::default();
        for group in self.groups.iter().filter(|group| is_combined(group)) {
            let wanted = members.iter().filter(|(_, document)| group.wants(document.kind));
            let seen: Vec<(&str, Cow<'_, Document>)> = wanted
                .flat_map(|(path, document)| {
                    let elements = lists.elements(document).filter(|_| group.kinds.is_empty());
                    let parts = elements.map(|parts| parts.into_iter().map(Cow::Owned).collect());
                    let parts: Vec<_> = parts.unwrap_or_else(|| vec![Cow::Borrowed(*document)]);
                    parts.into_iter().map(|part| (*path, part))
                })
                .collect();
            if !seen.is_empty() {
                let input = together(seen.iter().map(|(path, document)| (path, of_node(&document.root))), &[]);
                let documents = seen.iter().map(|(_, document)| &**document).collect();
                let mut judgement = Judgement::of(self, documents, input, cancel);
                judgement.judge_all(std::iter::once(group));
                all.take(judgement.evaluation);
            }
        }
        all
    }

    /// Judges a document by the rules that see documents one by one even where they are combined: those that name nothing but
    /// kinds no file is of, as images.
    pub fn evaluate_uncombined(&self, document: &Document, cancel: &Cancel) -> Evaluation {
        let mut judgement = Judgement::new(self, vec![document], false, cancel);
        let groups = self.groups.iter().filter(|group| group.input == Input::Document && !is_combined(group));
        judgement.judge_all(groups.filter(|group| group.wants(document.kind)));
        judgement.evaluation
    }
}

fn is_combined(group: &Group) -> bool {
    let is_of_files = group.kinds.is_empty() || group.kinds.iter().any(|kind| kind.is_for_all());
    group.trust == Trust::User && group.input == Input::Document && is_of_files
}
