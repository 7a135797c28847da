//! What a scheme's file makes of a text.

use crate::key::Key;

/// Why a text cannot be read: a sentence that follows "is no … version:".
pub(crate) type Reason = &'static str;

/// A text that was read.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Its place in the order.
    pub(crate) key: Key,
    /// Why the grammar refuses it, although it has a place.
    pub(crate) irregularity: Option<Reason>,
}

impl Reading {
    /// Keeps the first irregularity.
    pub(crate) fn note(&mut self, irregularity: Reason) {
        self.irregularity.get_or_insert(irregularity);
    }
}
