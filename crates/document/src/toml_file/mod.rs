//! TOML 1.0, through `toml`: an object. Dates and times are text as they are written, and so are `inf` and `nan`.
//!
//! A file with a fault is not judged at all; every fault is said.

use std::ops::Range;

use model::{Node, NodeValue, Problem};
use serde_json::Number;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;
use crate::tree::Tree;

/// Reads the one table of a file.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut tree = Tree::new(source, limits);
    let read = read(&mut tree);
    whole(source, read, tree.problems)
}

fn read(tree: &mut Tree<'_>) -> Result<Option<Node>, Fault> {
    let source = tree.source;
    let text = &source.text[source.start..];
    let (table, mut errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let last = errors.remove(errors.len() - 1);
        for error in errors.iter().take(tree.limits.problems) {
            let problem = fault(source, error).problem(source, "the file was not read");
            tree.problems.push(problem);
        }
        return Err(fault(source, &last));
    }
    if table.get_ref().is_empty() {
        return Ok(None);
    }
    let root = object(tree, table.get_ref(), 0, None)?;
    Ok(Some(Node { span: source.span(source.start..source.start + text.trim_end().len()), ..root }))
}

fn fault(source: &Source<'_>, error: &toml::de::Error) -> Fault {
    let offset = error.span().map_or(source.start, |span| source.start + span.start);
    Fault::syntax(source, offset.min(source.text.len()), format!("no valid TOML: {}", error.message()))
}

fn value(tree: &mut Tree<'_>, spanned: &Spanned<DeValue<'_>>, depth: usize) -> Result<Node, Fault> {
    let start = tree.source.start;
    let span = spanned.span();
    let range = start + span.start..start + span.end;
    let value = match spanned.get_ref() {
        DeValue::String(text) => NodeValue::String(text.to_string()),
        DeValue::Boolean(value) => NodeValue::Bool(*value),
        DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(value) => NodeValue::Number(value.into()),
            Err(_) => NodeValue::String(integer.as_str().to_owned()),
        },
        DeValue::Float(float) => match float.as_str().parse::<f64>().ok().and_then(Number::from_f64) {
            Some(number) => NodeValue::Number(number),
            None => NodeValue::String(float.as_str().to_owned()),
        },
        DeValue::Datetime(_) => NodeValue::String(tree.source.text[range.clone()].to_owned()),
        DeValue::Array(items) => {
            tree.check_depth(depth, range.start)?;
            let nodes = items.iter().map(|item| value(tree, item, depth + 1)).collect::<Result<Vec<_>, _>>()?;
            let end = nodes.last().map_or(0, |node| node.span.end.offset as usize);
            // `[[name]]` stands for all of its tables.
            let range = range.start..range.end.max(end);
            return tree.node(NodeValue::Array(nodes), range);
        }
        DeValue::Table(table) => return object(tree, table, depth, Some(range)),
    };
    tree.node(value, range)
}

/// A table: as large as its header and the values that stand in it; tables of their own stand where they stand.
fn object(tree: &mut Tree<'_>, table: &DeTable<'_>, depth: usize, range: Option<Range<usize>>) -> Result<Node, Fault> {
    let start = tree.source.start;
    tree.check_depth(depth, range.as_ref().map_or(start, |range| range.start))?;
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let mut members = Members::default();
    for (key, item) in entries {
        let node = value(tree, item, depth + 1)?;
        let name = key.span();
        members.add(tree.key(key.get_ref().as_ref(), start + name.start..start + name.end), node);
    }
    let range = around(tree, &members, range);
    tree.object(members, range)
}

fn around(tree: &Tree<'_>, members: &Members, own: Option<Range<usize>>) -> Range<usize> {
    let is_inline = |range: &Range<usize>| tree.source.text[range.clone()].starts_with('{');
    if let Some(own) = own.clone().filter(is_inline) {
        return own;
    }
    let start = own.as_ref().map(|range| range.start);
    let plain = members.iter().filter(|(_, node)| !matches!(node.value, NodeValue::Object(_)));
    let ends = plain.map(|(key, node)| (key.span.start.offset as usize, node.span.end.offset as usize));
    let all = ends.chain(own.map(|range| (range.start, range.end)));
    let (first, last) = all.fold((usize::MAX, 0), |(first, last), (start, end)| (first.min(start), last.max(end)));
    match start {
        _ if first <= last => first..last,
        Some(start) => start..start,
        None => tree.source.start..tree.source.start,
    }
}
