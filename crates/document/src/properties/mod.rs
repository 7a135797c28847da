//! Java properties: an object of names and texts, in the shape that users of Conftest know.
//!
//! As `java.util.Properties` reads them: `=`, `:` or a blank ends a name, `#` and `!` start a comment line, a backslash at the end of a
//! line continues it, `\t \n \r \f \uXXXX` are characters. `${name}` stays as it is written: what it stands for the program decides.

mod escape;

use std::ops::Range;

use model::{Node, Problem};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;
use crate::tree::Tree;

/// Reads all properties.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut tree = Tree::new(source, limits);
    let read = properties(&mut tree);
    whole(source, read, tree.problems)
}

fn properties(tree: &mut Tree<'_>) -> Result<Option<Node>, Fault> {
    let source = tree.source;
    let mut members = Members::default();
    let mut lines = source.lines();
    let mut end = None;
    while let Some(line) = lines.next() {
        let text = source.text[line.clone()].trim_start_matches([' ', '\t', '\u{c}']);
        if text.is_empty() || text.starts_with(['#', '!']) {
            continue;
        }
        let first = line.end - text.len()..line.end;
        let mut pieces = vec![first];
        while continues(source.text, pieces.last()) {
            let Some(next) = lines.next() else { break };
            let text = source.text[next.clone()].trim_start_matches([' ', '\t', '\u{c}']);
            pieces.push(next.end - text.len()..next.end);
        }
        end = Some(line.end.max(pieces.last().map_or(0, |piece| piece.end)));
        property(tree, &mut members, &pieces)?;
    }
    end.map(|end| tree.object(members, source.start..end)).transpose()
}

/// An odd number of backslashes ends the line.
fn continues(text: &str, piece: Option<&Range<usize>>) -> bool {
    let line = piece.map_or("", |piece| &text[piece.clone()]);
    line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// One property from the pieces of its lines.
fn property(tree: &mut Tree<'_>, members: &mut Members, pieces: &[Range<usize>]) -> Result<(), Fault> {
    let text = tree.source.text;
    let (first, rest) = pieces.split_first().expect("a property has a line");
    let line = &text[first.clone()];
    let is_whole = rest.is_empty();
    let line = if is_whole { line } else { &line[..line.len() - 1] };
    let name = escape::name_length(line);
    let behind = line[name..].trim_start_matches([' ', '\t', '\u{c}']);
    let behind = behind.strip_prefix(['=', ':']).unwrap_or(behind).trim_start_matches([' ', '\t', '\u{c}']);
    let start = first.start + line.len() - behind.len();
    let mut value = behind.to_owned();
    for (at, piece) in rest.iter().enumerate() {
        let line = &text[piece.clone()];
        let goes_on = at + 1 < rest.len() || continues(text, Some(piece));
        value.push_str(if goes_on { &line[..line.len() - 1] } else { line });
    }
    let end = pieces.last().map_or(start, |piece| piece.end).max(start);
    let value = unescaped(tree, &value, start);
    let name_range = first.start..first.start + name;
    let name = unescaped(tree, &text[name_range.clone()], first.start);
    let node = tree.string(value, start..end)?;
    let key = tree.key(name, name_range);
    tree.insert(members, key, node);
    Ok(())
}

fn unescaped(tree: &mut Tree<'_>, text: &str, offset: usize) -> String {
    let (value, is_good) = escape::unescaped(text);
    if !is_good {
        let fault =
            Fault::syntax(tree.source, offset, "no valid property: `\\u` stands before four hexadecimal digits");
        let problem = fault.problem(tree.source, "it was taken as it is written");
        tree.problems.push(problem);
    }
    value
}
