//! Source lines as they may be shown: escaped, with the span moved along.

use std::ops::Range;

use model::{Location, Position};

use crate::foreign;

/// Source lines and the piece of them that is marked.
pub(super) struct Source {
    /// 1-based number of the first line.
    pub(super) line: usize,
    /// The lines.
    pub(super) text: String,
    /// Bytes of `text` that are marked; on character boundaries.
    pub(super) marked: Range<usize>,
}

/// The lines kept with a location; `None` when there are none, or the span is not in them.
pub(super) fn of(location: &Location) -> Option<Source> {
    let snippet = location.snippet.as_ref()?;
    let span = location.span?;
    let mut text = String::with_capacity(snippet.text.len());
    let mut start = None;
    let mut end = None;
    let last = snippet.text.split('\n').count();
    for (at, line) in snippet.text.split('\n').enumerate() {
        let number = snippet.line.saturating_add(u32::try_from(at).ok()?);
        let first = text.len();
        let columns = push_line(&mut text, line.strip_suffix('\r').unwrap_or(line));
        let offset = |position: Position| {
            let column = (position.column.max(1) - 1) as usize;
            columns.get(column).copied().unwrap_or(text.len())
        };
        if number == span.start.line {
            start = Some(offset(span.start).max(first));
        }
        if number == span.end.line {
            end = Some(offset(span.end));
        }
        if at + 1 < last {
            text.push('\n');
        }
    }
    let start = start?;
    // A span that goes on below the lines that were kept is marked to their end.
    let end = end.unwrap_or(text.len()).max(start);
    let end = start + text[start..end].trim_end().len();
    Some(Source { line: snippet.line as usize, text, marked: start..end })
}

/// Appends a line and gives the byte offset of each of its characters.
fn push_line(text: &mut String, line: &str) -> Vec<usize> {
    let mut columns = Vec::new();
    for character in line.chars() {
        columns.push(text.len());
        // The renderer sets tabs itself.
        if character == '\t' { text.push('\t') } else { foreign::push(text, character) }
    }
    columns
}

#[cfg(test)]
mod tests {
    use model::{Snippet, Span, TreePath};
    use proptest::prelude::*;

    use super::*;

    fn source(text: &str, line: u32, start: (u32, u32), end: (u32, u32)) -> Option<Source> {
        let position = |(line, column)| Position { line, column, offset: 0 };
        let span = Span { start: position(start), end: position(end) };
        let mut location = Location::at(TreePath::new("a").expect("a path"), span);
        location.snippet = Some(Snippet { line, text: text.to_owned() });
        of(&location)
    }

    fn check(text: &str, start: (u32, u32), end: (u32, u32), marked: &str) {
        let source = source(text, 5, start, end).expect("a source");
        assert_eq!(&source.text[source.marked], marked);
    }

    #[test]
    fn marks_move_with_escapes() {
        check("one\ntwo\nthree", (6, 1), (6, 4), "two");
        check("one\n\x1b[2Jtwo\u{202e}\nthree", (6, 5), (6, 9), r"two\u{202e}");
        check("é漢x", (5, 2), (5, 3), "漢");
        check("one\r\ntwo\r\n", (5, 1), (6, 1), "one");
        check("one\ntwo", (5, 2), (9, 1), "ne\ntwo");
        check("one", (5, 9), (5, 2), "");
        assert!(source("one", 5, (4, 1), (5, 2)).is_none());
    }

    proptest! {
        #[test]
        fn marks_are_inside(text in any::<String>(), line in 0_u32..4, start in (0_u32..6, 0_u32..9), end in (0_u32..6, 0_u32..9)) {
            if let Some(source) = source(&text, line, start, end) {
                prop_assert!(source.text.get(source.marked).is_some());
            }
        }
    }
}
