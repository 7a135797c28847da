//! deb-version(7), character by character.

use std::cmp::Ordering;

use super::numbers;

pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    let (left, right) = (split(left), split(right));
    Some(numbers(left.0, right.0).then_with(|| part(left.1, right.1)).then_with(|| part(left.2, right.2)))
}

fn split(text: &str) -> (&str, &str, &str) {
    let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
    let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, "0"));
    (epoch, upstream, revision)
}

/// A digit or the end is 0; `~` is below it, letters above, all else above those.
fn weight(byte: Option<u8>) -> i32 {
    match byte {
        None | Some(b'0'..=b'9') => 0,
        Some(b'~') => -1,
        Some(letter) if letter.is_ascii_alphabetic() => i32::from(letter),
        Some(other) => i32::from(other) + 256,
    }
}

fn part(mut left: &str, mut right: &str) -> Ordering {
    while !left.is_empty() || !right.is_empty() {
        loop {
            let (a, b) = (left.bytes().next(), right.bytes().next());
            if weight(a) == 0 && weight(b) == 0 {
                break;
            }
            if weight(a) != weight(b) {
                return weight(a).cmp(&weight(b));
            }
            (left, right) = (&left[1..], &right[1..]);
        }
        let (a, b) = (digits(left), digits(right));
        if numbers(a, b).is_ne() {
            return numbers(a, b);
        }
        (left, right) = (&left[a.len()..], &right[b.len()..]);
    }
    Ordering::Equal
}

fn digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}
