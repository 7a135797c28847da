//! `Gem::Version#<=>`: segments side by side, the shorter list filled up with zeros.

use std::cmp::Ordering;

use super::{numbers, runs};

pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    let (mut left, mut right) = (segments(left), segments(right));
    let longest = left.len().max(right.len());
    left.resize(longest, "0".to_owned());
    right.resize(longest, "0".to_owned());
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let orders = left.iter().zip(&right).map(|(left, right)| match (is_number(left), is_number(right)) {
        (true, true) => numbers(left, right),
        (false, false) => left.cmp(right),
        (left, right) => left.cmp(&right),
    });
    Some(orders.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal))
}

/// Numbers and words, without the zeros before the first word.
fn segments(text: &str) -> Vec<String> {
    let text = text.replace('-', ".pre.");
    let mut segments: Vec<String> = text.split('.').flat_map(runs).collect();
    if let Some(word) = segments.iter().position(|segment| segment.starts_with(|c: char| c.is_ascii_alphabetic())) {
        let numbers =
            segments[..word].iter().rposition(|segment| !segment.trim_matches('0').is_empty()).map_or(0, |at| at + 1);
        segments.drain(numbers..word);
    }
    segments
}
