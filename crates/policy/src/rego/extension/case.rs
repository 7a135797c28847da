//! Capitals and small letters as Go has them: one character for each, where Unicode may want several (`ß`, `ŉ`), and the same wherever it
//! stands in a word (`Σ`).

use regorus::Value;

/// What `upper` or `lower` makes of a text; `None` for another builtin, or what is no text.
pub(super) fn changed(name: &str, given: &[Value]) -> Option<Value> {
    let [Value::String(text)] = given else { return None };
    let changed: String = match name {
        "upper" if text.is_ascii() => text.to_ascii_uppercase(),
        "lower" if text.is_ascii() => text.to_ascii_lowercase(),
        "upper" => text.chars().map(upper).collect(),
        "lower" => text.chars().map(lower).collect(),
        _ => return None,
    };
    Some(Value::from(changed))
}

fn upper(character: char) -> char {
    one(character.to_uppercase()).unwrap_or_else(|| titled(character))
}

fn lower(character: char) -> char {
    // Of all characters only this one has a small form of two.
    one(character.to_lowercase()).unwrap_or(if character == 'İ' { 'i' } else { character })
}

fn one(mut characters: impl Iterator<Item = char>) -> Option<char> {
    characters.next().filter(|_| characters.next().is_none())
}

/// Of letters whose capital form is two: the Greek ones with a iota below have one with a iota beside it, the others stay.
fn titled(character: char) -> char {
    let distance = match character {
        '\u{1f80}'..='\u{1f87}' | '\u{1f90}'..='\u{1f97}' | '\u{1fa0}'..='\u{1fa7}' => 8,
        '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => 9,
        _ => 0,
    };
    char::from_u32(character as u32 + distance).unwrap_or(character)
}
