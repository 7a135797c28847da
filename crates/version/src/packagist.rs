//! Packagist: PHP's `version_compare`, with the words as Composer reads them.
//!
//! A version is numbers and words; of words `dev`, `alpha`, `beta` and `rc` come before the end, `p`, `pl` and `patch` after
//! it and after numbers, any other before all of these. Case does not count, nor do a leading `v` and `stable`. A numeric
//! branch, `2.1.x-dev`, is past every release of it, as Composer has it.

use std::cmp::Ordering;

use crate::reading::{Reading, Reason};
use crate::scanner::Scanner;

/// Said of a version with a `#`: it equals any number, so with it the order is not total.
pub(crate) const WILDCARD: Reason = "its `#` stands for any number";

// What may stand next, lowest first.
const UNKNOWN: u8 = 1;
/// Words by what they begin with, as PHP does it.
const WORDS: &[(&str, u8)] = &[("dev", 2), ("a", 3), ("b", 4), ("rc", 5), ("p", 9)];
const END: u8 = 6;
const ANY: u8 = 7;
const NUMBER: u8 = 8;
/// What Composer puts for the `x` of a branch.
const BRANCH_NUMBER: &str = "9999999";

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let lower = text.to_ascii_lowercase();
    let bare = lower.strip_prefix('v').unwrap_or(&lower);
    let is_branch = bare.starts_with("dev-");
    if !is_branch && !bare.starts_with(|first: char| first.is_ascii_digit()) {
        return Err("it is neither a number nor a branch");
    }
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b".-_+#".contains(&byte);
    if !is_branch && !bare.bytes().all(is_known) {
        return Err("it holds a character that no single version holds");
    }
    let mut reading = Reading::default();
    if is_branch {
        reading.note("a branch has no place among releases");
    }
    write_pieces(&mut reading, bare);
    Ok(reading)
}

fn write_pieces(reading: &mut Reading, text: &str) {
    let mut scanner = Scanner::new(text);
    while !scanner.is_at_end() {
        if scanner.is_at_digit() {
            reading.key.mark(NUMBER);
            reading.key.number(scanner.digits());
        } else if scanner.eat(b'#') {
            reading.note(WILDCARD);
            reading.key.mark(ANY);
        } else if scanner.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            let word = scanner.take_while(|byte| byte.is_ascii_alphabetic());
            if word == "x" && scanner.rest() == "-dev" {
                reading.key.mark(NUMBER);
                reading.key.number(BRANCH_NUMBER);
            } else if word != "stable" {
                reading.key.mark(rank_of(word));
            }
        } else {
            scanner.take(scanner.rest().chars().next().map_or(0, char::len_utf8));
        }
    }
    reading.key.mark(END);
}

fn rank_of(word: &str) -> u8 {
    WORDS.iter().find(|(known, _)| word.starts_with(known)).map_or(UNKNOWN, |(_, rank)| *rank)
}

/// Compares keys of which one holds a `#`, piece by piece: it equals a number, `#` and the end.
pub(crate) fn compare_wildcards(left: &[u8], right: &[u8]) -> Ordering {
    let (mut left, mut right) = (left, right);
    loop {
        let (l, r) = (piece(left), piece(right));
        let is_any = (l.first() == Some(&ANY) && is_matched(r)) || (r.first() == Some(&ANY) && is_matched(l));
        let order = if is_any { Ordering::Equal } else { l.cmp(r) };
        if order.is_ne() || (is_end(l) && is_end(r)) {
            return order;
        }
        // An end is not passed: what follows the `#` is compared with it.
        left = if is_end(l) { left } else { &left[l.len()..] };
        right = if is_end(r) { right } else { &right[r.len()..] };
    }
}

fn is_end(piece: &[u8]) -> bool {
    matches!(piece, [] | [END])
}

fn is_matched(piece: &[u8]) -> bool {
    matches!(piece, [] | [END | ANY | NUMBER, ..])
}

/// The first piece of a key: a rank, and the number behind that of a number.
fn piece(key: &[u8]) -> &[u8] {
    let length = match key {
        [] => 0,
        [NUMBER, 9, high, low, ..] => 4 + usize::from(u16::from_be_bytes([*high, *low])),
        [NUMBER, length, ..] => 2 + usize::from(*length),
        _ => 1,
    };
    &key[..length]
}
