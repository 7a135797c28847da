//! JSON with places: reads as far as it can, and says where it could not go on (RFC 8259).

mod reader;
#[cfg(test)]
mod tests;

use self::reader::Reader;
use crate::tree::{Fault, Node};

/// Which JSON it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// As RFC 8259 says.
    Strict,
    /// With comments, and a comma after the last item.
    Relaxed,
}

/// Reads a text. What stands before a fault is in the value: maps and lists that were not closed, without their last item.
pub(crate) fn read(text: &str) -> (Node<'_>, Option<Fault>) {
    Reader::new(text, Dialect::Strict).document()
}

/// The same for a text with comments and trailing commas.
pub(crate) fn read_relaxed(text: &str) -> (Node<'_>, Option<Fault>) {
    Reader::new(text, Dialect::Relaxed).document()
}
