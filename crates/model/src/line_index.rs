//! From byte offsets to lines and columns.

use crate::{Position, Span};

/// How often the number of scalars is kept: a lookup counts at most so many bytes, however long the line is.
const STRIDE: usize = 256;

/// Lines that are looked at one by one for the end of a span.
const NEAR: usize = 16;

/// Bytes of a line.
const USUAL_LINE: usize = 32;

/// Line starts of one text. Build it once a file; looking up a position costs a binary search and one short count.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    text: &'a [u8],
    starts: Vec<u32>,
    /// Scalars before every `STRIDE`th byte; of ASCII nothing is kept.
    scalars: Vec<u32>,
    /// Every byte is a scalar: columns need no counting.
    is_ascii: bool,
}

impl<'a> LineIndex<'a> {
    /// Finds the line starts. Texts beyond 4 GiB are cut: no parser reads that much.
    pub fn new(text: &'a [u8]) -> LineIndex<'a> {
        let text = &text[..text.len().min(u32::MAX as usize)];
        let starts = line_starts(text);
        let is_ascii = text.is_ascii();
        let scalars = if is_ascii { Vec::new() } else { scalars(text) };
        LineIndex { text, starts, scalars, is_ascii }
    }

    /// The position of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start as usize <= offset.min(self.text.len())) - 1;
        self.position_in(line, offset)
    }

    /// The same of an offset in a line, by its 0-based number, or behind it: most ends are near their starts.
    fn position_from(&self, line: usize, offset: usize) -> Position {
        let near = self.starts[line..].iter().take(NEAR).take_while(|start| **start as usize <= offset).count();
        if near < NEAR { self.position_in(line + near.max(1) - 1, offset) } else { self.position(offset) }
    }

    fn position_in(&self, line: usize, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let start = self.starts[line] as usize;
        let scalars =
            if self.is_ascii { offset - start } else { self.scalars_before(offset) - self.scalars_before(start) };
        Position { line: line as u32 + 1, column: scalars as u32 + 1, offset: offset as u32 }
    }

    /// The byte offset of the scalar with this 0-based number; past the end is the end.
    pub fn offset_of_scalar(&self, number: usize) -> usize {
        if self.is_ascii {
            return number.min(self.text.len());
        }
        let block = self.scalars.partition_point(|before| *before as usize <= number) - 1;
        let start = (block * STRIDE).min(self.text.len());
        let mut left = number - self.scalars[block] as usize;
        for (at, _) in self.text[start..].iter().enumerate().filter(|(_, byte)| is_scalar_start(**byte)) {
            if left == 0 {
                return start + at;
            }
            left -= 1;
        }
        self.text.len()
    }

    /// The span of a byte range.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.position(range.start);
        Span { start, end: self.position_from(start.line as usize - 1, range.end.max(range.start)) }
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

    /// The number of scalars before a byte offset.
    fn scalars_before(&self, offset: usize) -> usize {
        let block = offset / STRIDE;
        self.scalars[block] as usize + count_scalars(&self.text[block * STRIDE..offset])
    }

    /// Where each line starts, in bytes.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// True where every byte is a scalar.
    pub fn is_ascii(&self) -> bool {
        self.is_ascii
    }

    /// Number of lines; a text that ends in a line break has one empty last line.
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }
}

fn line_starts(text: &[u8]) -> Vec<u32> {
    // Lines of lockfiles are about so long: the list seldom grows, and room nobody writes to costs nothing.
    let mut starts = Vec::with_capacity(text.len() / USUAL_LINE + 1);
    starts.push(0);
    let (words, tail) = text.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let mut breaks = breaks(u64::from_le_bytes(*word));
        while breaks != 0 {
            starts.push(at as u32 * 8 + breaks.trailing_zeros() / 8 + 1);
            breaks &= breaks - 1;
        }
    }
    let tail_at = words.len() * 8;
    let breaks = tail.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    starts.extend(breaks.map(|(at, _)| (tail_at + at) as u32 + 1));
    starts
}

/// The highest bit of each byte that is a line break, and no other. Lines are short: looking for each break anew costs more than
/// looking at eight bytes at a time.
fn breaks(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const LOW: u64 = ONES * 0x7F;
    let others = word ^ (ONES * b'\n' as u64);
    !(((others & LOW) + LOW) | others | LOW)
}

fn scalars(text: &[u8]) -> Vec<u32> {
    let mut scalars = vec![0];
    let mut before = 0;
    for block in text.chunks(STRIDE) {
        before += count_scalars(block);
        scalars.push(before as u32);
    }
    scalars
}

fn count_scalars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| is_scalar_start(**byte)).count()
}

fn is_scalar_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
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

    #[test]
    fn ends_are_found_wherever_they_are() {
        let text = "é\nab\n\n".repeat(20);
        let index = LineIndex::new(text.as_bytes());
        for (start, end) in (0..text.len() + 2).flat_map(|start| (0..text.len() + 2).map(move |end| (start, end))) {
            let expected = Span { start: index.position(start), end: index.position(end.max(start)) };
            assert_eq!(index.span(start..end), expected, "{start}..{end}");
        }
    }

    #[test]
    fn breaks_at_any_place() {
        // Bytes that differ from a break in one bit, and from zero in few, around breaks.
        let bytes = [b'\n', 0x0B, b'\n', 0x8A, 0x00, 0x80, b'\n', b'\n', 0xFF, 0x0A, 0x1A, 0x4A, 0x09];
        for (start, end) in (0..40).flat_map(|start| (start..40).map(move |end| (start, end))) {
            let text: Vec<u8> = bytes.iter().copied().cycle().take(end).skip(start).collect();
            let breaks = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at as u32 + 1);
            let expected: Vec<u32> = std::iter::once(0).chain(breaks).collect();
            assert_eq!(LineIndex::new(&text).starts(), expected);
        }
    }

    #[test]
    fn long_lines_and_scalars() {
        let text = "é".repeat(1000) + "\nab\n" + &"ü".repeat(700);
        let index = LineIndex::new(text.as_bytes());
        for (number, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(index.offset_of_scalar(number), offset);
            let before = &text[..offset];
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            let expected = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
            let position = index.position(offset);
            assert_eq!((position.line as usize, position.column as usize), expected);
        }
        assert_eq!(index.offset_of_scalar(5000), text.len());
        assert_eq!(LineIndex::new(b"").offset_of_scalar(0), 0);
    }
}
