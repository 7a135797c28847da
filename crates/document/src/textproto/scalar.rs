//! Values that are no messages.

use model::NodeValue;
use serde_json::Number;

/// The length of blanks and comments.
pub(super) fn blanks(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let inner = rest.trim_start();
        at += rest.len() - inner.len();
        if !inner.starts_with('#') {
            return at;
        }
        at += inner.find('\n').unwrap_or(inner.len());
    }
}

/// The value at the start of a text and its length; else where it breaks and why.
pub(super) fn read(text: &str) -> Result<(NodeValue, usize), (usize, &'static str)> {
    if text.starts_with(['"', '\'']) {
        return strings(text);
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-');
    let length = text.find(|c| !is_part(c)).unwrap_or(text.len());
    if length == 0 {
        return Err((0, "a value is expected"));
    }
    // A sign may stand apart.
    let word = &text[..length];
    if word == "-" {
        let gap = blanks(&text[1..]);
        let rest = &text[1 + gap..];
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        return Ok((value(&format!("-{}", &rest[..length])), 1 + gap + length));
    }
    Ok((value(word), length))
}

fn value(word: &str) -> NodeValue {
    match word {
        "true" => return NodeValue::Bool(true),
        "false" => return NodeValue::Bool(false),
        _ => {}
    }
    let number = integer(word).or_else(|| float(word));
    number.map_or_else(|| NodeValue::String(word.to_owned()), NodeValue::Number)
}

fn integer(word: &str) -> Option<Number> {
    let (sign, digits) = word.strip_prefix('-').map_or((1, word), |digits| (-1, digits));
    let lower = digits.to_ascii_lowercase();
    let (radix, digits) = match lower.strip_prefix("0x") {
        Some(hex) => (16, hex),
        None if lower.len() > 1 && lower.starts_with('0') => (8, &lower[1..]),
        None => (10, lower.as_str()),
    };
    let is_plain = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let magnitude = i128::from(u64::from_str_radix(digits, radix).ok().filter(|_| is_plain)?) * sign;
    i64::try_from(magnitude).map(Number::from).or_else(|_| u64::try_from(magnitude).map(Number::from)).ok()
}

fn float(word: &str) -> Option<Number> {
    let digits = word.trim_end_matches(['f', 'F']);
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    let is_float = digits.contains(['.', 'e', 'E']) || digits.len() < word.len();
    Number::from_f64(digits.parse::<f64>().ok().filter(|_| is_plain && is_float)?)
}

/// Strings that stand one behind the other are one.
fn strings(text: &str) -> Result<(NodeValue, usize), (usize, &'static str)> {
    let mut bytes = Vec::new();
    let mut at = 0;
    loop {
        at += string(&text[at..], &mut bytes).map_err(|message| (at, message))?;
        let gap = blanks(&text[at..]);
        if !text[at + gap..].starts_with(['"', '\'']) {
            break;
        }
        at += gap;
    }
    // Bytes that are no text have no better form in JSON.
    Ok((NodeValue::String(String::from_utf8_lossy(&bytes).into_owned()), at))
}

fn string(text: &str, out: &mut Vec<u8>) -> Result<usize, &'static str> {
    let bytes = text.as_bytes();
    let quote = bytes[0];
    let mut at = 1;
    loop {
        match bytes.get(at) {
            None | Some(b'\n') => return Err("a string is not closed"),
            Some(byte) if *byte == quote => return Ok(at + 1),
            Some(b'\\') => at += escape(&text[at + 1..], out).ok_or("an escape that is not known")? + 1,
            Some(byte) => {
                out.push(*byte);
                at += 1;
            }
        }
    }
}

/// Writes what an escape stands for; its length without the backslash.
fn escape(text: &str, out: &mut Vec<u8>) -> Option<usize> {
    let first = text.chars().next()?;
    let digits = |from: usize, most: usize, radix: u32| {
        let length = text[from..].chars().take(most).take_while(|c| c.is_digit(radix)).count();
        u32::from_str_radix(&text[from..from + length], radix).ok().map(|code| (code, from + length))
    };
    let (code, length) = match first {
        'a' => (7, 1),
        'b' => (8, 1),
        'f' => (12, 1),
        'n' => (10, 1),
        'r' => (13, 1),
        't' => (9, 1),
        'v' => (11, 1),
        '\\' | '\'' | '"' | '?' => (first as u32, 1),
        'x' | 'X' => digits(1, 2, 16)?,
        '0'..='7' => digits(0, 3, 8)?,
        'u' | 'U' => {
            let (code, length) = digits(1, if first == 'u' { 4 } else { 8 }, 16)?;
            let mut buffer = [0; 4];
            out.extend_from_slice(char::from_u32(code)?.encode_utf8(&mut buffer).as_bytes());
            return Some(length);
        }
        _ => return None,
    };
    out.push(u8::try_from(code & 0xff).expect("a byte"));
    Some(length)
}
