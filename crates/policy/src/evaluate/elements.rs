//! Files that are one list: as Conftest has it, a rule that names no kind is asked of each element alone.

use std::collections::HashSet;

use model::{Cancel, Document, Format, NodeValue, Origin};

use super::{Evaluation, Judgement};
use crate::{Input, PolicySet, Trust};

/// Files of which no document stands alone, so that a list among these is one document.
pub struct Lists<'a>(HashSet<&'a Origin>);

impl<'a> Lists<'a> {
    /// Tells files that are one list from those that hold one.
    pub fn among(documents: impl IntoIterator<Item = &'a Document>) -> Lists<'a> {
        let later = documents.into_iter().filter(|document| document.index > 0);
        Lists(later.map(|document| &document.origin).collect())
    }

    /// The elements of a file that is one list, each a document of its own; `None` of any other. Lists of other formats are
    /// how a file is shown, as that of a Dockerfile's instructions, and no list that somebody wrote.
    pub fn elements(&self, document: &Document) -> Option<Vec<Document>> {
        let is_written = matches!(document.format, Format::Yaml | Format::Json | Format::Jsonc | Format::Edn);
        let NodeValue::Array(items) = &document.root.value else { return None };
        if !is_written || document.index > 0 || self.0.contains(&document.origin) {
            return None;
        }
        let element = |(index, root): (usize, &model::Node)| Document {
            index,
            root: root.clone(),
            origin: document.origin.clone(),
            text: document.text.clone(),
            ..*document
        };
        Some(items.iter().enumerate().map(element).collect())
    }
}

impl PolicySet {
    /// Judges a document as [`PolicySet::evaluate`] does, and a file that is one list element by element where the user's
    /// rules name no kind.
    pub fn evaluate_among(&self, document: &Document, lists: &Lists<'_>, cancel: &Cancel) -> Evaluation {
        let Some(elements) = lists.elements(document) else { return self.evaluate(document, cancel) };
        let mut all = Evaluation::default();
        let groups = self.groups.iter().filter(|group| group.input == Input::Document);
        for group in groups.filter(|group| group.wants(document.kind)) {
            let takes_elements = group.trust == Trust::User && group.kinds.is_empty();
            let judged = if takes_elements { &elements[..] } else { std::slice::from_ref(document) };
            for document in judged {
                let mut judgement = Judgement::new(self, vec![document], false, cancel);
                judgement.judge_all(std::iter::once(group));
                all.take(judgement.evaluation);
            }
        }
        all
    }
}
