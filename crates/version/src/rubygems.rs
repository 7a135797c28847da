//! RubyGems: `Gem::Version`. Numbers and words by turns; words come before numbers, and a missing part is a zero.
//!
//! A hyphen is `.pre.`. Zeros at the end of the numbers, and at the end, do not count. Because the end of a version stands
//! for zeros without end, each piece is written with the number of zeros before it.

use crate::key::Key;
use crate::reading::{Reading, Reason};
use crate::scanner::Scanner;

const WORD: u8 = 1;
const END: u8 = 2;
const NUMBER: u8 = 3;

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let text = text.trim();
    check(text)?;
    let segments = segments(text);
    let mut reading = Reading::default();
    if !text.split(['.', '-']).next().is_some_and(is_number) {
        reading.note("its first part is not a number");
    }
    let mut zeros = 0;
    for segment in canonical(&segments) {
        if is_zero(segment) {
            zeros += 1;
            continue;
        }
        write_segment(&mut reading.key, segment, zeros);
        zeros = 0;
    }
    reading.key.mark(END);
    Ok(reading)
}

/// `1.2.a3-b4`: begins with a number, parts are letters and digits.
fn check(text: &str) -> Result<(), Reason> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return Err("it does not begin with a number");
    }
    let (numbers, pre_release) = text.split_once('-').map_or((text, None), |(numbers, pre)| (numbers, Some(pre)));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric();
    let is_known = |byte: u8| is_plain(byte) || byte == b'-';
    let fits = numbers.split('.').all(|part| !part.is_empty() && part.bytes().all(is_plain))
        && pre_release.is_none_or(|text| text.split('.').all(|part| !part.is_empty() && part.bytes().all(is_known)));
    if fits { Ok(()) } else { Err("a part of it is empty or holds a character that is no letter or digit") }
}

fn segments(text: &str) -> Vec<&str> {
    let mut segments = Vec::new();
    let mut scanner = Scanner::new(text);
    while !scanner.is_at_end() {
        if scanner.is_at_digit() {
            segments.push(scanner.digits());
        } else if scanner.eat(b'-') {
            segments.push("pre");
        } else if !scanner.eat(b'.') {
            segments.push(scanner.take_while(|byte| byte.is_ascii_alphabetic()));
        }
    }
    segments
}

/// Drops the zeros that end the numbers before the first word, and those that end the whole.
fn canonical<'a>(segments: &[&'a str]) -> Vec<&'a str> {
    let words = segments.iter().position(|segment| !is_number(segment)).unwrap_or(segments.len());
    let (numbers, rest) = segments.split_at(words);
    [without_zeros(numbers), without_zeros(rest)].concat()
}

fn without_zeros<'s, 'a>(segments: &'s [&'a str]) -> &'s [&'a str] {
    let zeros = segments.iter().rev().take_while(|segment| is_zero(segment)).count();
    &segments[..segments.len() - zeros]
}

/// A word after more zeros comes later, a number after more zeros earlier.
fn write_segment(key: &mut Key, segment: &str, zeros: u16) {
    if is_number(segment) {
        key.mark(NUMBER);
        key.count(u16::MAX - zeros);
        key.number(segment);
    } else {
        key.mark(WORD);
        key.count(zeros);
        key.text(segment);
    }
}

fn is_number(segment: &str) -> bool {
    segment.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_zero(segment: &str) -> bool {
    segment.bytes().all(|byte| byte == b'0')
}
