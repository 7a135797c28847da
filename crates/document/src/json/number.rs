//! Numbers of JSON.

use model::NodeValue;
use serde_json::Number;

/// The number at the start of a text and its length; else where it breaks and why.
///
/// An integer that does not fit 64 bits and a number beyond any finite one are kept as text: nothing behind us could hold
/// them exactly.
pub(super) fn number(text: &str) -> Result<(NodeValue, usize), (usize, &'static str)> {
    let bytes = text.as_bytes();
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(bytes, sign);
    if whole == 0 {
        return Err((sign, "a digit is expected behind the sign"));
    }
    if whole > 1 && bytes[sign] == b'0' {
        return Err((sign + 1, "a number does not start with 0"));
    }
    let mut end = sign + whole;
    let mut is_integer = true;
    if bytes.get(end) == Some(&b'.') {
        is_integer = false;
        let fraction = digits(bytes, end + 1);
        if fraction == 0 {
            return Err((end + 1, "a digit is expected behind the point"));
        }
        end += 1 + fraction;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        is_integer = false;
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(bytes, end + 1 + sign);
        if exponent == 0 {
            return Err((end + 1 + sign, "a digit is expected in the exponent"));
        }
        end += 1 + sign + exponent;
    }
    Ok((value(&text[..end], is_integer), end))
}

fn value(text: &str, is_integer: bool) -> NodeValue {
    let number = if is_integer && text != "-0" {
        text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from)).ok()
    } else {
        text.parse::<f64>().ok().and_then(Number::from_f64)
    };
    number.map_or_else(|| NodeValue::String(text.to_owned()), NodeValue::Number)
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}
