//! PEP 440 by its normal form and the comparison key the standard describes; declines what is not PEP 440.

use std::cmp::Ordering;

use portcullis_version::{Scheme, Version};

/// Epoch, release without trailing zeros, pre, post, dev, local; `-1` and large numbers stand for the infinities.
type Parts = (u64, Vec<u64>, (i8, u64), i64, u64, Vec<(u8, u64, String)>);

pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    let is_standard = |text| Version::parse(Scheme::Pep440, text).is_ok_and(|version| version.irregularity().is_none());
    (is_standard(left) && is_standard(right)).then(|| parts(left).cmp(&parts(right)))
}

fn parts(text: &str) -> Parts {
    let text = text.to_lowercase();
    let (public, local) = text.split_once('+').map_or((text.as_str(), None), |(public, local)| (public, Some(local)));
    let public = public.trim_start_matches('v');
    let (epoch, rest) = public.split_once('!').unwrap_or(("0", public));
    let (rest, dev) = cut(rest, &["dev"]);
    let (rest, post) = match rest.rsplit_once('-') {
        Some((rest, number))
            if number.parse::<u64>().is_ok()
                && rest.ends_with(|c: char| c.is_ascii_alphanumeric())
                && !ends_in_word(rest) =>
        {
            (rest, number.parse().ok())
        }
        _ => cut(rest, &["post", "rev", "r"]),
    };
    let (rest, alpha) = cut(rest, &["alpha", "a"]);
    let (rest, beta) = cut(rest, &["beta", "b"]);
    let (rest, candidate) = cut(rest, &["preview", "pre", "rc", "c"]);
    let pre = match (alpha, beta, candidate) {
        (Some(number), ..) => (0, number),
        (_, Some(number), _) => (1, number),
        (.., Some(number)) => (2, number),
        _ if post.is_none() && dev.is_some() => (-1, 0),
        _ => (3, 0),
    };
    let mut release: Vec<u64> = rest.split('.').map(|number| number.parse().expect("a standard release")).collect();
    while release.last() == Some(&0) {
        release.pop();
    }
    let local = local.map_or(Vec::new(), |local| local.split(['-', '_', '.']).map(segment).collect());
    let post = post.map_or(-1, |number| number as i64);
    (epoch.parse().expect("an epoch"), release, pre, post, dev.unwrap_or(u64::MAX), local)
}

/// Cuts `[-_.]?word[-_.]?number?` off the end.
fn cut<'a>(text: &'a str, words: &[&str]) -> (&'a str, Option<u64>) {
    let is_separator = |c: char| matches!(c, '-' | '_' | '.');
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &text[before.len()..];
    let before = before.strip_suffix(is_separator).unwrap_or(before);
    for word in words {
        if let Some(rest) = before.strip_suffix(word) {
            // `rc` is no `c` after an `r`, `beta` no `a` after a `bet`.
            if (*word == "c" && rest.ends_with('r')) || (*word == "a" && rest.ends_with("bet")) {
                continue;
            }
            return (rest.strip_suffix(is_separator).unwrap_or(rest), Some(number.parse().unwrap_or(0)));
        }
    }
    (text, None)
}

fn ends_in_word(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_alphabetic())
}

fn segment(text: &str) -> (u8, u64, String) {
    match text.parse() {
        Ok(number) => (1, number, String::new()),
        Err(_) => (0, 0, text.to_owned()),
    }
}
