//! JSON with places: reads as far as it can, and says where it could not go on (RFC 8259).

mod reader;
#[cfg(test)]
mod tests;

use self::reader::{Giving, Reader};
use crate::tree::{Fault, Member, Node};

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
    Reader::new(text, Dialect::Strict, None).document()
}

/// The same, but for the members of the map that the root has under this key: they are given to `to` as they are read, and in the value the
/// map is empty. The largest of lockfiles are one such map. `None` says that one begins: where several are under the key the last counts, as
/// for every reader that keeps one.
pub(crate) fn read_giving<'a>(
    text: &'a str,
    key: &'static str,
    to: &mut dyn FnMut(Option<Member<'a>>),
) -> (Node<'a>, Option<Fault>) {
    Reader::new(text, Dialect::Strict, Some(Giving { key, to })).document()
}

/// The same as [`read`] for a text with comments and trailing commas.
pub(crate) fn read_relaxed(text: &str) -> (Node<'_>, Option<Fault>) {
    Reader::new(text, Dialect::Relaxed, None).document()
}
