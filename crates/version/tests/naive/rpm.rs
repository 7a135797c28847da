//! rpm's segments, walked side by side.

use std::cmp::Ordering;

use super::numbers;

pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    let (left, right) = (split(left), split(right));
    let releases = match (left.2, right.2) {
        (Some(left), Some(right)) => part(left, right),
        (left, right) => left.is_some().cmp(&right.is_some()),
    };
    Some(numbers(left.0, right.0).then_with(|| part(left.1, right.1)).then(releases))
}

fn split(text: &str) -> (&str, &str, Option<&str>) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (epoch, rest) =
        if text[digits..].starts_with(':') { (&text[..digits], &text[digits + 1..]) } else { ("", text) };
    match rest.rfind('-') {
        Some(at) => (epoch, &rest[..at], Some(&rest[at + 1..])),
        None => (epoch, rest, None),
    }
}

fn part(mut left: &str, mut right: &str) -> Ordering {
    let is_between = |c: char| !c.is_ascii_alphanumeric() && c != '~' && c != '^';
    loop {
        (left, right) = (left.trim_start_matches(is_between), right.trim_start_matches(is_between));
        for (mark, with_mark) in [('~', Ordering::Less), ('^', Ordering::Greater)] {
            let (l, r) = (left.starts_with(mark), right.starts_with(mark));
            match (l, r) {
                (true, true) => {
                    let order = part(&left[1..], &right[1..]);
                    return order;
                }
                (false, false) => {}
                _ if mark == '~' => return if l { with_mark } else { with_mark.reverse() },
                // A caret is above the end and below everything else.
                (true, false) => return if right.is_empty() { with_mark } else { with_mark.reverse() },
                (false, true) => return if left.is_empty() { with_mark.reverse() } else { with_mark },
            }
        }
        if left.is_empty() || right.is_empty() {
            return left.len().cmp(&right.len()).then(Ordering::Equal);
        }
        let (l_number, r_number) = (left.as_bytes()[0].is_ascii_digit(), right.as_bytes()[0].is_ascii_digit());
        if l_number != r_number {
            return l_number.cmp(&r_number);
        }
        let run = |text: &str| {
            text.bytes()
                .take_while(|byte| if l_number { byte.is_ascii_digit() } else { byte.is_ascii_alphabetic() })
                .count()
        };
        let ((l, l_rest), (r, r_rest)) = (left.split_at(run(left)), right.split_at(run(right)));
        let order = if l_number { numbers(l, r) } else { l.cmp(r) };
        if order.is_ne() {
            return order;
        }
        (left, right) = (l_rest, r_rest);
    }
}
