//! Rows of cells.

use std::ops::Range;

use crate::fault::Fault;
use crate::source::Source;

/// One cell, quotes not included in its text but in its place.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

impl Cell {
    /// From the first to the last.
    pub(super) fn around(row: &[Cell]) -> Range<usize> {
        let (start, end) = (row.first().map(|cell| cell.range.start), row.last().map(|cell| cell.range.end));
        start.unwrap_or_default()..end.unwrap_or_default()
    }
}

/// Reads row after row.
pub(super) struct Cells<'a> {
    source: &'a Source<'a>,
    text: &'a str,
    delimiter: char,
    at: usize,
    last: usize,
}

impl<'a> Cells<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Cells<'a> {
        // A line that is cut is no row.
        let end = if source.is_cut() { source.text.rfind('\n').unwrap_or(source.start) } else { source.text.len() };
        let text = &source.text[..end.max(source.start)];
        Cells { source, text, delimiter: delimiter(&text[source.start..]), at: source.start, last: source.start }
    }

    /// Where the last cell ends.
    pub(super) fn end(&self) -> usize {
        self.last
    }

    /// The next row that is no empty line.
    pub(super) fn row(&mut self) -> Result<Option<Vec<Cell>>, Fault> {
        let blank = self.text[self.at..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.at += blank;
        if self.at >= self.text.len() {
            return Ok(None);
        }
        let mut row = Vec::new();
        loop {
            let cell = self.cell()?;
            self.last = cell.range.end;
            row.push(cell);
            let rest = &self.text[self.at..];
            if rest.starts_with(self.delimiter) {
                self.at += 1;
                continue;
            }
            self.at += if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) };
            return Ok(Some(row));
        }
    }

    fn cell(&mut self) -> Result<Cell, Fault> {
        let start = self.at;
        if self.text[start..].starts_with('"') {
            return self.quoted(start);
        }
        let rest = &self.text[start..];
        let length = rest.find([self.delimiter, '\n']).unwrap_or(rest.len());
        let is_line = !rest[length..].starts_with(self.delimiter);
        let text = if is_line { rest[..length].strip_suffix('\r').unwrap_or(&rest[..length]) } else { &rest[..length] };
        self.at = start + text.len();
        Ok(Cell { text: text.to_owned(), range: start..self.at })
    }

    fn quoted(&mut self, start: usize) -> Result<Cell, Fault> {
        let mut text = String::new();
        let mut at = start + 1;
        loop {
            let rest = &self.text[at..];
            let Some(end) = rest.find('"') else {
                return Err(Fault::syntax(self.source, start, "no valid CSV: a quote is not closed"));
            };
            text.push_str(&rest[..end]);
            at += end + 1;
            if !self.text[at..].starts_with('"') {
                break;
            }
            text.push('"');
            at += 1;
        }
        let behind = &self.text[at..];
        let ends = behind.is_empty() || behind.starts_with([self.delimiter, '\n']) || behind.starts_with("\r\n");
        if !ends {
            return Err(Fault::syntax(self.source, at, "no valid CSV: text stands behind a closing quote"));
        }
        self.at = at;
        Ok(Cell { text, range: start..at })
    }
}

fn delimiter(text: &str) -> char {
    let line = text.lines().next().unwrap_or_default();
    let mut is_quoted = false;
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    for character in line.chars() {
        is_quoted ^= character == '"';
        counts.iter_mut().filter(|(mark, _)| *mark == character && !is_quoted).for_each(|(_, count)| *count += 1);
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(',', |(mark, _)| *mark)
}
