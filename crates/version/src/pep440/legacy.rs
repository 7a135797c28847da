//! What PEP 440 refuses, as setuptools ordered it before: below every standard version.
//!
//! The text is cut into numbers, words and hyphens. Numbers are compared as text of at least eight digits, words as text
//! with `pre`, `preview` and `rc` as `c` and `dev` as `@`; what comes before `final` among words drops hyphens and zeros
//! that precede it. A text with neither a number nor such a word has nothing to be ordered by.

use super::LEGACY;
use crate::key::Key;
use crate::reading::{Reading, Reason};
use crate::scanner::Scanner;

const FINAL: &str = "*final";
const HYPHEN: &str = "*final-";
const ZERO: &str = "00000000";
const END: u8 = 0;
const MORE: u8 = 1;

pub(super) fn read(text: &str) -> Result<Reading, Reason> {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.+!~:".contains(&byte);
    if text.is_empty() || !text.bytes().all(is_known) {
        return Err("it holds a character that PEP 440 does not know");
    }
    let words = words(&text.to_ascii_lowercase());
    let counts = |word: &String| !word.starts_with('*') || word == "*c" || word == "*@";
    if !words.iter().any(counts) {
        return Err("it is not PEP 440, and holds neither a number nor a word that was ever ordered");
    }
    let mut key = Key::default();
    key.mark(LEGACY);
    for word in settle(words) {
        key.mark(MORE);
        key.text(&word);
    }
    key.mark(END);
    Ok(Reading { key, irregularity: Some("it is not PEP 440 and comes before everything that is") })
}

fn words(text: &str) -> Vec<String> {
    let mut scanner = Scanner::new(text);
    let mut words = Vec::new();
    while !scanner.is_at_end() {
        if scanner.eat(b'.') {
        } else if scanner.is_at_digit() {
            words.push(format!("{:0>8}", scanner.digits()));
        } else if scanner.eat(b'-') {
            words.push(HYPHEN.to_owned());
        } else {
            let is_letter = |byte: u8| byte.is_ascii_alphabetic();
            let letters = scanner.take_while(is_letter);
            let word = if letters.is_empty() {
                scanner.take_while(|byte| !is_letter(byte) && !byte.is_ascii_digit() && !matches!(byte, b'.' | b'-'))
            } else {
                letters
            };
            words.push(format!("*{}", renamed(word)));
        }
    }
    words.push(FINAL.to_owned());
    words
}

fn renamed(word: &str) -> &str {
    match word {
        "pre" | "preview" | "rc" => "c",
        "dev" => "@",
        other => other,
    }
}

fn settle(words: Vec<String>) -> Vec<String> {
    let mut settled: Vec<String> = Vec::new();
    for word in words {
        if word.starts_with('*') {
            if word.as_str() < FINAL {
                while settled.last().is_some_and(|last| last == HYPHEN) {
                    settled.pop();
                }
            }
            while settled.last().is_some_and(|last| last == ZERO) {
                settled.pop();
            }
        }
        settled.push(word);
    }
    settled
}
