//! Maven: the version order of the POM reference (maven.apache.org/pom.html), as Maven 3.9 and later implement it.
//!
//! A version is numbers and qualifiers after a dot or a hyphen; a change between digits and letters is a hyphen. Pieces that
//! say nothing (`0`, `ga`, `final`, `release`) do not count at the end, before a hyphen and before a qualifier. Of two pieces
//! a qualifier comes before a number, a number after a hyphen before one after a dot.
//!
//! Maven's own comparer nests lists and, for qualifiers after a dot, is no order: by it `2-rc1` comes before `2`, `2` before
//! `2.foo`, and `2.foo` before `2-rc1`. There this follows the reference.

use crate::key::Key;
use crate::reading::{Reading, Reason};
use crate::scanner::Scanner;

// What may stand next, lowest first. The end stands for a piece that says nothing.
const WORDS: &[(&str, u8)] = &[
    ("alpha", 1),
    ("beta", 2),
    ("milestone", 3),
    ("rc", 4),
    ("cr", 4),
    ("snapshot", 5),
    ("ga", NOTHING),
    ("final", NOTHING),
    ("release", NOTHING),
    ("sp", 8),
];
const END: u8 = 6;
const NOTHING: u8 = 7;
const OTHER_WORD: u8 = 9;
const HYPHEN_NUMBER: u8 = 10;
const DOT_NUMBER: u8 = 11;

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let is_known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '~') || !c.is_ascii();
    if !text.chars().all(is_known) || text.contains(char::is_whitespace) {
        return Err("it holds a character that no single version holds");
    }
    let mut reading = Reading::default();
    for piece in trimmed(pieces(text)) {
        piece.write(&mut reading.key);
    }
    reading.key.mark(END);
    Ok(reading)
}

struct Piece<'a> {
    after_hyphen: bool,
    value: Value<'a>,
}

enum Value<'a> {
    Number(&'a str),
    /// Its rank, and the word where the rank is that of all unknown words.
    Word(u8, String),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut scanner = Scanner::new(text);
    let mut pieces = Vec::new();
    let mut after_hyphen = false;
    loop {
        let value = if scanner.is_at_digit() {
            Value::Number(scanner.digits())
        } else {
            let length =
                scanner.rest().find(|c: char| c.is_ascii_digit() || is_separator(c)).unwrap_or(scanner.rest().len());
            let word = scanner.take(length);
            if word.is_empty() { Value::Number("0") } else { word_value(word, scanner.is_at_digit()) }
        };
        pieces.push(Piece { after_hyphen, value });
        if scanner.is_at_end() {
            return pieces;
        }
        // Without a separator it is a change between digits and letters.
        after_hyphen = scanner.eat_any(b".-") != Some(b'.');
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | '-')
}

/// `a`, `b` and `m` are short only with a number right behind them.
fn word_value<'a>(word: &str, before_digit: bool) -> Value<'a> {
    let lower = word.to_lowercase();
    let long = match lower.as_str() {
        "a" if before_digit => "alpha",
        "b" if before_digit => "beta",
        "m" if before_digit => "milestone",
        other => other,
    };
    match WORDS.iter().find(|(known, _)| *known == long) {
        Some((_, rank)) => Value::Word(*rank, String::new()),
        None => Value::Word(OTHER_WORD, lower),
    }
}

/// Drops what says nothing at the end, before a hyphen and before a word.
fn trimmed(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut kept: Vec<Piece<'_>> = Vec::new();
    for piece in pieces.into_iter().rev() {
        let counts = kept.last().is_some_and(|next| !next.after_hyphen && matches!(next.value, Value::Number(_)));
        if counts || !piece.says_nothing() {
            kept.push(piece);
        }
    }
    kept.reverse();
    kept
}

impl Piece<'_> {
    fn says_nothing(&self) -> bool {
        match self.value {
            Value::Number(digits) => digits.bytes().all(|digit| digit == b'0'),
            Value::Word(rank, _) => rank == NOTHING,
        }
    }

    fn write(&self, key: &mut Key) {
        match &self.value {
            Value::Number(digits) => {
                key.mark(if self.after_hyphen { HYPHEN_NUMBER } else { DOT_NUMBER });
                key.number(digits);
            }
            Value::Word(rank, word) => {
                key.mark(*rank);
                if *rank == OTHER_WORD {
                    key.text(word);
                }
            }
        }
    }
}
