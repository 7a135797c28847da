//! Fields of a message while it is read: one that comes again is a list.

use std::collections::HashMap;
use std::ops::Range;

use model::{Key, Node, NodeValue};

use crate::fault::Fault;
use crate::members::Members;
use crate::tree::Tree;

#[derive(Default)]
pub(super) struct Fields {
    fields: Vec<Field>,
    places: HashMap<String, usize>,
}

struct Field {
    key: Key,
    nodes: Vec<Node>,
    /// Written as a list, with its brackets.
    list: Option<Range<usize>>,
}

impl Fields {
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    pub(super) fn add(&mut self, key: &Key, node: Node, in_list: bool) {
        let field = self.field(key);
        field.nodes.push(node);
        if in_list {
            field.list.get_or_insert(0..0);
        }
    }

    pub(super) fn open_list(&mut self, key: &Key, start: usize) {
        let field = self.field(key);
        field.list.get_or_insert(start..start);
    }

    pub(super) fn close_list(&mut self, key: &Key, end: usize) {
        if let Some(list) = &mut self.field(key).list {
            list.end = end;
        }
    }

    pub(super) fn finish(self, tree: &mut Tree<'_>, range: Range<usize>) -> Result<Node, Fault> {
        let mut members = Members::default();
        for field in self.fields {
            let node = field.finish(tree)?;
            members.add(node.0, node.1);
        }
        tree.object(members, range)
    }

    fn field(&mut self, key: &Key) -> &mut Field {
        let next = self.fields.len();
        let at = *self.places.entry(key.name.clone()).or_insert(next);
        if at == next {
            self.fields.push(Field { key: key.clone(), nodes: Vec::new(), list: None });
        }
        &mut self.fields[at]
    }
}

impl Field {
    fn finish(mut self, tree: &mut Tree<'_>) -> Result<(Key, Node), Fault> {
        if self.list.is_none() && self.nodes.len() == 1 {
            return Ok((self.key, self.nodes.remove(0)));
        }
        let ends = self.nodes.iter().map(|node| (node.span.start.offset as usize, node.span.end.offset as usize));
        let all = ends.chain(self.list.map(|list| (list.start, list.end)));
        let range = all.reduce(|first, next| (first.0.min(next.0), first.1.max(next.1))).unwrap_or_default();
        let node = tree.node(NodeValue::Array(self.nodes), range.0..range.1)?;
        Ok((self.key, node))
    }
}
