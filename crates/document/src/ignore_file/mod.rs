//! `.gitignore`, `.dockerignore` and their like: an array with one entry a line, in the shape that users of Conftest know.
//!
//! An entry is `{Kind, Value, Original}`; its kind is `Path`, `NegatedPath`, `Comment` or `Empty`. Of a path the backslashes that
//! protect a character are taken out of `Value`, and blanks at its end; `Original` is the line as it stands.

use std::ops::Range;

use model::{Node, NodeValue, Problem};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;
use crate::tree::Tree;

/// Reads all lines; a file without any path or comment is no document.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut tree = Tree::new(source, limits);
    let read = entries(&mut tree);
    whole(source, read, tree.problems)
}

fn entries(tree: &mut Tree<'_>) -> Result<Option<Node>, Fault> {
    let source = tree.source;
    let mut nodes = Vec::new();
    for range in source.lines() {
        nodes.push(entry(tree, range)?);
    }
    if source.text[source.start..].trim().is_empty() {
        return Ok(None);
    }
    if source.text.ends_with('\n') && !source.is_cut() {
        nodes.push(entry(tree, source.text.len()..source.text.len())?);
    }
    tree.node(NodeValue::Array(nodes), source.start..source.text.len()).map(Some)
}

fn entry(tree: &mut Tree<'_>, range: Range<usize>) -> Result<Node, Fault> {
    let line = &tree.source.text[range.clone()];
    let (kind, value) = meaning(line);
    let mut members = Members::default();
    for (name, value) in [("Kind", kind), ("Value", &value), ("Original", line)] {
        let node = tree.string(value, range.clone())?;
        members.add(tree.key(name, range.clone()), node);
    }
    tree.object(members, range)
}

fn meaning(line: &str) -> (&'static str, String) {
    let stripped = without_blanks_at_end(line);
    if stripped.is_empty() {
        ("Empty", line.to_owned())
    } else if let Some(comment) = stripped.strip_prefix('#') {
        ("Comment", comment.trim().to_owned())
    } else if let Some(path) = stripped.strip_prefix('!') {
        ("NegatedPath", unescaped(path))
    } else {
        ("Path", unescaped(stripped))
    }
}

/// A blank behind a backslash stays.
fn without_blanks_at_end(line: &str) -> &str {
    let stripped = line.trim_end_matches(' ');
    if stripped.ends_with('\\') && stripped.len() < line.len() { &line[..stripped.len() + 1] } else { stripped }
}

fn unescaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut characters = path.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
        } else if characters.next_if_eq(&'\\').is_some() {
            out.push('\\');
        }
    }
    out
}
