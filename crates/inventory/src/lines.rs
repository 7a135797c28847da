//! Text by lines, each with its place.

use std::ops::Range;

/// One line without its line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// Where it starts.
    pub(crate) start: usize,
    pub(crate) text: &'a str,
}

impl<'a> Line<'a> {
    /// Where it is, without blanks around it.
    pub(crate) fn range(self) -> Range<usize> {
        let start = self.start + (self.text.len() - self.text.trim_start().len());
        start..start + self.text.trim().len()
    }

    /// How far it is indented, in bytes.
    pub(crate) fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches([' ', '\t']).len()
    }

    /// Without blanks around it.
    pub(crate) fn trimmed(self) -> &'a str {
        self.text.trim()
    }
}

/// The lines of a text; a byte-order mark at its start belongs to none.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut start = mark;
    text[mark..].split_inclusive('\n').map(move |line| {
        let here = start;
        start += line.len();
        let text = line.strip_suffix('\n').unwrap_or(line);
        Line { start: here, text: text.strip_suffix('\r').unwrap_or(text) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let text = "\u{FEFF}a\r\n\n  b ";
        let found: Vec<(usize, &str)> = lines(text).map(|line| (line.start, line.text)).collect();
        assert_eq!(found, [(3, "a"), (6, ""), (7, "  b ")]);
        let last = lines(text).last().expect("a line");
        assert_eq!((&text[last.range()], last.indent()), ("b", 2));
    }
}
