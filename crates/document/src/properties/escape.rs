//! Backslashes of properties.

/// The length of the name at the start of a line.
pub(super) fn name_length(line: &str) -> usize {
    let mut is_escaped = false;
    for (at, character) in line.char_indices() {
        if !is_escaped && matches!(character, '=' | ':' | ' ' | '\t' | '\u{c}') {
            return at;
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    line.len()
}

/// The text that is meant, and whether every escape is one.
pub(super) fn unescaped(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut is_good = true;
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let Some(character) = escape.chars().next() else { return (out, is_good) };
        let mut length = character.len_utf8();
        match character {
            't' => out.push('\t'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            'f' => out.push('\u{c}'),
            'u' => match units(escape) {
                Some((character, taken)) => {
                    out.push(character);
                    length = taken;
                }
                None => {
                    is_good = false;
                    out.push_str("\\u");
                }
            },
            other => out.push(other),
        }
        rest = &escape[length..];
    }
    out.push_str(rest);
    (out, is_good)
}

/// The character of `uXXXX`, or of two such units that make one, and the length without the first backslash.
fn units(escape: &str) -> Option<(char, usize)> {
    let first = unit(escape)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 5));
    }
    let second = unit(escape.get(5..)?.strip_prefix('\\')?)?;
    let pair = char::decode_utf16([first as u16, second as u16]).next()?.ok()?;
    Some((pair, 11))
}

fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('u')?.get(..4)?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}
