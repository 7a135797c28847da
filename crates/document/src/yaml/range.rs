//! Where a value stands, from where the parser says it does: without anchor, tag, block header and blanks behind it.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

/// The text of a scalar, quotes included. Of a block scalar, its lines; of a value that is left out, nothing, behind the colon.
pub(super) fn of_scalar(
    text: &str,
    range: Range<usize>,
    style: ScalarStyle,
    has_properties: bool,
    is_empty: bool,
) -> Range<usize> {
    if style == ScalarStyle::Plain && is_empty {
        return of_nothing(text, range, has_properties);
    }
    let start = if has_properties { skip_properties(text, &range) } else { range.start };
    match style {
        ScalarStyle::Plain => trimmed(text, start..range.end),
        ScalarStyle::Literal | ScalarStyle::Folded => trimmed(text, skip_header(text, start..range.end)..range.end),
        // The parser counts a comment behind the quotes in.
        ScalarStyle::SingleQuoted => to_quote(text, start..range.end, '\'', None),
        ScalarStyle::DoubleQuoted => to_quote(text, start..range.end, '"', Some('\\')),
    }
}

/// To the quote that closes the text; one that is written twice, or behind the escape character, is part of it.
fn to_quote(text: &str, range: Range<usize>, quote: char, escape: Option<char>) -> Range<usize> {
    let inside = text.get(range.clone()).unwrap_or_default();
    let mut characters = inside.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if Some(character) == escape {
            characters.next();
        } else if character == quote {
            let is_twice = escape.is_none() && characters.next_if(|(_, next)| *next == quote).is_some();
            if !is_twice {
                return range.start..range.start + at + quote.len_utf8();
            }
        }
    }
    trimmed(text, range)
}

/// Without the blanks at the end.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = text.get(range.clone()).unwrap_or_default();
    range.start..range.start + inside.trim_end_matches(is_blank).len()
}

/// True when a collection starts with a bracket.
pub(super) fn is_flow(text: &str, start: &Range<usize>) -> bool {
    text.get(start.clone()).is_some_and(|start| start.ends_with(['[', '{']))
}

fn of_nothing(text: &str, range: Range<usize>, has_properties: bool) -> Range<usize> {
    if has_properties {
        return trimmed(text, range);
    }
    let colon = usize::from(text.as_bytes().get(range.start) == Some(&b':'));
    range.start + colon..range.start + colon
}

/// Past `&anchor` and `!tag`, in any order, with blanks and comments between.
fn skip_properties(text: &str, range: &Range<usize>) -> usize {
    let mut rest = text.get(range.clone()).unwrap_or_default();
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '&' | '!' => rest.trim_start_matches(|character| !is_blank(character)),
            '#' => rest.trim_start_matches(|character| character != '\n'),
            character if is_blank(character) => rest.trim_start_matches(is_blank),
            _ => break,
        };
    }
    range.end - rest.len()
}

/// Past `|` or `>` and the rest of that line, to the first character of the content.
fn skip_header(text: &str, range: Range<usize>) -> usize {
    let inside = text.get(range.clone()).unwrap_or_default();
    let Some(after) = inside.starts_with(['|', '>']).then(|| inside.find('\n')).flatten() else { return range.start };
    let content = inside[after..].trim_start_matches(is_blank);
    if content.is_empty() { range.start } else { range.end - content.len() }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}
