//! Changes of a policy's text that leave every line where it is.

use std::ops::Range;

use regorus::unstable::{Literal, LiteralStmt};

use super::module::whole;

/// Replaces a piece of a text; an empty range inserts.
#[derive(Clone)]
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Edit {
    pub(super) fn insert(place: usize, text: impl Into<String>) -> Edit {
        Edit { range: place..place, text: text.into() }
    }

    /// Takes a piece out and leaves its lines.
    pub(super) fn blank(text: &str, range: Range<usize>) -> Edit {
        let breaks = text.get(range.clone()).map_or(0, |piece| piece.matches('\n').count());
        Edit { range, text: "\n".repeat(breaks) }
    }
}

/// Applies edits that do not overlap; of several at one place the first given comes first.
pub(super) fn applied(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let mut out = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut from = 0;
    for edit in edits {
        out += &text[from..edit.range.start.max(from)];
        out += &edit.text;
        from = edit.range.end.max(from);
    }
    out + &text[from..]
}

/// Puts statements before another, on its line. One that is a body by itself, without braces, gets them.
pub(super) fn before_statement(text: &str, statement: &LiteralStmt, is_bare: bool, before: String) -> Vec<Edit> {
    let start = start_of(text, statement);
    if is_bare {
        let end = whole(text, &statement.span).end;
        vec![Edit::insert(start, format!("{{ {before}")), Edit::insert(end, " }")]
    } else {
        vec![Edit::insert(start, before)]
    }
}

/// Where a statement begins: of a negation without braces around it the engine says where what is negated begins.
pub(super) fn start_of(text: &str, statement: &LiteralStmt) -> usize {
    let start = whole(text, &statement.span).start;
    let negation = matches!(statement.literal, Literal::NotExpr { .. }).then(|| text[..start].trim_end());
    negation.and_then(|before| before.strip_suffix("not")).map_or(start, str::len)
}

/// A piece of a text without line breaks; `None` where they mean something.
pub(super) fn on_one_line(piece: &str) -> Option<String> {
    if !piece.contains('\n') {
        return Some(piece.to_owned());
    }
    // A comment would swallow the rest, a raw string would change, and in a comprehension a line break ends a statement.
    (!piece.contains(['#', '`', '|'])).then(|| piece.split('\n').map(str::trim).collect::<Vec<_>>().join(" "))
}
