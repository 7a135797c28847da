//! CSV (RFC 4180): an array with an object for every row, named by the cells of the first row.
//!
//! Every cell is text. The delimiter is the one of `,`, `;` and tab that comes most often in the first line. When names in the first
//! row are missing or come twice there are no names, and every row is an array. A cell beyond the names is called `#5` by its column.

mod cells;

use std::collections::HashSet;

use model::{Node, NodeValue, Problem, ProblemKind};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;
use crate::tree::Tree;
use cells::{Cell, Cells};

/// Reads all rows; empty lines are none.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut tree = Tree::new(source, limits);
    let read = rows(&mut tree);
    whole(source, read, tree.problems)
}

fn rows(tree: &mut Tree<'_>) -> Result<Option<Node>, Fault> {
    let source = tree.source;
    let mut cells = Cells::new(source);
    let Some(first) = cells.row()? else { return Ok(None) };
    let names = are_names(&first).then_some(&first);
    let mut nodes = match names {
        Some(_) => Vec::new(),
        None => vec![array(tree, &first)?],
    };
    let mut is_uneven = false;
    while let Some(row) = cells.row()? {
        nodes.push(match names {
            Some(names) => {
                if row.len() != names.len() && !is_uneven {
                    is_uneven = true;
                    uneven(tree, names.len(), &row);
                }
                object(tree, names, &row)?
            }
            None => array(tree, &row)?,
        });
    }
    tree.node(NodeValue::Array(nodes), source.start..cells.end()).map(Some)
}

fn are_names(row: &[Cell]) -> bool {
    let names: HashSet<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
    names.len() == row.len() && !names.contains("")
}

fn array(tree: &mut Tree<'_>, row: &[Cell]) -> Result<Node, Fault> {
    let mut nodes = Vec::with_capacity(row.len());
    for cell in row {
        nodes.push(tree.string(cell.text.as_str(), cell.range.clone())?);
    }
    tree.node(NodeValue::Array(nodes), Cell::around(row))
}

fn object(tree: &mut Tree<'_>, names: &[Cell], row: &[Cell]) -> Result<Node, Fault> {
    let mut members = Members::default();
    for (at, cell) in row.iter().enumerate() {
        let name = names.get(at).map_or_else(|| format!("#{}", at + 1), |name| name.text.clone());
        let node = tree.string(cell.text.as_str(), cell.range.clone())?;
        members.add(tree.key(name, cell.range.clone()), node);
    }
    tree.object(members, Cell::around(row))
}

/// Said once a file: all was read, but somebody's columns have slipped.
fn uneven(tree: &mut Tree<'_>, names: usize, row: &[Cell]) {
    let message = format!("row has {} cells where the first row has {names}", row.len());
    let offset = Cell::around(row).start;
    let problem = tree.source.warning(ProblemKind::Shape, offset, message);
    tree.problems.push(problem);
}
