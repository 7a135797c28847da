//! Words of an instruction, as ranges of its joined text.

use std::ops::Range;

/// Words between blanks, whatever quotes they hold.
pub(super) fn plain(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = from;
    for word in text[from..].split(char::is_whitespace) {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

/// Words between blanks that are neither quoted nor escaped; quotes and escapes stay in the words.
pub(super) fn quoted(text: &str, from: usize, escape: char) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut characters = text[from..].char_indices().map(|(at, character)| (from + at, character));
    while let Some((at, character)) = characters.next() {
        if quote.is_none() && character.is_whitespace() {
            words.extend(start.take().map(|start| start..at));
            continue;
        }
        start.get_or_insert(at);
        match (quote, character) {
            // Nothing is special between single quotes but their end.
            (Some('\''), '\'') => quote = None,
            (Some('\''), _) => {}
            (_, character) if character == escape => {
                characters.next();
            }
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), character) if open == character => quote = None,
            _ => {}
        }
    }
    words.extend(start.map(|start| start..text.len()));
    words
}

/// The strings of a JSON array and where they stand, quotes included; `None` when the text is not such an array.
pub(super) fn json(text: &str, from: usize) -> Option<Vec<(String, Range<usize>)>> {
    let mut strings = Vec::new();
    let mut at = skip_blanks(text, from);
    if text.as_bytes().get(at) != Some(&b'[') {
        return None;
    }
    at = skip_blanks(text, at + 1);
    while text.as_bytes().get(at) == Some(&b'"') {
        let (value, length) = crate::json::string(&text[at..]).ok()?;
        strings.push((value, at..at + length));
        at = skip_blanks(text, at + length);
        if text.as_bytes().get(at) != Some(&b',') {
            break;
        }
        at = skip_blanks(text, at + 1);
        // A comma must be followed by one more string.
        if text.as_bytes().get(at) != Some(&b'"') {
            return None;
        }
    }
    let is_closed = text.as_bytes().get(at) == Some(&b']');
    (is_closed && skip_blanks(text, at + 1) == text.len()).then_some(strings)
}

/// Past blanks.
pub(super) fn skip_blanks(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}
