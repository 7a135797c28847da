//! Comments of formats whose texts need no quotes: what stands outside of every value that was read, behind a blank.

use std::ops::Range;

use model::{Node, NodeValue};

use super::comment::Comment;
use super::walk;
use crate::source::Source;

/// What begins a comment.
pub(super) struct Rule {
    marks: &'static [char],
    /// Only where nothing stands before it on its line.
    is_alone: bool,
}

pub(super) const HASH: Rule = Rule { marks: &['#'], is_alone: false };
pub(super) const HASH_OR_SEMICOLON: Rule = Rule { marks: &['#', ';'], is_alone: false };
pub(super) const HASH_OR_BANG: Rule = Rule { marks: &['#', '!'], is_alone: true };
pub(super) const LINE_OF_HASH: Rule = Rule { marks: &['#'], is_alone: true };

/// Every comment outside of the scalars and keys of these roots.
pub(super) fn comments(source: &Source<'_>, roots: &[Node], rule: &Rule) -> Vec<Comment> {
    let mut texts = Texts::of(roots);
    source.lines().filter_map(|line| comment(source.text, line, rule, &mut texts)).collect()
}

fn comment(text: &str, line: Range<usize>, rule: &Rule, texts: &mut Texts) -> Option<Comment> {
    let mut is_behind_blank = true;
    for (at, character) in text[line.clone()].char_indices() {
        let offset = line.start + at;
        if is_behind_blank && rule.marks.contains(&character) && !texts.hold(offset) {
            return Some(Comment::line(offset..line.end, character.len_utf8()));
        }
        is_behind_blank = character.is_whitespace() && (is_behind_blank || !rule.is_alone);
        if rule.is_alone && !is_behind_blank {
            return None;
        }
    }
    None
}

/// Where texts are, asked from front to back.
struct Texts {
    /// By their start.
    ranges: Vec<Range<usize>>,
    next: usize,
    /// The furthest end of those that were passed.
    end: usize,
}

impl Texts {
    fn of(roots: &[Node]) -> Texts {
        let mut ranges = Vec::new();
        let mut add = |span: model::Span| ranges.push(span.start.offset as usize..span.end.offset as usize);
        for root in roots {
            walk(root, &mut |node| match &node.value {
                NodeValue::Object(members) => members.iter().for_each(|(key, _)| add(key.span)),
                NodeValue::Array(_) => {}
                _ => add(node.span),
            });
        }
        ranges.sort_by_key(|range| range.start);
        Texts { ranges, next: 0, end: 0 }
    }

    fn hold(&mut self, offset: usize) -> bool {
        while let Some(range) = self.ranges.get(self.next).filter(|range| range.start <= offset) {
            self.end = self.end.max(range.end);
            self.next += 1;
        }
        offset < self.end
    }
}
