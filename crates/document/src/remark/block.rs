//! Pieces of a file that comments may speak of: members with their keys, elements of lists, whole documents.

use model::{Format, Key, Node, NodeValue, Reach, Span};

use super::comment::Comment;
use super::line::is_alone;
use crate::source::Source;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Root,
    Item,
    Member,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    span: Span,
    kind: Kind,
    /// It holds others.
    is_compound: bool,
}

/// All pieces of a file, by their start; of those that start at one place the larger first.
pub(super) struct Blocks {
    format: Format,
    pieces: Vec<Piece>,
}

impl Blocks {
    pub(super) fn of(format: Format, roots: &[Node]) -> Blocks {
        let mut pieces = Vec::new();
        // The second document of an HCL file is another view of the first.
        let roots = if format == Format::Hcl { &roots[..roots.len().min(1)] } else { roots };
        for root in roots {
            if matches!(format, Format::Yaml | Format::Json | Format::Jsonc) {
                pieces.push(Piece { span: root.span, kind: Kind::Root, is_compound: true });
            }
            gather(format, root, &mut pieces);
        }
        pieces.sort_by_key(|piece| (piece.span.start.offset, std::cmp::Reverse(piece.span.end.offset), piece.kind));
        Blocks { format, pieces }
    }

    /// Adds what stands behind and around a comment to what it may speak of.
    pub(super) fn put(&self, comment: &Comment, source: &Source<'_>, reach: &mut Reach) {
        if is_alone(source.text, &comment.range) {
            reach.block = self.after(comment.range.end as u32);
            reach.around = self.around(comment.range.start as u32);
        } else {
            reach.block = self.begun_before(comment, source);
            let before = source.text[..comment.range.start].trim_end();
            reach.around = self.around(before.len().saturating_sub(1) as u32);
        }
        if self.format == Format::Dockerfile {
            reach.around = None;
            // What is one instruction to its reader is one line.
            let line = reach.lines.map(|(line, _)| line);
            if let Some(block) = reach.block.filter(|block| Some(block.start.line) == line) {
                reach.lines = Some((block.start.line, block.end.line));
            }
        }
    }

    /// The largest piece that starts at or behind a place.
    fn after(&self, offset: u32) -> Option<Span> {
        let at = self.pieces.partition_point(|piece| piece.span.start.offset < offset);
        self.pieces.get(at).map(|piece| piece.span)
    }

    /// The smallest piece that begins on the comment's line before it and ends behind it.
    fn begun_before(&self, comment: &Comment, source: &Source<'_>) -> Option<Span> {
        let (start, end) = (comment.range.start as u32, comment.range.end as u32);
        let line = source.span(comment.range.clone()).start.line;
        let at = self.pieces.partition_point(|piece| piece.span.start.offset < start);
        let on_line = self.pieces[..at].iter().rev().take_while(|piece| piece.span.start.line == line);
        // An element of a YAML list begins with its first member, which is what the comment stands behind.
        let may_begin = |kind: Kind| kind == Kind::Member || (kind == Kind::Item && self.format != Format::Yaml);
        let mut open = on_line.filter(|piece| piece.span.end.offset > end && may_begin(piece.kind));
        open.next().map(|piece| piece.span)
    }

    /// The smallest piece around a place that holds others.
    fn around(&self, offset: u32) -> Option<Span> {
        let at = self.pieces.partition_point(|piece| piece.span.start.offset <= offset);
        let is_around = |piece: &&Piece| piece.is_compound && piece.span.end.offset > offset;
        self.pieces[..at].iter().rev().take(MOST_LOOKED_AT).find(is_around).map(|piece| piece.span)
    }
}

/// Pieces before a comment that are asked whether they are around it.
const MOST_LOOKED_AT: usize = 10_000;

/// Where a member stands. Labels of HCL, and what has no key in the text, stand on a place with their values: those are no blocks.
fn member(format: Format, key: &Key, value: &Node) -> Option<Span> {
    let is_behind = |node: &Node| node.span.start.offset >= key.span.end.offset;
    match (format, &value.value) {
        _ if is_behind(value) => Some(key.span.join(value.span)),
        // An element holds its own name.
        (Format::Xml, _) => value.span.contains(&key.span).then_some(value.span),
        // Of a table, what stands under its own heading.
        (Format::Toml | Format::Ini, NodeValue::Object(members)) => {
            let own = members.iter().map(|(_, node)| node).filter(|node| is_behind(node) && !node.is_object());
            own.map(|node| node.span).reduce(Span::join).map(|span| key.span.join(span))
        }
        _ => None,
    }
}

fn gather(format: Format, node: &Node, pieces: &mut Vec<Piece>) {
    let is_compound = |node: &Node| matches!(node.value, NodeValue::Object(_) | NodeValue::Array(_));
    match &node.value {
        NodeValue::Array(items) => items.iter().for_each(|item| {
            pieces.push(Piece { span: item.span, kind: Kind::Item, is_compound: is_compound(item) });
            // An instruction is a whole: its words are no blocks.
            if format != Format::Dockerfile {
                gather(format, item, pieces);
            }
        }),
        NodeValue::Object(members) => members.iter().for_each(|(key, value)| {
            if let Some(span) = member(format, key, value) {
                pieces.push(Piece { span, kind: Kind::Member, is_compound: is_compound(value) });
            }
            gather(format, value, pieces);
        }),
        _ => {}
    }
}
