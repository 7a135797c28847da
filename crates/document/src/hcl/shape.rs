//! The shape that Conftest gives: an object of attributes, and of blocks by their type and labels.
//!
//! `resource "a" "b" { … }` is at `resource.a.b[0]`: every block is in an array, for several may have the same labels. Literals are
//! values, `${…}` text is what Terraform would evaluate (see [`expression`](super::expression)).

use std::ops::Range;

use hcl_edit::structure::{Block, Body, Structure};
use model::{Node, ProblemKind};

use super::slot::Slots;
use super::{expression, place};
use crate::fault::Fault;
use crate::tree::Tree;

/// The object of a body.
pub(super) fn body(tree: &mut Tree<'_>, body: &Body, range: Range<usize>, depth: usize) -> Result<Node, Fault> {
    tree.check_depth(depth, range.start)?;
    let mut slots = Slots::default();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                let key = place(tree.source, &attribute.key, &range);
                let node = expression::value(tree, &attribute.value, &range, depth + 1)?;
                let key = tree.key(attribute.key.as_str(), key);
                if !slots.set(key.clone(), node) {
                    clash(tree, key.span.start.offset as usize, &key.name);
                }
            }
            Structure::Block(block) => add(tree, &mut slots, block, &range, depth)?,
        }
    }
    slots.finish(tree, range)
}

fn add(
    tree: &mut Tree<'_>,
    slots: &mut Slots,
    block: &Block,
    around: &Range<usize>,
    depth: usize,
) -> Result<(), Fault> {
    let range = place(tree.source, block, around);
    // Type, labels and the array are levels of their own.
    let depth = depth + block.labels.len() + 2;
    tree.check_depth(depth, range.start)?;
    let inner = body(tree, &block.body, range.clone(), depth)?;
    let first = tree.key(block.ident.as_str(), place(tree.source, &block.ident, &range));
    let labels = block.labels.iter().map(|label| tree.key(label.as_str(), place(tree.source, label, &range)));
    let keys = std::iter::once(first).chain(labels).collect();
    if !slots.add(keys, inner) {
        clash(tree, range.start, block.ident.as_str());
    }
    Ok(())
}

/// Blocks with and without labels, or an attribute beside blocks, have no common shape.
fn clash(tree: &mut Tree<'_>, offset: usize, name: &str) {
    let message = format!("`{name}` has other labels here than before, or is an attribute too: this one was not read");
    let problem = tree.source.error(ProblemKind::Shape, offset, message);
    tree.problems.push(problem);
}
