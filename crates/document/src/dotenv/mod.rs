//! `.env`: an object of names and texts, in the shape that users of Conftest know.
//!
//! `export` before a name is taken, `:` stands for `=` if a blank follows, quoted values may go over several lines. In double quotes
//! `\n` and `\r` are line breaks and a backslash protects a character; single quotes keep all as it is. `$NAME` and `${NAME}`
//! outside single quotes stand for a value given earlier; a name that is not given stays as written.

mod expand;

use std::ops::Range;

use model::{Node, Problem};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;
use crate::tree::Tree;
use expand::Expansion;

/// Reads all names. A line that gives none is a problem, and the others are read.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut tree = Tree::new(source, limits);
    let read = names(&mut tree);
    whole(source, read, tree.problems)
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Single,
    Double,
}

/// A value in the text, quotes not included, and where what follows it starts.
struct Written {
    range: Range<usize>,
    quote: Quote,
    end: usize,
}

fn names(tree: &mut Tree<'_>) -> Result<Option<Node>, Fault> {
    let source = tree.source;
    let mut members = Members::default();
    let mut expansion = Expansion::new(tree.limits.alias_bytes);
    let mut read_to = source.start;
    let mut end = None;
    for line in source.lines() {
        // A quoted value went over it.
        if line.start < read_to {
            continue;
        }
        let text = source.text[line.clone()].trim_start();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let start = line.end - text.len();
        match name(source.text, start..line.end) {
            Ok((name, behind)) => match written(source.text, behind..line.end) {
                Ok(value) => {
                    read_to = value.end;
                    end = Some(value.range.end);
                    insert(tree, &mut members, &mut expansion, name, &value)?;
                }
                Err(message) => broken(tree, behind, message),
            },
            Err(message) => broken(tree, start, message),
        }
    }
    end.map(|end| tree.object(members, source.start..end)).transpose()
}

fn insert(
    tree: &mut Tree<'_>,
    members: &mut Members,
    expansion: &mut Expansion,
    name: Range<usize>,
    value: &Written,
) -> Result<(), Fault> {
    let text = &tree.source.text[value.range.clone()];
    let text = match value.quote {
        Quote::Single => text.to_owned(),
        quote => {
            let known = |name: &str| members.get(name).and_then(Node::as_str);
            let expanded = expansion.expand(text, value.range.start, known)?;
            if quote == Quote::Double { unescaped(&expanded) } else { expanded }
        }
    };
    let node = tree.string(text, value.range.clone())?;
    let key = tree.key(&tree.source.text[name.clone()], name);
    tree.insert(members, key, node);
    Ok(())
}

/// The name, and where its value starts.
fn name(text: &str, line: Range<usize>) -> Result<(Range<usize>, usize), &'static str> {
    let rest = &text[line.clone()];
    let exported = rest.strip_prefix("export").filter(|behind| behind.starts_with(char::is_whitespace));
    let rest = exported.map_or(rest, str::trim_start);
    let start = line.end - rest.len();
    let is_name = |character: char| character.is_alphanumeric() || matches!(character, '_' | '.' | '-');
    let length = rest.find(|character| !is_name(character)).unwrap_or(rest.len());
    if length == 0 {
        return Err("a name is expected");
    }
    let behind = rest[length..].trim_start();
    let value = match behind.strip_prefix('=') {
        Some(value) => value,
        None => match behind.strip_prefix(':') {
            Some(value) if value.is_empty() || value.starts_with(char::is_whitespace) => value,
            _ => return Err("`=` is expected behind the name"),
        },
    };
    Ok((start..start + length, line.end - value.trim_start().len()))
}

fn written(text: &str, range: Range<usize>) -> Result<Written, &'static str> {
    let rest = &text[range.clone()];
    let quote = match rest.chars().next() {
        Some('\'') => Quote::Single,
        Some('"') => Quote::Double,
        _ => {
            let bare = rest.find('#').map_or(rest, |at| &rest[..at]).trim_end();
            return Ok(Written { range: range.start..range.start + bare.len(), quote: Quote::None, end: range.end });
        }
    };
    let mark = if quote == Quote::Single { '\'' } else { '"' };
    let inner = &text[range.start + 1..];
    let mut is_escaped = false;
    for (at, character) in inner.char_indices() {
        if character == mark && !is_escaped {
            let end = range.start + 1 + at;
            return Ok(Written { range: range.start + 1..end, quote, end: end + 1 });
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    Err("a quote is not closed")
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            other => out.push(other),
        }
    }
    out
}

fn broken(tree: &mut Tree<'_>, offset: usize, message: &str) {
    let fault = Fault::syntax(tree.source, offset, format!("no valid .env line: {message}"));
    let problem = fault.problem(tree.source, "this line was not read");
    tree.problems.push(problem);
}
