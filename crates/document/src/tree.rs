//! Nodes for readers: each has its place, and their number and depth have limits.

use std::ops::Range;

use model::{Key, Node, NodeValue, Problem};

use crate::fault::Fault;
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;

/// What a reader makes its nodes with.
pub(crate) struct Tree<'a> {
    pub(crate) source: &'a Source<'a>,
    pub(crate) limits: &'a Limits,
    pub(crate) problems: Vec<Problem>,
    left: usize,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(source: &'a Source<'a>, limits: &'a Limits) -> Tree<'a> {
        Tree { source, limits, problems: Vec::new(), left: limits.nodes }
    }

    /// A value and where it stands.
    pub(crate) fn node(&mut self, value: NodeValue, range: Range<usize>) -> Result<Node, Fault> {
        self.left = self.left.checked_sub(1).ok_or_else(|| {
            Fault::limit(range.start, format!("file holds more than the limit of {} values", self.limits.nodes))
        })?;
        Ok(Node { value, span: self.source.span(range) })
    }

    pub(crate) fn string(&mut self, text: impl Into<String>, range: Range<usize>) -> Result<Node, Fault> {
        self.node(NodeValue::String(text.into()), range)
    }

    pub(crate) fn object(&mut self, members: Members, range: Range<usize>) -> Result<Node, Fault> {
        self.node(NodeValue::Object(members.finish()), range)
    }

    pub(crate) fn key(&self, name: impl Into<String>, range: Range<usize>) -> Key {
        Key { name: name.into(), span: self.source.span(range) }
    }

    /// Adds a member; of two that have one name the last counts, and that is said.
    pub(crate) fn insert(&mut self, members: &mut Members, key: Key, node: Node) {
        let (name, span) = (key.name.clone(), key.span);
        if let Some((old, _)) = members.replace(key, node) {
            self.problems.push(self.source.duplicate_key(&name, old.span, span));
        }
    }

    /// A collection that so many stand around must not hold another.
    pub(crate) fn check_depth(&self, depth: usize, offset: usize) -> Result<(), Fault> {
        if depth < self.limits.depth {
            return Ok(());
        }
        Err(Fault::limit(offset, format!("values nest deeper than the limit of {}", self.limits.depth)))
    }
}
