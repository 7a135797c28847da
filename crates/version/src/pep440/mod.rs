//! Python versions (PEP 440): epoch, release, pre, post, dev and local parts, in every spelling the standard normalises.

mod legacy;

use crate::key::Key;
use crate::reading::{Reading, Reason};
use crate::scanner::Scanner;

/// What a key begins with: what is not PEP 440 comes first.
const LEGACY: u8 = 0;
const STANDARD: u8 = 1;

const END: u8 = 0;
/// Ranks of the pre-release: a development release of nothing else comes before `a1`, a release after `rc1`.
const DEV_ONLY: u8 = 1;
const NO_PRE: u8 = 5;
const PRE_WORDS: &[(&str, u8)] =
    &[("alpha", 2), ("beta", 3), ("preview", 4), ("pre", 4), ("rc", 4), ("a", 2), ("b", 3), ("c", 4)];
const POST_WORDS: &[&str] = &["post", "rev", "r"];
const NO_POST: u8 = 0;
const POST: u8 = 1;
const DEV: u8 = 0;
const NO_DEV: u8 = 1;
const NO_LOCAL: u8 = 0;
const LOCAL: u8 = 1;
const LOCAL_TEXT: u8 = 1;
const LOCAL_NUMBER: u8 = 2;

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let text = text.trim();
    match Pieces::read(text) {
        Some(pieces) => Ok(pieces.reading()),
        None => legacy::read(text),
    }
}

struct Pieces<'a> {
    epoch: &'a str,
    release: Vec<&'a str>,
    /// Rank and number.
    pre: Option<(u8, &'a str)>,
    post: Option<&'a str>,
    dev: Option<&'a str>,
    local: Option<Vec<&'a str>>,
}

impl<'a> Pieces<'a> {
    fn read(text: &'a str) -> Option<Pieces<'a>> {
        let mut scanner = Scanner::new(text);
        scanner.eat_any(b"vV");
        let mut first = digits(&mut scanner)?;
        let mut epoch = "0";
        if scanner.eat(b'!') {
            epoch = std::mem::replace(&mut first, digits(&mut scanner)?);
        }
        let mut pieces = Pieces { epoch, release: vec![first], pre: None, post: None, dev: None, local: None };
        while let Some(number) = attempt(&mut scanner, |ahead| ahead.eat(b'.').then(|| digits(ahead))?) {
            pieces.release.push(number);
        }
        pieces.pre = attempt(&mut scanner, pre);
        pieces.post = attempt(&mut scanner, implicit_post).or_else(|| attempt(&mut scanner, post));
        pieces.dev = attempt(&mut scanner, dev);
        if scanner.eat(b'+') {
            pieces.local = Some(local(&mut scanner)?);
        }
        scanner.is_at_end().then_some(pieces)
    }

    fn reading(&self) -> Reading {
        let mut key = Key::default();
        key.mark(STANDARD);
        key.number(self.epoch);
        let trailing = self.release.iter().rev().take_while(|number| number.bytes().all(|digit| digit == b'0')).count();
        key.numbers(self.release[..self.release.len() - trailing].iter().copied());
        match (self.pre, self.post, self.dev) {
            (Some((rank, number)), ..) => {
                key.mark(rank);
                key.number(number);
            }
            (None, None, Some(_)) => key.mark(DEV_ONLY),
            _ => key.mark(NO_PRE),
        }
        write_optional(&mut key, self.post, POST, NO_POST);
        write_optional(&mut key, self.dev, DEV, NO_DEV);
        self.write_local(&mut key);
        Reading { key, irregularity: None }
    }

    fn write_local(&self, key: &mut Key) {
        let Some(local) = &self.local else { return key.mark(NO_LOCAL) };
        key.mark(LOCAL);
        for segment in local {
            if segment.bytes().all(|byte| byte.is_ascii_digit()) {
                key.mark(LOCAL_NUMBER);
                key.number(segment);
            } else {
                key.mark(LOCAL_TEXT);
                key.lower_text(segment);
            }
        }
        key.mark(END);
    }
}

fn write_optional(key: &mut Key, number: Option<&str>, present: u8, absent: u8) {
    match number {
        Some(number) => {
            key.mark(present);
            key.number(number);
        }
        None => key.mark(absent),
    }
}

/// Reads ahead and takes nothing when that fails.
fn attempt<'a, T>(scanner: &mut Scanner<'a>, read: impl Fn(&mut Scanner<'a>) -> Option<T>) -> Option<T> {
    let mut ahead = scanner.clone();
    let value = read(&mut ahead)?;
    *scanner = ahead;
    Some(value)
}

fn digits<'a>(scanner: &mut Scanner<'a>) -> Option<&'a str> {
    Some(scanner.digits()).filter(|digits| !digits.is_empty())
}

/// The number of a part after its separator; both may be missing, and the number then is 0.
fn part_number<'a>(scanner: &mut Scanner<'a>) -> &'a str {
    scanner.eat_any(b"-_.");
    scanner.digits()
}

fn pre<'a>(scanner: &mut Scanner<'a>) -> Option<(u8, &'a str)> {
    scanner.eat_any(b"-_.");
    let (_, rank) = PRE_WORDS.iter().find(|(word, _)| scanner.eat_word(word))?;
    Some((*rank, part_number(scanner)))
}

/// `1.0-1` is `1.0.post1`.
fn implicit_post<'a>(scanner: &mut Scanner<'a>) -> Option<&'a str> {
    scanner.eat(b'-').then(|| digits(scanner))?
}

fn post<'a>(scanner: &mut Scanner<'a>) -> Option<&'a str> {
    scanner.eat_any(b"-_.");
    POST_WORDS.iter().find(|word| scanner.eat_word(word))?;
    Some(part_number(scanner))
}

fn dev<'a>(scanner: &mut Scanner<'a>) -> Option<&'a str> {
    scanner.eat_any(b"-_.");
    scanner.eat_word("dev").then(|| part_number(scanner))
}

fn local<'a>(scanner: &mut Scanner<'a>) -> Option<Vec<&'a str>> {
    let mut segments = Vec::new();
    loop {
        let segment = scanner.take_while(|byte| byte.is_ascii_alphanumeric());
        if segment.is_empty() {
            return None;
        }
        segments.push(segment);
        if scanner.eat_any(b"-_.").is_none() {
            return Some(segments);
        }
    }
}
