//! Numbers as Go's `fmt` and `strconv` write them, without sign.

/// An integer in a base from 2 to 16, at least so many digits.
pub(super) fn integer(mut magnitude: u128, base: u32, least: usize) -> String {
    let mut digits = Vec::new();
    while magnitude > 0 {
        let digit = (magnitude % u128::from(base)) as u32;
        digits.push(char::from_digit(digit, base).expect("a digit below the base"));
        magnitude /= u128::from(base);
    }
    while digits.len() < least.max(1) {
        digits.push('0');
    }
    digits.iter().rev().collect()
}

/// `%f`.
pub(super) fn fixed(value: f64, precision: usize) -> String {
    format!("{value:.precision$}")
}

/// `%e`: one digit, a point, the rest, and an exponent of at least two digits.
pub(super) fn scientific(value: f64, precision: usize) -> String {
    with_exponent(&format!("{value:.precision$e}"))
}

/// `%g`: as many digits as tell the number, or at most so many; an exponent where it is below -4, or not below the digits (6 where
/// their number was free).
pub(super) fn general(value: f64, precision: Option<usize>) -> String {
    let written = match precision {
        Some(precision) => format!("{value:.*e}", precision.max(1) - 1),
        None => format!("{value:e}"),
    };
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let mantissa = if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    let digits = mantissa.len() - usize::from(mantissa.contains('.'));
    let limit = match precision {
        None => 6,
        // A number that has fewer digits, all before the point, is written out.
        Some(precision) if precision > digits && digits as i32 > exponent => digits,
        Some(precision) => precision.max(1),
    };
    if exponent < -4 || exponent >= limit as i32 {
        return with_exponent(&format!("{mantissa}e{exponent}"));
    }
    fixed(value_of(mantissa, exponent), (digits as i32 - 1 - exponent).max(0) as usize)
}

fn value_of(mantissa: &str, exponent: i32) -> f64 {
    format!("{mantissa}e{exponent}").parse().unwrap_or_default()
}

fn with_exponent(written: &str) -> String {
    let (mantissa, exponent) = written.split_once('e').unwrap_or((written, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    format!("{mantissa}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}
