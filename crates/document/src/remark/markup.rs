//! Comments of XML: `<!-- -->` outside of tags, instructions and `CDATA`.

use super::code::to_mark;
use super::comment::Comment;
use crate::source::Source;

/// Every comment.
pub(super) fn comments(source: &Source<'_>) -> Vec<Comment> {
    let mut comments = Vec::new();
    let mut at = source.start;
    while let Some(found) = source.text[at..].find('<') {
        at += found;
        let rest = &source.text[at..];
        at = if rest.starts_with("<!--") {
            let comment = to_mark(rest, at, "<!--", "-->");
            let end = comment.range.end;
            comments.push(comment);
            end
        } else if rest.starts_with("<![CDATA[") {
            to_mark(rest, at, "<![CDATA[", "]]>").range.end
        } else if rest.starts_with("<?") {
            to_mark(rest, at, "<?", "?>").range.end
        } else {
            at + tag(rest)
        };
    }
    comments
}

/// The length of a tag; values of attributes may hold `>`.
fn tag(rest: &str) -> usize {
    let mut quote = None;
    for (at, character) in rest.char_indices().skip(1) {
        match (quote, character) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), character) if open == character => quote = None,
            _ => {}
        }
    }
    rest.len()
}
