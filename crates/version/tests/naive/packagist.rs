//! PHP's `version_compare`, with its recursion at the end of the shorter version.

use std::cmp::Ordering;

use super::{numbers, runs};

pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    let pieces = |text: &str| -> Vec<String> {
        let bare = text.to_lowercase();
        bare.trim_start_matches('v')
            .split(['.', '-', '_', '+'])
            .flat_map(runs)
            .filter(|piece| piece != "stable")
            .collect()
    };
    Some(lists(&pieces(left), &pieces(right)))
}

fn lists(left: &[String], right: &[String]) -> Ordering {
    for (left, right) in left.iter().zip(right) {
        let order = match (is_number(left), is_number(right)) {
            (true, true) => numbers(left, right),
            _ => form(left).cmp(&form(right)),
        };
        if order.is_ne() {
            return order;
        }
    }
    if left.len() < right.len() {
        return lists(right, left).reverse();
    }
    match left.get(right.len()) {
        None => Ordering::Equal,
        Some(next) if is_number(next) => Ordering::Greater,
        // What is left over is compared with the form of a number.
        Some(next) => form(next).cmp(&form("1")),
    }
}

fn is_number(piece: &str) -> bool {
    piece.starts_with(|first: char| first.is_ascii_digit())
}

fn form(piece: &str) -> usize {
    if is_number(piece) {
        return 5;
    }
    ["dev", "a", "b", "rc"]
        .iter()
        .position(|known| piece.starts_with(known))
        .map_or(if piece.starts_with('p') { 6 } else { 0 }, |at| at + 1)
}
