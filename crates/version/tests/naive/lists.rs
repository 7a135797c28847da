//! Versions that are lists: CRAN's, Hackage's, Conan's.

use std::cmp::Ordering;

use super::numbers;

pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    Some(ordered(&left.split(['.', '-']).collect::<Vec<_>>(), &right.split(['.', '-']).collect::<Vec<_>>(), numbers))
}

pub(super) fn compare_conan(left: &str, right: &str) -> Option<Ordering> {
    let split = |text: &str| {
        let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
        let (items, pre) = text.split_once('-').map_or((text, None), |(items, pre)| (items, Some(pre)));
        (items.to_owned(), pre.map(str::to_owned), build.map(str::to_owned))
    };
    let (left, right) = (split(left), split(right));
    let pre = match (&left.1, &right.1) {
        (Some(left), Some(right)) => items(left, right),
        (left, right) => left.is_none().cmp(&right.is_none()),
    };
    let build = match (&left.2, &right.2) {
        (Some(left), Some(right)) => items(left, right),
        (left, right) => left.is_some().cmp(&right.is_some()),
    };
    Some(items(&left.0, &right.0).then(pre).then(build))
}

fn ordered(left: &[&str], right: &[&str], order: impl Fn(&str, &str) -> Ordering) -> Ordering {
    let pairs = left.iter().zip(right).map(|(left, right)| order(left, right));
    pairs.into_iter().find(|order| order.is_ne()).unwrap_or_else(|| left.len().cmp(&right.len()))
}

fn items(left: &str, right: &str) -> Ordering {
    fn split(text: &str) -> Vec<&str> {
        let mut items: Vec<&str> = text.split('.').collect();
        while items.last().is_some_and(|last| last.trim_matches('0').is_empty()) {
            items.pop();
        }
        items
    }
    ordered(&split(left), &split(right), |left, right| {
        let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let ((l, l_word), (r, r_word)) = (left.split_at(number(left)), right.split_at(number(right)));
        l.is_empty().cmp(&r.is_empty()).then_with(|| numbers(l, r)).then_with(|| l_word.cmp(r_word))
    })
}
