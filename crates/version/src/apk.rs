//! apk: `1.2.3a_rc1~0af3-r4` as apk-tools orders it.
//!
//! A version is numbers, a letter (with a number, as OpenSSH's `p1`), suffixes, a commit hash and a revision. apk-tools
//! also orders what it does not accept: it reads up to the first fault, and a version that breaks off there comes before
//! one that ends there. Such a version is read the same way and noted as irregular.

use crate::key::Key;
use crate::reading::{Reading, Reason};
use crate::scanner::Scanner;

/// Suffixes of what precedes a release, in their order.
const BEFORE: &[&str] = &["alpha", "beta", "pre", "rc"];
/// Suffixes of what follows a release, in their order.
const AFTER: &[&str] = &["cvs", "svn", "git", "hg", "p"];

// What may stand next, in the order of apk-tools.
const BEFORE_RANK: u8 = 1;
const FAULT: u8 = 5;
const END: u8 = 6;
const REVISION: u8 = 7;
const HASH: u8 = 8;
const SUFFIX_NUMBER: u8 = 9;
const AFTER_RANK: u8 = 10;
/// Nothing between two dots: apk-tools 2 reads a zero, 3 refuses it.
const NOTHING: u8 = 15;
const LETTER: u8 = 16;
/// A number that begins with zero: ordered as text, below every other.
const ZERO_LED: u8 = 17;
const NUMBER: u8 = 18;

const BREAKS_OFF: Reason = "apk reads only its beginning";
const EMPTY_NUMBER: Reason = "a number is missing";

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"._~+-".contains(&byte);
    if !text.bytes().all(is_known) {
        return Err("it holds a character that no apk version holds");
    }
    let mut reader = Reader { scanner: Scanner::new(text), reading: Reading::default() };
    reader.numbers();
    reader.suffixes();
    reader.hash();
    reader.revision();
    reader.end();
    Ok(reader.reading)
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    reading: Reading,
}

impl Reader<'_> {
    fn key(&mut self) -> &mut Key {
        &mut self.reading.key
    }

    /// `1.02.3`, then a letter, then a number. The first number is a number even with a leading zero.
    fn numbers(&mut self) {
        let first = self.scanner.digits();
        self.note_if_empty(first);
        self.key().number(first);
        while !self.letter() && self.scanner.eat(b'.') {
            match self.scanner.digits() {
                "" => {
                    // apk accepts `10.2.22.r0`, where a letter and its number stand alone.
                    if !matches!(self.scanner.rest().as_bytes(), [b'a'..=b'z', b'0'..=b'9', ..]) {
                        self.reading.note(EMPTY_NUMBER);
                    }
                    self.key().mark(NOTHING);
                }
                digits if digits.starts_with('0') => {
                    self.key().mark(ZERO_LED);
                    self.key().text(digits);
                }
                digits => {
                    self.key().mark(NUMBER);
                    self.key().number(digits);
                }
            }
        }
    }

    /// True if there was one, and then no more numbers follow.
    fn letter(&mut self) -> bool {
        let Some(letter) = self.scanner.peek().filter(u8::is_ascii_lowercase) else { return false };
        self.scanner.eat(letter);
        self.key().mark(LETTER);
        self.key().mark(letter);
        if self.scanner.is_at_digit() {
            let digits = self.scanner.digits();
            self.key().mark(NUMBER);
            self.key().number(digits);
        }
        true
    }

    /// `_rc1`, any number of them.
    fn suffixes(&mut self) {
        while self.scanner.peek() == Some(b'_') {
            let mut ahead = self.scanner.clone();
            ahead.eat(b'_');
            let name = ahead.take_while(|byte| byte.is_ascii_lowercase());
            let Some(rank) = rank_of(name) else { return };
            self.scanner = ahead;
            self.key().mark(rank);
            if self.scanner.is_at_digit() {
                let digits = self.scanner.digits();
                self.key().mark(SUFFIX_NUMBER);
                self.key().number(digits);
            }
        }
    }

    fn hash(&mut self) {
        let mut ahead = self.scanner.clone();
        if ahead.eat(b'~') && ahead.peek().is_some_and(is_hash_digit) {
            let digits = ahead.take_while(is_hash_digit);
            self.scanner = ahead;
            self.key().mark(HASH);
            self.key().text(digits);
        }
    }

    /// `-r4`; the number may be missing where the version ends or breaks off at a hyphen, and then is 0.
    fn revision(&mut self) {
        let mut ahead = self.scanner.clone();
        if ahead.eat(b'-') && ahead.eat(b'r') && matches!(ahead.peek(), None | Some(b'0'..=b'9' | b'-')) {
            let digits = ahead.digits();
            self.scanner = ahead;
            self.note_if_empty(digits);
            self.key().mark(REVISION);
            self.key().number(digits);
        }
    }

    fn end(&mut self) {
        if self.scanner.is_at_end() {
            self.key().mark(END);
        } else {
            self.reading.note(BREAKS_OFF);
            self.key().mark(FAULT);
        }
    }

    fn note_if_empty(&mut self, digits: &str) {
        if digits.is_empty() {
            self.reading.note(EMPTY_NUMBER);
        }
    }
}

fn rank_of(suffix: &str) -> Option<u8> {
    let place = |suffixes: &[&str]| suffixes.iter().position(|known| *known == suffix).map(|at| at as u8);
    place(BEFORE).map(|at| BEFORE_RANK + at).or_else(|| place(AFTER).map(|at| AFTER_RANK + at))
}

fn is_hash_digit(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}
