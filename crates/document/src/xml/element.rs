//! An element while it is read.

use std::collections::HashMap;
use std::ops::Range;

use model::{Key, Node, NodeValue};

use crate::fault::Fault;
use crate::members::Members;
use crate::tree::Tree;

/// An element while it is read: what is inside by name, and its text.
#[derive(Default)]
pub(super) struct Element {
    key: Option<Key>,
    /// Where its tag starts.
    start: usize,
    children: Vec<(Key, Vec<Node>)>,
    places: HashMap<String, usize>,
    text: String,
    text_range: Option<Range<usize>>,
}

impl Element {
    pub(super) fn new(key: Key, range: Range<usize>) -> Element {
        Element { key: Some(key), start: range.start, ..Element::default() }
    }

    /// An element or attribute inside.
    pub(super) fn add(&mut self, key: Key, node: Node) {
        let next = self.children.len();
        let at = *self.places.entry(key.name.clone()).or_insert(next);
        if at == next {
            self.children.push((key, Vec::new()));
        }
        self.children[at].1.push(node);
    }

    pub(super) fn take(&mut self, piece: &str, range: Range<usize>) {
        self.text.push_str(piece);
        if !piece.trim().is_empty() {
            let lead = piece.len() - piece.trim_start().len();
            let trail = piece.len() - piece.trim_end().len();
            // Blanks of a piece are blanks of the text, or the piece is an escape.
            let is_plain = range.len() == piece.len();
            let piece = if is_plain { range.start + lead..range.end - trail } else { range };
            let start = self.text_range.as_ref().map_or(piece.start, |range| range.start);
            self.text_range = Some(start..piece.end);
        }
    }

    pub(super) fn into_children(self) -> Vec<(Key, Vec<Node>)> {
        self.children
    }

    /// What it is as a value.
    pub(super) fn finish(self, tree: &mut Tree<'_>, end: usize) -> Result<(Key, Node), Fault> {
        let range = self.start..end;
        let key = self.key.unwrap_or_else(|| tree.key("", range.clone()));
        let text = self.text.trim();
        let text_range = self.text_range.unwrap_or(range.clone());
        if self.children.is_empty() {
            return Ok((key, tree.string(text, text_range)?));
        }
        let mut members = Members::default();
        if !text.is_empty() {
            let node = tree.string(text, text_range.clone())?;
            members.add(tree.key("#content", text_range), node);
        }
        for (key, mut nodes) in self.children {
            let node = if nodes.len() == 1 { nodes.remove(0) } else { array(tree, nodes)? };
            members.add(key, node);
        }
        Ok((key, tree.object(members, range)?))
    }
}

fn array(tree: &mut Tree<'_>, nodes: Vec<Node>) -> Result<Node, Fault> {
    let start = nodes.first().map_or(0, |node| node.span.start.offset as usize);
    let end = nodes.last().map_or(start, |node| node.span.end.offset as usize);
    tree.node(NodeValue::Array(nodes), start..end)
}
