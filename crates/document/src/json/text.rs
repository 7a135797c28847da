//! Strings of JSON.

/// The string at the start of a text, quotes not included, and its length with them; else where it breaks and why.
pub(crate) fn string(text: &str) -> Result<(String, usize), (usize, &'static str)> {
    let mut value = String::new();
    let mut at = 1;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let plain = rest.bytes().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)).count();
        value.push_str(&rest[..plain]);
        at += plain;
        match rest.as_bytes().get(plain) {
            Some(b'"') => return Ok((value, at + 1)),
            Some(b'\\') => {
                let (character, length) = escape(&rest[plain..]).map_err(|(offset, message)| (at + offset, message))?;
                value.push(character);
                at += length;
            }
            Some(_) => return Err((at, "a control character stands in a string, it must be escaped")),
            None => return Err((at, "a string is not closed")),
        }
    }
}

/// The character an escape stands for, and its length.
fn escape(text: &str) -> Result<(char, usize), (usize, &'static str)> {
    let character = match text.as_bytes().get(1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(text),
        None => return Err((1, "a string is not closed")),
        Some(_) => return Err((1, "an escape that JSON does not know")),
    };
    Ok((character, 2))
}

/// `\uXXXX`, and two of them for a character outside the basic plane.
fn unicode(text: &str) -> Result<(char, usize), (usize, &'static str)> {
    const HALF: &str = "half of a surrogate pair stands alone, which is no character";
    let first = hex(text, 2)?;
    if !(0xD800..0xE000).contains(&first) {
        return char::from_u32(first).map(|character| (character, 6)).ok_or((2, HALF));
    }
    if first >= 0xDC00 || text.get(6..8) != Some("\\u") {
        return Err((0, HALF));
    }
    let second = hex(text, 8)?;
    if !(0xDC00..0xE000).contains(&second) {
        return Err((0, HALF));
    }
    let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    char::from_u32(code).map(|character| (character, 12)).ok_or((0, HALF))
}

fn hex(text: &str, at: usize) -> Result<u32, (usize, &'static str)> {
    let digits = text.get(at..at + 4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
    digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).ok_or((at, "four hexadecimal digits are expected"))
}
