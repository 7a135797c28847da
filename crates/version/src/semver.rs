//! Semantic versions (semver.org 2.0.0) as crates.io and npm hold them, with the deviations of real data.
//!
//! Beyond the grammar, and noted as irregular: a leading `v`, fewer than three numbers (the missing ones are zero), more
//! than three (those after the third do not count, like build metadata), leading zeros, and a pre-release without its
//! hyphen, as npm's loose mode reads it. Build metadata never counts.

use crate::key::Key;
use crate::reading::{Reading, Reason};
use crate::scanner::Scanner;

const LEADING_V: Reason = "it has a leading `v`";
const NO_HYPHEN: Reason = "its pre-release has no hyphen";
const FEWER: Reason = "it has fewer than three numbers";
const MORE: Reason = "it has more than three numbers";
const LEADING_ZERO: Reason = "a number has a leading zero";

/// Higher than the first byte of any pre-release.
const RELEASE: u8 = 0xff;
const END: u8 = 0;
const NUMERIC: u8 = 1;
const ALPHANUMERIC: u8 = 2;

/// The pieces of a semantic version.
#[derive(Debug)]
pub(crate) struct Pieces<'a> {
    /// Those that are missing are 0.
    pub(crate) numbers: [&'a str; 4],
    /// How many there are, also those after the fourth.
    pub(crate) count: usize,
    pub(crate) pre_release: Option<&'a str>,
    pub(crate) build: Option<&'a str>,
    /// It begins with `v`.
    pub(crate) has_v: bool,
    /// Its pre-release has no hyphen.
    pub(crate) is_loose: bool,
    /// What else the grammar refuses.
    pub(crate) irregularity: Option<Reason>,
}

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let mut pieces = split(text)?;
    pieces.note_deviations();
    Ok(pieces.reading())
}

/// Takes a version apart and checks every piece.
pub(crate) fn split(text: &str) -> Result<Pieces<'_>, Reason> {
    let mut scanner = Scanner::new(text);
    let mut pieces = Pieces { has_v: scanner.eat_any(b"vV").is_some(), ..Pieces::default() };
    pieces.take_numbers(&mut scanner)?;
    if scanner.eat(b'-') {
        pieces.take_pre_release(&mut scanner)?;
    } else if scanner.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
        pieces.is_loose = true;
        pieces.take_pre_release(&mut scanner)?;
    }
    if scanner.eat(b'+') {
        pieces.build = Some(scanner.rest());
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        pieces.note(!scanner.rest().bytes().all(is_plain), "its build metadata holds a wrong character");
    } else if !scanner.is_at_end() {
        return Err("it holds a character that has no place there");
    }
    Ok(pieces)
}

/// Writes dot-separated identifiers: numeric ones by value and before all others, then those by ASCII.
pub(crate) fn write_identifiers(key: &mut Key, identifiers: &str) {
    for identifier in identifiers.split('.') {
        if identifier.bytes().all(|byte| byte.is_ascii_digit()) {
            key.mark(NUMERIC);
            key.number(identifier);
        } else {
            key.mark(ALPHANUMERIC);
            key.text(identifier);
        }
    }
    key.mark(END);
}

impl Default for Pieces<'_> {
    fn default() -> Self {
        Pieces {
            numbers: ["0"; 4],
            count: 0,
            pre_release: None,
            build: None,
            has_v: false,
            is_loose: false,
            irregularity: None,
        }
    }
}

impl<'a> Pieces<'a> {
    /// The key: three numbers, then the pre-release, or a mark above all of them.
    pub(crate) fn reading(&self) -> Reading {
        let mut reading = Reading { irregularity: self.irregularity, ..Reading::default() };
        self.numbers[..3].iter().for_each(|number| reading.key.number(number));
        self.write_pre_release(&mut reading.key);
        reading
    }

    pub(crate) fn write_pre_release(&self, key: &mut Key) {
        match self.pre_release {
            Some(identifiers) => write_identifiers(key, identifiers),
            None => key.mark(RELEASE),
        }
    }

    /// Notes what the grammar refuses and other schemes allow.
    pub(crate) fn note_deviations(&mut self) {
        self.note(self.is_loose, NO_HYPHEN);
        self.note(self.has_v, LEADING_V);
        self.note(self.count < 3, FEWER);
        self.note(self.count > 3, MORE);
    }

    pub(crate) fn note(&mut self, holds: bool, irregularity: Reason) {
        if holds {
            self.irregularity.get_or_insert(irregularity);
        }
    }

    fn take_numbers(&mut self, scanner: &mut Scanner<'a>) -> Result<(), Reason> {
        loop {
            let digits = scanner.digits();
            match (digits, self.count) {
                ("", 0) => return Err("it does not begin with a number"),
                ("", _) => return Err("a dot is not followed by a number"),
                _ => {}
            }
            if let Some(number) = self.numbers.get_mut(self.count) {
                *number = digits;
            }
            self.note(digits.len() > 1 && digits.starts_with('0'), LEADING_ZERO);
            self.count += 1;
            if !scanner.eat(b'.') {
                return Ok(());
            }
        }
    }

    fn take_pre_release(&mut self, scanner: &mut Scanner<'a>) -> Result<(), Reason> {
        let identifiers = scanner.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
        for identifier in identifiers.split('.') {
            if identifier.is_empty() {
                return Err("its pre-release has an empty identifier");
            }
            let is_numeric = identifier.bytes().all(|byte| byte.is_ascii_digit());
            self.note(is_numeric && identifier.len() > 1 && identifier.starts_with('0'), LEADING_ZERO);
        }
        self.pre_release = Some(identifiers);
        Ok(())
    }
}
