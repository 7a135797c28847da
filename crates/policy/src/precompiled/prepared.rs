//! Documents as rules see them.

use std::sync::OnceLock;

use model::{Document, TreePath};

use crate::rego::{Value, of_node, together};

/// A document as rules see it: made once, however many rules ask, and not at all if none does.
pub struct Prepared<'d> {
    pub(crate) document: &'d Document,
    value: OnceLock<Value>,
}

impl<'d> Prepared<'d> {
    /// Makes nothing yet.
    pub fn of(document: &'d Document) -> Prepared<'d> {
        Prepared { document, value: OnceLock::new() }
    }

    /// Costs about as much as a tenth of reading the document.
    pub(crate) fn value(&self) -> &Value {
        self.value.get_or_init(|| of_node(&self.document.root))
    }
}

/// All of them as one input.
pub(crate) fn together_of(documents: &[&Prepared<'_>], unread: &[TreePath]) -> Value {
    let entries = documents.iter().map(|prepared| (&prepared.document.origin.path, prepared.value().clone()));
    together(entries, unread)
}
