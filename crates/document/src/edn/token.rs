//! Words of EDN.

use std::ops::Range;

use crate::fault::Fault;
use crate::source::Source;

/// A word.
pub(super) enum Token {
    /// A bracket that this one closes.
    Open(char),
    Close(char),
    /// A string, without quotes and escapes.
    Text(String),
    /// A number, keyword, symbol or character.
    Word,
    /// `#name` before a value.
    Tag,
    /// `#_` before a value.
    Discard,
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
        let mut characters = rest.chars();
        let Some(first) = characters.next() else { return Ok(None) };
        let (token, length) = match (first, characters.next()) {
            ('(', _) => (Token::Open(')'), 1),
            ('[', _) => (Token::Open(']'), 1),
            ('{', _) => (Token::Open('}'), 1),
            ('#', Some('{')) => (Token::Open('}'), 2),
            (')' | ']' | '}', _) => (Token::Close(first), 1),
            ('#', Some('_')) => (Token::Discard, 2),
            ('#', _) => (Token::Tag, word(rest, 1)),
            ('"', _) => {
                let (text, length) = string(rest)
                    .ok_or_else(|| Fault::syntax(self.source, start, "no valid EDN: a string is not closed"))?;
                (Token::Text(text), length)
            }
            // A character may be a bracket.
            ('\\', Some(second)) => (Token::Word, word(rest, 1 + second.len_utf8())),
            _ => (Token::Word, word(rest, first.len_utf8())),
        };
        self.at = start + length;
        Ok(Some((token, start..self.at)))
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = &self.source.text[self.at..];
            let blanks = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
            let rest = &rest[blanks..];
            let comment = if rest.starts_with(';') { rest.find('\n').unwrap_or(rest.len()) } else { 0 };
            self.at += blanks + comment;
            if comment == 0 {
                return;
            }
        }
    }
}

/// The length of a word of which so much is sure.
fn word(rest: &str, sure: usize) -> usize {
    let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | ';');
    rest[sure..].find(is_end).map_or(rest.len(), |at| sure + at)
}

/// The string at the start of a text, and its length with quotes.
fn string(rest: &str) -> Option<(String, usize)> {
    let mut out = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((out, at + 1)),
            '\\' => out.push(match characters.next()?.1 {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\u{8}',
                'f' => '\u{c}',
                'u' => unicode(&mut characters)?,
                other => other,
            }),
            other => out.push(other),
        }
    }
    None
}

fn unicode(characters: &mut impl Iterator<Item = (usize, char)>) -> Option<char> {
    let digits: String = characters.take(4).map(|(_, digit)| digit).collect();
    u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
}
