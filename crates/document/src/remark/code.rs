//! Comments of formats whose texts stand in quotes.

use super::comment::Comment;
use crate::source::Source;

/// How comments and texts are told.
pub(super) struct Syntax {
    line: &'static [&'static str],
    block: Option<(&'static str, &'static str)>,
    /// The longer before the shorter.
    quotes: &'static [Quote],
    /// Comments and quotes count only where a word may begin.
    is_by_word: bool,
    /// What takes the next character for itself outside of texts too.
    escape: Option<char>,
}

struct Quote {
    mark: &'static str,
    has_escapes: bool,
    is_of_lines: bool,
}

const DOUBLE: Quote = Quote { mark: "\"", has_escapes: true, is_of_lines: false };
const SINGLE: Quote = Quote { mark: "'", has_escapes: true, is_of_lines: false };
const NOTHING: Syntax = Syntax { line: &[], block: None, quotes: &[], is_by_word: false, escape: None };

pub(super) const JSONC: Syntax = Syntax { line: &["//"], block: Some(("/*", "*/")), quotes: &[DOUBLE], ..NOTHING };
pub(super) const TOML: Syntax = Syntax {
    line: &["#"],
    quotes: &[
        Quote { mark: "\"\"\"", has_escapes: true, is_of_lines: true },
        Quote { mark: "'''", has_escapes: false, is_of_lines: true },
        DOUBLE,
        Quote { has_escapes: false, ..SINGLE },
    ],
    ..NOTHING
};
pub(super) const TEXTPROTO: Syntax = Syntax { line: &["#"], quotes: &[DOUBLE, SINGLE], ..NOTHING };
pub(super) const EDN: Syntax =
    Syntax { line: &[";"], quotes: &[Quote { is_of_lines: true, ..DOUBLE }], escape: Some('\\'), ..NOTHING };
pub(super) const NGINX: Syntax = Syntax {
    line: &["#"],
    quotes: &[Quote { is_of_lines: true, ..DOUBLE }, Quote { is_of_lines: true, ..SINGLE }],
    is_by_word: true,
    escape: Some('\\'),
    ..NOTHING
};
/// `go.mod`.
pub(super) const GO_MODULE: Syntax = Syntax { line: &["//"], quotes: &[DOUBLE], ..NOTHING };
/// `requirements.txt`, and lists that have no texts in quotes.
pub(super) const LIST: Syntax = Syntax { line: &["#"], is_by_word: true, ..NOTHING };

/// Every comment.
pub(super) fn comments(source: &Source<'_>, syntax: &Syntax) -> Vec<Comment> {
    let text = source.text;
    let mut comments = Vec::new();
    let mut at = source.start;
    let mut may_begin = true;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let comment = may_begin.then(|| comment(rest, at, syntax)).flatten();
        let quote = syntax.quotes.iter().find(|quote| may_begin && rest.starts_with(quote.mark));
        may_begin = !syntax.is_by_word || first.is_whitespace() || matches!(first, '{' | '}' | ';');
        at += match (comment, quote) {
            (Some(comment), _) => {
                let length = comment.range.len();
                comments.push(comment);
                length
            }
            (None, Some(quote)) => quoted(rest, quote),
            (None, None) if syntax.escape == Some(first) => {
                first.len_utf8() + rest.chars().nth(1).map_or(0, char::len_utf8)
            }
            (None, None) => first.len_utf8(),
        };
    }
    comments
}

fn comment(rest: &str, at: usize, syntax: &Syntax) -> Option<Comment> {
    if let Some(mark) = syntax.line.iter().find(|mark| rest.starts_with(**mark)) {
        return Some(to_line_end(rest, at, mark.len()));
    }
    let (open, close) = syntax.block.filter(|(open, _)| rest.starts_with(open))?;
    Some(to_mark(rest, at, open, close))
}

/// A comment to the end of its line.
pub(super) fn to_line_end(rest: &str, at: usize, mark: usize) -> Comment {
    let length = rest.find('\n').unwrap_or(rest.len());
    Comment::line(at..at + rest[..length].trim_end_matches('\r').len(), mark)
}

/// A comment to the mark that closes it, or to the end.
pub(super) fn to_mark(rest: &str, at: usize, open: &str, close: &str) -> Comment {
    let inside = &rest[open.len()..];
    let body = inside.find(close).unwrap_or(inside.len());
    let closed = if body < inside.len() { close.len() } else { 0 };
    let start = at + open.len();
    Comment { range: at..start + body + closed, body: start..start + body }
}

/// The length of a text in quotes; of one that is not closed, to the end of its line or of all.
fn quoted(rest: &str, quote: &Quote) -> usize {
    let mut at = quote.mark.len();
    while let Some(first) = rest[at..].chars().next() {
        if rest[at..].starts_with(quote.mark) {
            return at + quote.mark.len();
        }
        if first == '\n' && !quote.is_of_lines {
            return at;
        }
        let next = if first == '\\' && quote.has_escapes { rest[at + 1..].chars().next() } else { None };
        at += first.len_utf8() + next.map_or(0, char::len_utf8);
    }
    rest.len()
}
