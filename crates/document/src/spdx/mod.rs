//! SPDX as tags and values, in the shape of SPDX as JSON: what a policy for one reads, it reads of the other too.
//!
//! A tag that is not known is a problem: what it says would be missing. Files and snippets are lists of the document, as in JSON.

mod builder;
mod tag;

use std::ops::Range;

use model::{Node, Problem};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::source::Source;
use crate::tree::Tree;
use builder::Builder;

/// Reads all tags.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut tree = Tree::new(source, limits);
    let read = read(&mut tree);
    whole(source, read, tree.problems)
}

fn read(tree: &mut Tree<'_>) -> Result<Option<Node>, Fault> {
    let source = tree.source;
    let mut builder = Builder::default();
    let mut read_to = source.start;
    for line in source.lines() {
        let text = source.text[line.clone()].trim();
        if line.start < read_to || text.is_empty() || text.starts_with('#') {
            continue;
        }
        let Some(colon) = source.text[line.clone()].find(':') else {
            broken(tree, line.start, "a tag and `:` are expected");
            continue;
        };
        let name = source.text[line.start..line.start + colon].trim();
        let start = line.start + source.text[line.clone()].find(name).unwrap_or(0);
        let (value, end) = value(source, line.start + colon + 1..line.end)?;
        read_to = end;
        match tag::of(name) {
            Some(tag) => builder.take(tree, tag, start..start + name.len(), value)?,
            None => broken(tree, start, &format!("`{name}` is no tag that is known")),
        }
    }
    builder.finish(tree)
}

/// The value behind a tag, and where what follows it starts; `<text>` goes over lines.
fn value(source: &Source<'_>, range: Range<usize>) -> Result<(Range<usize>, usize), Fault> {
    let rest = &source.text[range.clone()];
    let inner = rest.trim();
    let start = range.start + (rest.len() - rest.trim_start().len());
    if !inner.starts_with("<text>") {
        return Ok((start..start + inner.len(), range.end));
    }
    let start = start + "<text>".len();
    let length = source.text[start..]
        .find("</text>")
        .ok_or_else(|| Fault::syntax(source, source.text.len(), "SPDX ends too early: `<text>` is not closed"))?;
    Ok((start..start + length, start + length))
}

fn broken(tree: &mut Tree<'_>, offset: usize, message: &str) {
    let fault = Fault::syntax(tree.source, offset, format!("no valid SPDX: {message}"));
    let problem = fault.problem(tree.source, "this line was not read");
    tree.problems.push(problem);
}
