//! Logical lines, and what each asks for.

use super::requirement::{self, Requirement};
use crate::lines::lines;

/// A line with its continuations. Line breaks and comments in it are blanks, so that offsets stay those of the file.
pub(super) struct Logical<'a> {
    /// Where it starts in the file.
    pub(super) start: usize,
    pub(super) text: String,
    /// Comments in it, without `#`.
    pub(super) comments: Vec<&'a str>,
}

/// What a line says.
#[derive(Debug)]
pub(super) enum Line {
    Requirement(Requirement),
    /// `-r`
    Include(String),
    /// `-c`
    Constraint(String),
    /// `-i`
    Index(String),
    /// A comment, an option that changes nothing here, or nothing.
    Nothing,
}

/// Joins lines that end in a backslash.
pub(super) fn logical_lines(text: &str) -> impl Iterator<Item = Logical<'_>> {
    let mut physical = lines(text).peekable();
    std::iter::from_fn(move || {
        let mut line = physical.next()?;
        let mut logical = Logical { start: line.start, text: String::new(), comments: Vec::new() };
        loop {
            let goes_on = logical.push(line.text);
            match physical.peek() {
                Some(next) if goes_on => {
                    let blanks = next.start - (logical.start + logical.text.len());
                    logical.text.extend(std::iter::repeat_n(' ', blanks));
                    line = *next;
                    physical.next();
                }
                _ => return Some(logical),
            }
        }
    })
}

impl<'a> Logical<'a> {
    /// Takes a physical line in; true when it is continued.
    fn push(&mut self, line: &'a str) -> bool {
        let comment = comment(line);
        let code = &line[..comment.unwrap_or(line.len())];
        self.comments.extend(comment.map(|at| line[at..].trim_start().trim_start_matches('#')));
        // A comment ends where its line does, whatever its last character is, but it does not end a requirement
        // that was to go on.
        let goes_on = comment.is_none() && code.ends_with('\\');
        let code = if goes_on { &code[..code.len() - 1] } else { code };
        self.text.push_str(code);
        goes_on
    }
}

/// Where a comment starts: at a `#` at the start or after a blank.
fn comment(line: &str) -> Option<usize> {
    let is_start = |at: usize| line[..at].chars().next_back().is_none_or(char::is_whitespace);
    line.match_indices('#').map(|(at, _)| at).find(|at| is_start(*at))
}

/// Reads one; the error says what it is not.
pub(super) fn read(logical: &Logical<'_>) -> Result<Line, &'static str> {
    let text = logical.text.trim();
    if text.is_empty() {
        return Ok(Line::Nothing);
    }
    if !text.starts_with('-') {
        return requirement::read(&logical.text).map(Line::Requirement);
    }
    if let Some(file) = option(text, "-r", "--requirement") {
        return Ok(Line::Include(file.to_owned()));
    }
    if let Some(file) = option(text, "-c", "--constraint") {
        return Ok(Line::Constraint(file.to_owned()));
    }
    if let Some(url) = option(text, "-i", "--index-url").or_else(|| option(text, "--pypi-url", "--pypi-url")) {
        return Ok(Line::Index(url.to_owned()));
    }
    if let Some(place) = option(text, "-e", "--editable") {
        let start = logical.text.find(place).unwrap_or_default();
        return requirement::read_place(place, start).map(Line::Requirement);
    }
    let known = text.trim_start_matches('-').starts_with(|first: char| first.is_ascii_alphabetic());
    if known { Ok(Line::Nothing) } else { Err("is no option of pip") }
}

/// The value of an option: `-r x`, `-rx`, `--requirement x`, `--requirement=x`.
fn option<'t>(text: &'t str, short: &str, long: &str) -> Option<&'t str> {
    let value = match text.strip_prefix(long) {
        Some(rest) => Some(rest).filter(|rest| rest.starts_with(['=', ' ', '\t'])),
        None => text.strip_prefix(short).filter(|_| !text.starts_with("--") || short.starts_with("--")),
    };
    Some(value?.trim_start_matches('=').trim().trim_matches(['"', '\''])).filter(|value| !value.is_empty())
}
