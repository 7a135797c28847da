//! From byte offsets to lines and columns.

use crate::{Position, Span};

/// Line starts of one text. Build it once a file; looking up a position costs a binary search and one short count.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    text: &'a [u8],
    starts: Vec<u32>,
}

impl<'a> LineIndex<'a> {
    /// Finds the line starts. Texts beyond 4 GiB are cut: no parser reads that much.
    pub fn new(text: &'a [u8]) -> LineIndex<'a> {
        let text = &text[..text.len().min(u32::MAX as usize)];
        let mut starts = vec![0];
        starts.extend(text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at as u32 + 1));
        LineIndex { text, starts }
    }

    /// The position of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start as usize <= offset) - 1;
        let start = self.starts[line] as usize;
        let scalars = self.text[start..offset].iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        Position { line: line as u32 + 1, column: scalars as u32 + 1, offset: offset as u32 }
    }

    /// The span of a byte range.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span { start: self.position(range.start), end: self.position(range.end.max(range.start)) }
    }

    /// The span of a whole 1-based line without its line break; `None` past the end.
    pub fn line_span(&self, line: u32) -> Option<Span> {
        let start = *self.starts.get(line.checked_sub(1)? as usize)? as usize;
        let rest = &self.text[start..];
        let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        let length = if rest[..length].ends_with(b"\r") { length - 1 } else { length };
        Some(self.span(start..start + length))
    }

    /// The bytes of a whole 1-based line without its line break; `None` past the end.
    pub fn line(&self, line: u32) -> Option<&'a [u8]> {
        let span = self.line_span(line)?;
        Some(&self.text[span.start.offset as usize..span.end.offset as usize])
    }

    /// Number of lines; a text that ends in a line break has one empty last line.
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_scalars_not_bytes() {
        let index = LineIndex::new("é=1\nb\r\nc".as_bytes());
        assert_eq!(index.position(2), Position { line: 1, column: 2, offset: 2 });
        assert_eq!(index.position(5), Position { line: 2, column: 1, offset: 5 });
        assert_eq!(index.line(2), Some(&b"b"[..]));
        assert_eq!(index.line(3), Some(&b"c"[..]));
        assert_eq!(index.line(4), None);
        assert_eq!(index.position(99).line, 3);
    }
}
