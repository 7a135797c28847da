//! Where instructions start and end: line continuations, comments, here-documents, by the rules of BuildKit.

use std::ops::Range;

use super::heredoc::{self, HereDocument};
use super::joined::Joined;

/// One instruction: its lines joined, and the here-documents behind it.
#[derive(Debug)]
pub(super) struct Line {
    /// From the first character of the instruction to the last of its last line, here-documents included.
    pub(super) range: Range<usize>,
    pub(super) joined: Joined,
    pub(super) documents: Vec<HereDocument>,
}

/// All instructions of a text.
pub(super) fn split(text: &str, start: usize, escape: char) -> Vec<Line> {
    all(text, start, escape).0
}

/// All comments of a text, also those between the lines of an instruction.
pub(super) fn comments(text: &str, start: usize, escape: char) -> Vec<Range<usize>> {
    all(text, start, escape).1
}

fn all(text: &str, start: usize, escape: char) -> (Vec<Line>, Vec<Range<usize>>) {
    let mut physical = Physical { text, at: start, comments: Vec::new() };
    let mut lines = Vec::new();
    while let Some(range) = physical.next_content() {
        let content = text[range.clone()].trim_start();
        lines.push(instruction(&mut physical, range.end - content.len()..range.end, escape));
    }
    (lines, physical.comments)
}

/// The escape character that a directive at the top of the text may set.
pub(super) fn escape(text: &str) -> char {
    for line in text.lines() {
        let Some((name, value)) = line.trim().strip_prefix('#').and_then(|line| line.split_once('=')) else { break };
        let name = name.trim();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            break;
        }
        if name.eq_ignore_ascii_case("escape") {
            return if value.trim() == "`" { '`' } else { '\\' };
        }
    }
    '\\'
}

fn instruction(physical: &mut Physical<'_>, first: Range<usize>, escape: char) -> Line {
    let text = physical.text;
    let mut joined = Joined::default();
    let mut end = first.end;
    let mut piece = first.clone();
    loop {
        let (content, continues) = without_continuation(&text[piece.clone()], escape);
        joined.push(content, piece.start);
        end = if continues { end } else { piece.start + content.trim_end().len() };
        let next = if continues { physical.next_content() } else { None };
        let Some(next) = next else { break };
        end = next.end;
        piece = next;
    }
    let mut documents = Vec::new();
    for start in heredoc::starts(joined.text(), escape) {
        let document = physical.here_document(start);
        end = end.max(document.range.end);
        documents.push(document);
    }
    Line { range: first.start..end.max(first.start), joined, documents }
}

/// The line without an escape character at its end, and whether there was one. Two of them are one character of text.
fn without_continuation(line: &str, escape: char) -> (&str, bool) {
    let trimmed = line.trim_end_matches([' ', '\t']);
    match trimmed.strip_suffix(escape) {
        Some(content) if !content.ends_with(escape) => (content, true),
        _ => (line, false),
    }
}

/// Lines of the file, without their breaks.
struct Physical<'a> {
    text: &'a str,
    at: usize,
    /// Comments that were passed over.
    comments: Vec<Range<usize>>,
}

impl Physical<'_> {
    fn next(&mut self) -> Option<Range<usize>> {
        if self.at >= self.text.len() {
            return None;
        }
        let rest = &self.text[self.at..];
        let length = rest.find('\n').unwrap_or(rest.len());
        let start = self.at;
        self.at = (start + length + 1).min(self.text.len());
        Some(start..start + rest[..length].trim_end_matches('\r').len())
    }

    /// The next line that is neither a comment nor empty: such lines do not end a continued instruction.
    fn next_content(&mut self) -> Option<Range<usize>> {
        loop {
            let range = self.next()?;
            let content = self.text[range.clone()].trim_start();
            if content.starts_with('#') {
                self.comments.push(range.end - content.len()..range.end);
            } else if !content.trim_end().is_empty() {
                return Some(range);
            }
        }
    }

    fn here_document(&mut self, start: heredoc::Start) -> HereDocument {
        let begin = self.at;
        let mut end = begin;
        while let Some(line) = self.next() {
            if start.is_end(&self.text[line.clone()]) {
                return HereDocument { content: begin..line.start, range: begin..line.end, is_closed: true, start };
            }
            end = line.end;
        }
        HereDocument { content: begin..end, range: begin..end, is_closed: false, start }
    }
}
