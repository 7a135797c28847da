//! Words of an nginx configuration.

use std::ops::Range;

use crate::fault::Fault;
use crate::source::Source;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word,
    Open,
    Close,
    /// `;`
    End,
}

pub(super) struct Tokens<'a> {
    source: &'a Source<'a>,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Tokens<'a> {
        Tokens { source, at: source.start }
    }

    /// The next word and its place.
    pub(super) fn next(&mut self) -> Result<Option<(Token, Range<usize>)>, Fault> {
        self.skip_blanks();
        let start = self.at;
        let rest = &self.source.text[start..];
        let Some(first) = rest.chars().next() else { return Ok(None) };
        let (token, length) = match first {
            '{' => (Token::Open, 1),
            '}' => (Token::Close, 1),
            ';' => (Token::End, 1),
            '"' | '\'' => {
                let length = quoted(rest, first);
                let unclosed =
                    || Fault::syntax(self.source, start, "no valid nginx configuration: a quote is not closed");
                (Token::Word, length.ok_or_else(unclosed)?)
            }
            _ => (Token::Word, word(rest)),
        };
        self.at = start + length;
        Ok(Some((token, start..self.at)))
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = &self.source.text[self.at..];
            let inner = rest.trim_start();
            self.at += rest.len() - inner.len();
            if !inner.starts_with('#') {
                return;
            }
            self.at += inner.find('\n').unwrap_or(inner.len());
        }
    }
}

/// The length of a text in quotes.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if character == quote && !is_escaped {
            return Some(at + 1);
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    None
}

/// The length of a word without quotes; `${name}` is part of one.
fn word(text: &str) -> usize {
    let mut before = ' ';
    let mut is_variable = false;
    for (at, character) in text.char_indices() {
        match character {
            '{' if before == '$' => is_variable = true,
            '}' if is_variable => is_variable = false,
            '{' | '}' | ';' if before != '\\' => return at,
            '"' | '\'' if before == '(' => return at,
            character if character.is_whitespace() && before != '\\' => return at,
            _ => {}
        }
        before = character;
    }
    text.len()
}
