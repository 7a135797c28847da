//! Members of a body while it is read: blocks gather under their type and labels.

use std::collections::HashMap;
use std::ops::Range;

use model::{Key, Node, NodeValue};

use crate::fault::Fault;
use crate::members::Members;
use crate::tree::Tree;

/// Members in the order they come first.
#[derive(Default)]
pub(super) struct Slots {
    slots: Vec<(Key, Slot)>,
    places: HashMap<String, usize>,
}

enum Slot {
    Value(Node),
    /// Blocks of these labels.
    Blocks(Vec<Node>),
    /// Blocks by their next label.
    Labels(Slots),
}

impl Slots {
    /// Gives an attribute its value; false when the name is taken.
    pub(super) fn set(&mut self, key: Key, node: Node) -> bool {
        let is_new = !self.places.contains_key(&key.name);
        if is_new {
            self.push(key, Slot::Value(node));
        }
        is_new
    }

    /// Adds a block under its type and labels; false when there is something else.
    pub(super) fn add(&mut self, keys: Vec<Key>, node: Node) -> bool {
        let mut slots = self;
        let last = keys.len().saturating_sub(1);
        for (at, key) in keys.into_iter().enumerate() {
            let is_last = at == last;
            let place = match slots.places.get(&key.name) {
                Some(place) => *place,
                None if is_last => slots.push(key, Slot::Blocks(Vec::new())),
                None => slots.push(key, Slot::Labels(Slots::default())),
            };
            match &mut slots.slots[place].1 {
                Slot::Blocks(nodes) if is_last => {
                    nodes.push(node);
                    return true;
                }
                Slot::Labels(inner) if !is_last => slots = inner,
                _ => return false,
            }
        }
        false
    }

    pub(super) fn finish(self, tree: &mut Tree<'_>, range: Range<usize>) -> Result<Node, Fault> {
        let mut members = Members::default();
        for (key, slot) in self.slots {
            let node = slot.finish(tree)?;
            members.add(key, node);
        }
        tree.object(members, range)
    }

    fn push(&mut self, key: Key, slot: Slot) -> usize {
        let place = self.slots.len();
        self.places.insert(key.name.clone(), place);
        self.slots.push((key, slot));
        place
    }
}

impl Slot {
    /// As a node, as large as what it holds.
    fn finish(self, tree: &mut Tree<'_>) -> Result<Node, Fault> {
        match self {
            Slot::Value(node) => Ok(node),
            Slot::Blocks(nodes) => {
                let range = around(nodes.iter());
                tree.node(NodeValue::Array(nodes), range)
            }
            Slot::Labels(slots) => {
                let mut members = Members::default();
                for (key, slot) in slots.slots {
                    let node = slot.finish(tree)?;
                    members.add(key, node);
                }
                let range = around(members.iter().map(|(_, node)| node));
                tree.object(members, range)
            }
        }
    }
}

fn around<'n>(nodes: impl Iterator<Item = &'n Node>) -> Range<usize> {
    let ranges = nodes.map(|node| node.span.start.offset as usize..node.span.end.offset as usize);
    ranges.reduce(|first, last| first.start.min(last.start)..first.end.max(last.end)).unwrap_or(0..0)
}
