//! INI: an object of sections, each an object of its names and values, in the shape that users of Conftest know.
//!
//! `#` and `;` start a comment, also behind a value that has no quotes. A value goes on behind a `\` at the end of its line, and, as
//! Python writes it, in lines that stand deeper than its name. What stands before the first section is in a section `DEFAULT`,
//! which Conftest leaves out. A name alone is `true`.

mod section;
mod value;

use std::iter::Peekable;
use std::ops::Range;

use model::{Node, NodeValue, Problem};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::source::Source;
use crate::tree::Tree;
use section::Sections;

/// Reads all sections. A line that is neither section nor name is a problem, and the others are read.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut tree = Tree::new(source, limits);
    let read = sections(&mut tree);
    whole(source, read, tree.problems)
}

fn sections(tree: &mut Tree<'_>) -> Result<Option<Node>, Fault> {
    let source = tree.source;
    let mut sections = Sections::new(source.start);
    let mut lines = source.lines().peekable();
    while let Some(range) = lines.next() {
        let line = trimmed(source.text, range.clone());
        let text = &source.text[line.clone()];
        if text.is_empty() || text.starts_with(['#', ';']) {
            continue;
        }
        if text.starts_with('[') {
            match text.rfind(']') {
                Some(end) => sections.open(tree, trimmed(source.text, line.start + 1..line.start + end)),
                None => broken(tree, line.start, "a section has no `]`"),
            }
            continue;
        }
        let Some(delimiter) = delimiter(text) else {
            name_alone(tree, &mut sections, line)?;
            continue;
        };
        let name = unquoted(source.text, trimmed(source.text, line.start..line.start + delimiter));
        if name.is_empty() {
            broken(tree, line.start, "a value has no name");
            continue;
        }
        let behind = line.start + delimiter + 1..line.end;
        let value = whole_value(tree, behind, line.start - range.start, &mut lines)?;
        let key = tree.key(&source.text[name.clone()], name);
        sections.insert(tree, key, value);
    }
    sections.finish(tree)
}

/// A name without a value says that something is so; several words are no name.
fn name_alone(tree: &mut Tree<'_>, sections: &mut Sections, line: Range<usize>) -> Result<(), Fault> {
    let text = &tree.source.text[line.clone()];
    if text.contains(char::is_whitespace) {
        broken(tree, line.start, "a line is neither a section nor a name with a value");
        return Ok(());
    }
    let node = tree.node(NodeValue::Bool(true), line.clone())?;
    let key = tree.key(text, line);
    sections.insert(tree, key, node);
    Ok(())
}

/// The value behind a delimiter with the lines it goes on in.
fn whole_value(
    tree: &mut Tree<'_>,
    behind: Range<usize>,
    indent: usize,
    lines: &mut Peekable<impl Iterator<Item = Range<usize>>>,
) -> Result<Node, Fault> {
    let source = tree.source;
    let first = value::place(&source.text[behind.clone()]);
    let mut range = behind.start + first.start..behind.start + first.end;
    let mut text = source.text[range.clone()].to_owned();
    let is_quoted = range.start > behind.start && source.text[..range.start].ends_with(['"', '\'', '`']);
    while !is_quoted && text.ends_with('\\') {
        let Some(next) = lines.next() else { break };
        let next = trimmed(source.text, next);
        text.pop();
        text.push_str(&source.text[next.clone()]);
        range.end = next.end;
    }
    let mut is_list = text.is_empty();
    while let Some(next) = lines.next_if(|next| goes_on(source.text, next.clone(), indent, is_list)) {
        let next = trimmed(source.text, next);
        if source.text[next.clone()].starts_with(['#', ';']) {
            continue;
        }
        is_list = true;
        let bare = value::place(&source.text[next.clone()]);
        text.push('\n');
        text.push_str(&source.text[next.start + bare.start..next.start + bare.end]);
        range.end = next.start + bare.end;
    }
    tree.node(value::typed(&text), range.start..range.end.max(range.start))
}

/// A line that stands deeper than the name goes on with its value; one that could be a name of its own only in a list.
fn goes_on(text: &str, line: Range<usize>, indent: usize, is_list: bool) -> bool {
    let inner = trimmed(text, line.clone());
    let line_text = &text[inner.clone()];
    let is_plain = !line_text.is_empty() && !line_text.starts_with('[');
    is_plain && inner.start - line.start > indent && (is_list || delimiter(line_text).is_none())
}

/// The offset of the first delimiter.
fn delimiter(line: &str) -> Option<usize> {
    let quote = line.chars().next().filter(|first| matches!(first, '"' | '`'));
    let from = quote.and_then(|quote| line[1..].find(quote)).map_or(0, |at| at + 2);
    line[from..].find(['=', ':']).map(|at| from + at)
}

fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let is_quoted = |quote| inner.len() >= 2 && inner.starts_with(quote) && inner.ends_with(quote);
    if is_quoted('"') || is_quoted('`') { range.start + 1..range.end - 1 } else { range }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let line = &text[range.clone()];
    let start = range.start + (line.len() - line.trim_start().len());
    start..start + line.trim().len()
}

fn broken(tree: &mut Tree<'_>, offset: usize, message: &str) {
    let fault = Fault::syntax(tree.source, offset, format!("no valid INI: {message}"));
    let problem = fault.problem(tree.source, "this line was not read");
    tree.problems.push(problem);
}
