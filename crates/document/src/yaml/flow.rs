//! Brackets that close further left than the parser allows.
//!
//! YAML asks that every line of `[…]` and `{…}` stands deeper than the key before it. Hardly any writer knows that, and the
//! readers of Kubernetes do not ask for it; `saphyr-parser` does. So where it refuses such a line, the line break is made blank and the
//! text is read again: between brackets a line break is a blank. Offsets in bytes stay what they are.

use std::ops::Range;

use saphyr_parser::ScanError;

/// True for a line between brackets that stands too far left; nothing else gives these errors.
pub(super) fn stands_too_far_left(error: &ScanError) -> bool {
    matches!(error.info(), "invalid indentation" | "invalid indentation in flow construct")
}

/// What must be blank for the line to be part of the one before: line breaks and comments between `from`, where the last
/// value that is known ends, and the place of the fault.
pub(super) fn gap(text: &str, from: usize, fault: usize) -> Option<Range<usize>> {
    let (mut at, mut end, mut before) = (from, from, ' ');
    while let Some(character) = text.get(at..fault)?.chars().next() {
        let rest = &text[at..fault];
        let is_start = before.is_whitespace() || matches!(before, '[' | '{' | ',' | ':');
        let length = match character {
            '#' if before.is_whitespace() => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' if is_start => quoted(rest, character)?,
            _ => character.len_utf8(),
        };
        let is_comment = character == '#' && before.is_whitespace();
        at += length;
        if !is_comment && !character.is_whitespace() {
            end = at;
        }
        before = if is_comment { ' ' } else { character };
    }
    text[end..fault].contains('\n').then_some(end..fault)
}

/// The text with blanks in these places.
pub(super) fn blanked(text: &str, gaps: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    gaps.iter().for_each(|gap| bytes[gap.clone()].fill(b' '));
    String::from_utf8(bytes).expect("whole characters were replaced by ASCII")
}

/// The length of a quoted scalar, quotes included; `None` when it is not closed.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        let next_is_quote = characters.peek().is_some_and(|(_, next)| *next == quote);
        match character {
            '\\' if quote == '"' => drop(characters.next()),
            '\'' if quote == '\'' && next_is_quote => drop(characters.next()),
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}
