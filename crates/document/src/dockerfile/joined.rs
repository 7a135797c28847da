//! One instruction as the builder sees it: continued lines joined, and the way back to the text of the file.

use std::ops::Range;

/// The text of an instruction without line continuations and the comments between them.
#[derive(Debug, Default)]
pub(super) struct Joined {
    text: String,
    /// Where pieces of one physical line start: here, and in the file.
    pieces: Vec<(usize, usize)>,
}

impl Joined {
    /// Adds a piece of the file.
    pub(super) fn push(&mut self, piece: &str, offset: usize) {
        if !piece.is_empty() {
            self.pieces.push((self.text.len(), offset));
            self.text.push_str(piece);
        }
    }

    /// The whole instruction.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where a piece stands in the file. What is joined across lines spans what was between them.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        // The end belongs to the last character, which may stand on another line than what follows it.
        let end = if range.is_empty() { start } else { self.offset(range.end - 1) + 1 };
        start..end
    }

    fn offset(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at).checked_sub(1);
        piece.map_or(at, |piece| self.pieces[piece].1 + (at - self.pieces[piece].0))
    }
}
