//! Numbers that are short as texts and have no end as values: the engine writes out every digit of `1e2000000000`.

use super::bodies::Scanner;
use crate::{Lint, PolicyError};

/// The largest exponent of a number: longer numbers are told by their length.
const MOST: u64 = 99_999;

/// Refuses a policy with such a number outside of strings and comments.
pub(super) fn check(file: &str, text: &str) -> Result<(), PolicyError> {
    let Some(at) = endless(text) else { return Ok(()) };
    let before = &text[..at];
    let line = 1 + before.matches('\n').count() as u32;
    let column = 1 + before.rsplit('\n').next().unwrap_or_default().chars().count() as u32;
    let message = format!("a number with an exponent beyond {MOST} would be written out digit by digit");
    Err(PolicyError::at(file, line, column, message).of(Lint::Syntax))
}

/// Where such a number stands in a text of Rego or JSON, outside of its strings.
pub(super) fn endless(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let mut end = 0;
    for (at, character) in (Scanner { text, at: 0 }) {
        let begins = character.is_ascii_digit() && (at == 0 || !is_name(&bytes[at - 1]));
        if at < end || !begins {
            continue;
        }
        let (length, is_endless) = number(&bytes[at..]);
        if is_endless {
            return Some(at);
        }
        end = at + length;
    }
    None
}

/// How long the number is that a text begins with, and whether it has no end.
fn number(bytes: &[u8]) -> (usize, bool) {
    let mantissa = bytes.iter().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_')).count();
    let Some(b'e' | b'E') = bytes.get(mantissa) else { return (mantissa.max(1), false) };
    let sign = usize::from(matches!(bytes.get(mantissa + 1), Some(b'+')));
    let digits: Vec<u8> = bytes[mantissa + 1 + sign..].iter().copied().take_while(u8::is_ascii_digit).collect();
    let exponent =
        digits.iter().fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
    (mantissa + 1 + sign + digits.len(), exponent > MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_without_end() {
        for text in
            ["x := 1e2000000000", "[1,2E+100000]", "1.5e99999999999999999999", "a == 1_0e999999", "{\"a\":1e100000}"]
        {
            assert!(endless(text).is_some(), "{text}");
        }
        for text in [
            "x := 1e99999",
            "x1e2000000000 := 1",
            "\"1e2000000000\"",
            "`1e2000000000`",
            "# 1e2000000000",
            "1e-2000000000",
            "1e",
            "0x",
        ] {
            assert_eq!(endless(text), None, "{text}");
        }
    }
}
