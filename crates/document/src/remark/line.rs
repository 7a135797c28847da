//! Lines around comments: which is a comment's own, which comes next.

use std::ops::Range;

use model::Reach;

use super::comment::Comment;
use crate::source::Source;

/// All comments of a file, and what stands behind each.
pub(super) struct Surroundings<'a> {
    source: &'a Source<'a>,
    comments: &'a [Comment],
    /// Where the next thing behind a comment starts that is no comment.
    next: Vec<Option<usize>>,
    /// Where the first thing of the file starts that is none.
    first: usize,
}

impl<'a> Surroundings<'a> {
    pub(super) fn of(source: &'a Source<'a>, comments: &'a [Comment]) -> Surroundings<'a> {
        let mut next: Vec<Option<usize>> = vec![None; comments.len()];
        for at in (0..comments.len()).rev() {
            let content = content_from(source.text, comments[at].range.end);
            let is_comment = comments.get(at + 1).is_some_and(|other| Some(other.range.start) == content);
            next[at] = if is_comment { next[at + 1] } else { content };
        }
        let first = first(source.text, source.start, comments);
        Surroundings { source, comments, next, first }
    }

    /// What one comment may speak of, blocks aside.
    pub(super) fn reach(&self, at: usize) -> Reach {
        let comment = &self.comments[at];
        let line = |offset: usize| self.source.span(offset..offset).start.line;
        let lines = if is_alone(self.source.text, &comment.range) {
            self.next[at].map(|next| (line(next), line(next)))
        } else {
            Some((line(comment.range.start), line(comment.range.end)))
        };
        Reach { lines, is_head: comment.range.start < self.first, ..Reach::default() }
    }
}

/// True when nothing else stands on the lines of a comment.
pub(super) fn is_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].rsplit('\n').next().unwrap_or_default();
    let behind = text[range.end..].split('\n').next().unwrap_or_default();
    let is_nothing =
        |piece: &str| piece.trim_matches(|mark: char| mark.is_whitespace() || mark == '\u{feff}').is_empty();
    is_nothing(before) && is_nothing(behind)
}

fn content_from(text: &str, offset: usize) -> Option<usize> {
    let rest = &text[offset..];
    let content = rest.trim_start();
    (!content.is_empty()).then_some(text.len() - content.len())
}

/// Past comments, and past what only says that a document begins.
fn first(text: &str, start: usize, comments: &[Comment]) -> usize {
    let mut at = start;
    let mut comments = comments.iter();
    let mut comment = comments.next();
    while let Some(content) = content_from(text, at) {
        let rest = &text[content..];
        at = match comment {
            Some(found) if found.range.start == content => {
                comment = comments.next();
                found.range.end
            }
            _ if rest.starts_with("---") && rest[3..].starts_with(['\r', '\n', ' ']) => content + 3,
            _ if rest.starts_with("<?xml") => content + rest.find("?>").map_or(rest.len(), |end| end + 2),
            _ => return content,
        };
    }
    text.len()
}
