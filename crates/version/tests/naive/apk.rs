//! apk versions as lists of (rank, value); declines what apk refuses.

use std::cmp::Ordering;

use portcullis_version::{Scheme, Version};

use super::numbers;

/// Ranks of what may stand at one place, lowest first: pre-suffixes, the end, the revision, a hash, a suffix's number,
/// post-suffixes, a letter, a number that begins with zero, a number.
type Token = (u8, String);

const SUFFIXES: &[&str] = &["alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"];

pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    let is_valid = |text| Version::parse(Scheme::Apk, text).is_ok_and(|version| version.irregularity().is_none());
    if !is_valid(left) || !is_valid(right) {
        return None;
    }
    let (left, right) = (tokens(left), tokens(right));
    for (l, r) in left.iter().zip(&right) {
        let values = || if matches!(l.0, 0 | 30 | 40 | 80) { numbers(&l.1, &r.1) } else { l.1.cmp(&r.1) };
        let order = l.0.cmp(&r.0).then_with(values);
        if order.is_ne() {
            return Some(order);
        }
    }
    Some(Ordering::Equal)
}

fn tokens(text: &str) -> Vec<Token> {
    let (text, revision) = text.split_once("-r").map_or((text, None), |(text, revision)| (text, Some(revision)));
    let (text, hash) = text.split_once('~').map_or((text, None), |(text, hash)| (text, Some(hash)));
    let mut parts = text.split('_');
    let numbers = parts.next().unwrap_or_default();
    let mut tokens = Vec::new();
    for (at, number) in numbers.split('.').enumerate() {
        let letter = number.find(|c: char| c.is_ascii_lowercase());
        let digits = &number[..letter.unwrap_or(number.len())];
        let rank = match (at, digits.as_bytes()) {
            (0, _) => 0,
            (_, []) => 55,
            (_, [b'0', ..]) => 70,
            _ => 80,
        };
        tokens.push((rank, digits.to_owned()));
        if let Some(letter) = letter {
            tokens.push((60, number[letter..=letter].to_owned()));
            if number.len() > letter + 1 {
                tokens.push((80, number[letter + 1..].to_owned()));
            }
        }
    }
    for suffix in parts {
        let name = suffix.trim_end_matches(|c: char| c.is_ascii_digit());
        let place = SUFFIXES.iter().position(|known| *known == name).expect("a valid version") as u8;
        tokens.push((if place < 4 { 1 + place } else { 46 + place }, String::new()));
        if name.len() < suffix.len() {
            tokens.push((40, suffix[name.len()..].to_owned()));
        }
    }
    tokens.extend(hash.map(|hash| (35, hash.to_owned())));
    tokens.extend(revision.map(|revision| (30, revision.to_owned())));
    tokens.push((20, String::new()));
    tokens
}
