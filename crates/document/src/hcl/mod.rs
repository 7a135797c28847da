//! HCL 2, through `hcl-edit`: the language of Terraform, Packer, Nomad and others. Nothing is evaluated.
//!
//! A file gives two documents. The first has the shape that users of Conftest know ([`shape`]): blocks by type and labels, expressions
//! as text `${…}`. The second is the syntax tree ([`syntax`]): every block, attribute, expression and piece of a template as an object
//! of its own; only rules that ask for it by its kind see it.

mod expression;
mod shape;
mod slot;
mod syntax;
mod template;

use std::ops::Range;

use hcl_edit::Span;
use hcl_edit::structure::Body;
use model::{Node, Problem};

pub(crate) use template::escaped;

use crate::fault::Fault;
use crate::limits::Limits;
use crate::source::Source;
use crate::tree::Tree;

/// Reads a file whole, or not at all.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut tree = Tree::new(source, limits);
    let mut nodes = Vec::new();
    match read(&mut tree) {
        Ok(read) => nodes.extend(read),
        Err(_) if source.is_cut() => {}
        Err(fault) => tree.problems.push(fault.problem(source, "the file was not read")),
    }
    (nodes, tree.problems)
}

fn read(tree: &mut Tree<'_>) -> Result<Vec<Node>, Fault> {
    let source = tree.source;
    let text = &source.text[source.start..];
    let body = hcl_edit::parser::parse_body(text).map_err(|error| {
        let offset = source.start + error.location().offset();
        Fault::syntax(source, offset.min(source.text.len()), format!("no valid HCL: {}", error.message()))
    })?;
    if body.is_empty() {
        return Ok(Vec::new());
    }
    let range = around(source, &body);
    let shape = shape::body(tree, &body, range.clone(), 0)?;
    let syntax = syntax::body(tree, &body, Vec::new(), range, 0)?;
    Ok(vec![shape, syntax])
}

/// From the first structure to the last.
fn around(source: &Source<'_>, body: &Body) -> Range<usize> {
    let spans = body.iter().filter_map(Span::span);
    let all = spans.reduce(|first, last| first.start.min(last.start)..first.end.max(last.end)).unwrap_or(0..0);
    placed(source, all)
}

/// A place of the parser, which does not count a byte order mark.
fn placed(source: &Source<'_>, range: Range<usize>) -> Range<usize> {
    source.start + range.start..source.start + range.end
}

/// Where something stands; what has no place of its own stands where what is around it does.
fn place(source: &Source<'_>, thing: &impl Span, around: &Range<usize>) -> Range<usize> {
    thing.span().map_or_else(|| around.clone(), |range| placed(source, range))
}
