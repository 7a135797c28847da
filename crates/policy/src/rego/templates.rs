//! Template strings, `$"of {input.name}"`, which OPA has since 1.12 and the engine has not: each becomes a call on the same lines,
//! `portcullis.template(["of ", {x | x := input.name}])`, that prints `<undefined>` for an empty set.

use std::ops::Range;

use super::bodies::Scanner;
use super::edit::{Edit, applied};
use crate::{Lint, PolicyError};

/// What the call is called that puts the parts together.
pub(super) const TEMPLATE: &str = "portcullis.template";

const UNENDED: &str = "a template string has no end";

/// So deep may templates stand in templates; nobody writes three.
const DEEPEST: usize = 8;

/// A text without template strings, and where its places are in the one it was.
pub(super) struct Expanded {
    pub(super) text: String,
    edits: Vec<Edit>,
}

/// `None` for a text that has none.
pub(super) fn expanded(file: &str, text: &str) -> Result<Option<Expanded>, PolicyError> {
    if !text.contains("$\"") && !text.contains("$`") {
        return Ok(None);
    }
    let mut reading = Reading { file, text, names: 0, depth: 0 };
    let edits = reading.templates(0..text.len())?;
    Ok((!edits.is_empty()).then(|| Expanded { text: applied(text, edits.clone()), edits }))
}

impl Expanded {
    /// An error of this text, at its place in the one it was: what a template became stands where that began.
    pub(super) fn placed(&self, error: PolicyError, original: &str) -> PolicyError {
        let (Some(line), Some(column)) = (error.line, error.column) else { return error };
        let start = |text: &str| -> usize { text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum() };
        let rest = &self.text[start(&self.text).min(self.text.len())..];
        let at =
            self.text.len() - rest.len() + rest.chars().take(column as usize - 1).map(char::len_utf8).sum::<usize>();
        let at = self.origin(at).min(original.len());
        let line_start = original[..at].rfind('\n').map_or(0, |end| end + 1);
        let column = 1 + original[line_start..at].chars().count() as u32;
        let line = 1 + original[..at].matches('\n').count() as u32;
        PolicyError { line: Some(line), column: Some(column), ..error }
    }

    fn origin(&self, at: usize) -> usize {
        let (mut before, mut after) = (0, 0);
        for edit in &self.edits {
            let kept = edit.range.start - before;
            if at < after + kept {
                break;
            }
            after += kept + edit.text.len();
            before = edit.range.end;
            if at < after {
                return edit.range.start;
            }
        }
        before + at.saturating_sub(after)
    }
}

struct Reading<'t> {
    file: &'t str,
    text: &'t str,
    names: usize,
    /// In how many templates this is.
    depth: usize,
}

impl Reading<'_> {
    /// What to write for every template in a part of the text that is code.
    fn templates(&mut self, code: Range<usize>) -> Result<Vec<Edit>, PolicyError> {
        let mut edits = Vec::new();
        let mut scanner = Scanner { text: &self.text[..code.end], at: code.start };
        while let Some((at, character)) = scanner.next() {
            let is_template = character == '$' && self.text[at + 1..code.end].starts_with(['"', '`']);
            if is_template {
                let (end, text) = self.template(at, code.end)?;
                edits.push(Edit { range: at..end, text });
                scanner.at = end;
            }
        }
        Ok(edits)
    }

    /// Where a template ends, and the call that it becomes.
    fn template(&mut self, start: usize, end: usize) -> Result<(usize, String), PolicyError> {
        let quote = if self.text[start + 1..].starts_with('`') { '`' } else { '"' };
        let (mut parts, mut literal) = (Vec::new(), String::new());
        let mut at = start + 2;
        loop {
            let rest = &self.text[at..end];
            let Some(character) = rest.chars().next().filter(|next| quote == '`' || *next != '\n') else {
                return Err(self.error(start, UNENDED));
            };
            at += character.len_utf8();
            match character {
                '\\' if rest[1..].starts_with('{') => {
                    literal.push('{');
                    at += 1;
                }
                '\\' if quote == '"' => {
                    let Some(escaped) = rest[1..].chars().next() else {
                        return Err(self.error(start, UNENDED));
                    };
                    literal.extend([character, escaped]);
                    at += escaped.len_utf8();
                }
                '{' => {
                    let close = self.close(at, end, self.depth).ok_or_else(|| self.unclosed(at - 1))?;
                    parts.extend(written(&mut literal, quote));
                    parts.push(self.expression(at..close)?);
                    at = close + 1;
                }
                _ if character == quote => break,
                _ => literal.push(character),
            }
        }
        parts.extend(written(&mut literal, quote));
        Ok((at, format!("{TEMPLATE}([{}])", parts.join(", "))))
    }

    /// A set of the value of an expression, or of none.
    fn expression(&mut self, code: Range<usize>) -> Result<String, PolicyError> {
        if self.text[code.clone()].trim().is_empty() {
            return Err(self
                .error(code.start, "there is nothing in these braces of a template string; write `\\{` for a brace"));
        }
        let name = format!("__part_{}", self.names);
        self.names += 1;
        let moved = |edit: Edit| Edit { range: edit.range.start - code.start..edit.range.end - code.start, ..edit };
        self.depth += 1;
        let edits = self.templates(code.clone())?.into_iter().map(moved).collect();
        self.depth -= 1;
        let value = applied(&self.text[code.clone()], edits);
        let alone = value.trim_start();
        if ["not ", "some ", "every "].iter().any(|word| alone.starts_with(word)) {
            return Err(self.error(code.start, "in the braces of a template string stands an expression, no statement"));
        }
        Ok(format!("{{{name} | {name} := {value}}}"))
    }

    /// The brace that ends an expression; one expression has no `;` outside of brackets.
    fn close(&self, from: usize, end: usize, templates: usize) -> Option<usize> {
        let mut depth = 0;
        let mut scanner = Scanner { text: &self.text[..end], at: from };
        while let Some((at, character)) = scanner.next() {
            match character {
                '$' if self.text[at + 1..end].starts_with(['"', '`']) => {
                    let quote = self.text.as_bytes()[at + 1];
                    scanner.at = self.end_of_template(at + 2, end, quote, templates + 1)?;
                }
                '{' | '[' | '(' => depth += 1,
                '}' if depth == 0 => return Some(at),
                ';' if depth == 0 => return None,
                '}' | ']' | ')' => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// `None` also where templates stand deeper in each other than they may.
    fn end_of_template(&self, from: usize, end: usize, quote: u8, templates: usize) -> Option<usize> {
        if templates > DEEPEST {
            return None;
        }
        let bytes = &self.text.as_bytes()[..end];
        let mut at = from;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 2,
                b'{' => at = self.close(at + 1, end, templates)? + 1,
                byte if *byte == quote => return Some(at + 1),
                _ => at += 1,
            }
        }
        None
    }

    fn unclosed(&self, at: usize) -> PolicyError {
        let message =
            format!("this `{{` of a template string has no end, or templates stand in it more than {DEEPEST} deep");
        self.error(at, &message)
    }

    fn error(&self, at: usize, message: &str) -> PolicyError {
        let before = &self.text[..at];
        let line = 1 + before.matches('\n').count() as u32;
        let column = 1 + before.rsplit('\n').next().unwrap_or_default().chars().count() as u32;
        PolicyError::at(self.file, line, column, message.to_owned()).of(Lint::Syntax)
    }
}

/// The text between expressions as a string of its own, if there is any.
fn written(literal: &mut String, quote: char) -> Option<String> {
    (!literal.is_empty()).then(|| format!("{quote}{}{quote}", std::mem::take(literal)))
}
