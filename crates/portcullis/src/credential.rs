//! Credentials whose form tells them, taken out of texts that reports repeat: what lets somebody in by a header, passwords in addresses, tokens with a public form.
//!
//! The rules that find them are in `policies/lib/secrets.rego`. Here nothing is found: what looks like one is not shown.

use std::borrow::Cow;
use std::ops::Range;

const MASK: &str = "***";
/// Shorter words are not what lets anybody in.
const SHORTEST: usize = 6;
/// How tokens with a public form begin, and how many characters follow at least.
const TOKENS: [(&str, usize); 15] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("ghp_", 36),
    ("gho_", 36),
    ("ghu_", 36),
    ("ghs_", 36),
    ("ghr_", 36),
    ("github_pat_", 50),
    ("glpat-", 20),
    ("xoxa-", 10),
    ("xoxb-", 10),
    ("xoxp-", 10),
    ("sk_live_", 20),
    ("npm_", 36),
    ("AIza", 35),
];

/// The text without them.
pub(crate) fn hidden(text: &str) -> Cow<'_, str> {
    masked(text, |_| MASK.to_owned())
}

/// The same for text that is pointed into: every character keeps its column.
pub(crate) fn covered(text: &str) -> Cow<'_, str> {
    masked(text, |secret| "*".repeat(secret.chars().count()))
}

fn masked(text: &str, mask: impl Fn(&str) -> String) -> Cow<'_, str> {
    let mut found: Vec<Range<usize>> = headers(text).chain(passwords(text)).chain(tokens(text)).collect();
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    found.sort_by_key(|range| range.start);
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for range in found {
        let from = range.start.max(at);
        if from < range.end {
            shown.push_str(&text[at..from]);
            shown.push_str(&mask(&text[from..range.end]));
            at = range.end;
        }
    }
    shown.push_str(&text[at..]);
    Cow::Owned(shown)
}

/// What stands behind `Authorization: Bearer`, however it is quoted.
fn headers(text: &str) -> impl Iterator<Item = Range<usize>> {
    places(text, "authorization").filter_map(|at| {
        let rest = &text[at + "authorization".len()..];
        let value = past_quotes(rest).strip_prefix([':', '='])?;
        let value = past_quotes(value);
        let scheme = ["bearer", "basic", "token"].into_iter().find(|scheme| begins(value, scheme))?;
        let after = &value[scheme.len()..];
        let given = past_quotes(after);
        let from = text.len() - given.len();
        let length = given.bytes().take_while(|byte| is_of_token(*byte)).count();
        // `api-${TOKEN}`: what is filled in later is shown.
        let is_template = given[length..].starts_with(['$', '{', '(', '%', '<', '`']);
        (after.len() > given.len() && length >= SHORTEST && !is_template).then_some(from..from + length)
    })
}

/// `scheme://user:password@host`.
fn passwords(text: &str) -> impl Iterator<Item = Range<usize>> {
    places(text, "://").filter_map(|at| {
        let from = at + "://".len();
        let is_end = |character: char| character.is_whitespace() || matches!(character, '/' | '"' | '\'' | '@');
        let end = from + text[from..].find(is_end)?;
        let password = from + text[from..end].find(':')? + 1;
        let is_filled_in = text[password..end].contains(['$', '{', '%', '<']);
        (text[end..].starts_with('@') && password < end && !is_filled_in).then_some(password..end)
    })
}

fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    TOKENS.into_iter().flat_map(move |(prefix, least)| {
        text.match_indices(prefix).filter_map(move |(at, _)| {
            let is_inside = text[..at].ends_with(|character: char| character.is_ascii_alphanumeric());
            let more = &text[at + prefix.len()..];
            let length = more.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte)).count();
            (!is_inside && length >= least).then_some(at..at + prefix.len() + length)
        })
    })
}

/// Where a word of ASCII stands, in any case.
fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let first = word.as_bytes()[0];
    let starts = memchr::memchr2_iter(first, first.to_ascii_uppercase(), text.as_bytes());
    starts.filter(move |at| {
        text.as_bytes()[*at..].get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
    })
}

fn begins(text: &str, word: &str) -> bool {
    text.as_bytes().get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
}

/// Past blanks, quotes and what escapes them.
fn past_quotes(text: &str) -> &str {
    text.trim_start_matches(|character: char| character.is_whitespace() || matches!(character, '\\' | '"' | '\''))
}

fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._~+/=-".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{covered, hidden};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(hidden(text), expected);
    }

    #[test]
    fn credentials_are_not_shown() {
        check(r#"curl -H "Authorization: Bearer f3a9c1d2" b"#, r#"curl -H "Authorization: Bearer ***" b"#);
        check(r"curl -H Authorization:\ token\ f3a9c1d2 b", r"curl -H Authorization:\ token\ *** b");
        check(
            r#"["-H", "proxy-authorization: BASIC cm9ib3Q6NWYwZTFkMmM="]"#,
            r#"["-H", "proxy-authorization: BASIC ***"]"#,
        );
        check(r#"{\"Authorization\": \"Bearer f3a9c1d2\"}"#, r#"{\"Authorization\": \"Bearer ***\"}"#);
        check("git clone https://me:f3a9@example.org/a é", "git clone https://me:***@example.org/a é");
        check("AKIAIOSFODNN7EXAMPLE and Authorization=basic abcdefgh", "*** and Authorization=basic ***");
    }

    #[test]
    fn what_is_pointed_into_keeps_its_columns() {
        let text = "git clone https://me:fé9@example.org/a AKIAIOSFODNN7EXAMPLE é";
        assert_eq!(covered(text), "git clone https://me:***@example.org/a ******************** é");
    }

    #[test]
    fn what_is_filled_in_later_is_shown() {
        for text in [
            r#"curl -H "Authorization: Bearer $TOKEN" https://me:${PASSWORD}@example.org/"#,
            "Authorization: Bearer api-${TOKEN}",
            "Authorization: Bearer $(cat /run/secrets/token)",
            "authorization",
            "Authorization: Bearer",
            "https://example.org:8080/a@b",
            "xAKIAIOSFODNN7EXAMPLE",
        ] {
            check(text, text);
        }
    }
}
