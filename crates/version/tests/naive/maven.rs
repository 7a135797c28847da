//! The version order of Maven's POM reference: tokens, trimmed, the shorter list filled up with what says nothing.

use std::cmp::Ordering;

use super::{numbers, runs};

/// Separator and value.
type Token = (char, String);

pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    let (left, right) = (tokens(left), tokens(right));
    for at in 0..left.len().max(right.len()) {
        let order = match (left.get(at), right.get(at)) {
            (Some(left), Some(right)) => pair(left, right),
            (Some(left), None) => pair(left, &filler(left)),
            (None, Some(right)) => pair(&filler(right), right),
            (None, None) => Ordering::Equal,
        };
        if order.is_ne() {
            return Some(order);
        }
    }
    Some(Ordering::Equal)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut separator = '.';
    for part in text.to_lowercase().split_inclusive(['.', '-']) {
        let next = part.chars().last().filter(|c| matches!(c, '.' | '-'));
        let pieces = runs(part.trim_end_matches(['.', '-']));
        let last = pieces.len();
        for (at, piece) in pieces.iter().enumerate() {
            let short = at + 1 < last;
            let long = match piece.as_str() {
                "a" if short => "alpha",
                "b" if short => "beta",
                "m" if short => "milestone",
                "cr" => "rc",
                "ga" | "final" | "release" => "",
                other => other,
            };
            tokens.push((if at == 0 { separator } else { '-' }, long.to_owned()));
        }
        if last == 0 {
            tokens.push((separator, "0".to_owned()));
        }
        separator = next.unwrap_or('.');
    }
    let mut at = tokens.len();
    while at > 0 {
        at -= 1;
        let is_null = tokens[at].1.trim_matches('0').is_empty();
        let is_before = tokens.get(at + 1).is_none_or(|next| next.0 == '-' || !is_number(&next.1));
        if is_null && is_before {
            tokens.remove(at);
        }
    }
    tokens
}

fn is_number(value: &str) -> bool {
    value.starts_with(|first: char| first.is_ascii_digit())
}

fn filler(other: &Token) -> Token {
    (other.0, if is_number(&other.1) { "0".to_owned() } else { String::new() })
}

fn pair(left: &Token, right: &Token) -> Ordering {
    match (is_number(&left.1), is_number(&right.1)) {
        (true, true) => (left.0 == '.').cmp(&(right.0 == '.')).then_with(|| numbers(&left.1, &right.1)),
        (false, false) => word(&left.1).cmp(&word(&right.1)),
        (left, right) => left.cmp(&right),
    }
}

fn word(value: &str) -> (usize, &str) {
    let known = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];
    known.iter().position(|word| *word == value).map_or((known.len(), value), |at| (at, ""))
}
