//! CODEOWNERS: who answers for which files, in the shape that users of Conftest know.
//!
//! A file is `{rules}`, a rule `{pattern, owners, comment, lineNumber}`, an owner `{type, value}` of type `team`, `username` or `email`.
//! A rule in a section, which GitLab has and Conftest does not read, has its name as `section`.

use std::ops::Range;

use model::{Node, NodeValue, Problem};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;
use crate::tree::Tree;

/// Reads all rules. A line that is none is a problem, and the others are read.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut tree = Tree::new(source, limits);
    let read = rules(&mut tree);
    whole(source, read, tree.problems)
}

fn rules(tree: &mut Tree<'_>) -> Result<Option<Node>, Fault> {
    let source = tree.source;
    let mut rules = Vec::new();
    let mut section = None;
    for line in source.lines() {
        let text = source.text[line.clone()].trim_start();
        let start = line.end - text.len();
        if text.trim_end().is_empty() || text.starts_with('#') {
            continue;
        }
        let head = text.strip_prefix('^').unwrap_or(text);
        if head.starts_with('[') && head.contains(']') {
            let open = line.end - head.len() + 1;
            section = head.find(']').map(|close| open..open + close - 1);
            continue;
        }
        if let Some(rule) = rule(tree, start..line.end, section.clone())? {
            rules.push(rule);
        }
    }
    let (Some(first), Some(last)) = (rules.first(), rules.last()) else { return Ok(None) };
    let range = first.span.start.offset as usize..last.span.end.offset as usize;
    let list = tree.node(NodeValue::Array(rules), range.clone())?;
    let mut members = Members::default();
    members.add(tree.key("rules", range.clone()), list);
    tree.object(members, range).map(Some)
}

fn rule(tree: &mut Tree<'_>, line: Range<usize>, section: Option<Range<usize>>) -> Result<Option<Node>, Fault> {
    let text = &tree.source.text[line.clone()];
    let comment = comment(text);
    let words = words(&text[..comment.unwrap_or(text.len())], line.start);
    let Some((pattern, owners)) = words.split_first() else { return Ok(None) };
    let mut nodes = Vec::new();
    for range in owners {
        match owner(&tree.source.text[range.clone()]) {
            Some((kind, value)) => nodes.push(object(tree, &[("type", kind), ("value", value)], range)?),
            None => {
                let message = "no valid CODEOWNERS: an owner is `@name`, `@organisation/team` or an address of mail";
                let fault = Fault::syntax(tree.source, range.start, message);
                let problem = fault.problem(tree.source, "this line was not read");
                tree.problems.push(problem);
                return Ok(None);
            }
        }
    }
    let around = pattern.start..owners.last().unwrap_or(pattern).end;
    let mut members = Members::default();
    let node = tree.string(&tree.source.text[pattern.clone()], pattern.clone())?;
    members.add(tree.key("pattern", pattern.clone()), node);
    let node = tree.node(NodeValue::Array(nodes), around.clone())?;
    members.add(tree.key("owners", around.clone()), node);
    let said = comment.map_or("", |at| text[at + 1..].trim());
    let place = comment.map_or(line.end..line.end, |at| line.start + at..line.end);
    let node = tree.string(said, place.clone())?;
    members.add(tree.key("comment", place), node);
    let number = tree.source.span(line.clone()).start.line;
    let node = tree.node(NodeValue::Number(number.into()), around.clone())?;
    members.add(tree.key("lineNumber", around.clone()), node);
    if let Some(section) = section {
        let node = tree.string(&tree.source.text[section.clone()], section.clone())?;
        members.add(tree.key("section", section), node);
    }
    tree.object(members, around).map(Some)
}

fn object(tree: &mut Tree<'_>, parts: &[(&str, &str)], range: &Range<usize>) -> Result<Node, Fault> {
    let mut members = Members::default();
    for (name, text) in parts {
        let node = tree.string(*text, range.clone())?;
        members.add(tree.key(*name, range.clone()), node);
    }
    tree.object(members, range.clone())
}

/// Where a comment starts behind a rule.
fn comment(text: &str) -> Option<usize> {
    let mut before = ' ';
    text.char_indices().find_map(|(at, character)| {
        let starts = character == '#' && before != '\\';
        before = character;
        starts.then_some(at)
    })
}

/// Words with blanks between; a backslash keeps a blank inside one.
fn words(text: &str, offset: usize) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let (mut start, mut is_escaped) = (None, false);
    for (at, character) in text.char_indices() {
        let is_blank = character.is_whitespace() && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        match (is_blank, start) {
            (true, Some(from)) => {
                words.push(offset + from..offset + at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    words.extend(start.map(|from| offset + from..offset + text.len()));
    words
}

fn owner(text: &str) -> Option<(&'static str, &str)> {
    match text.strip_prefix('@') {
        Some("") => None,
        Some(name) if name.contains('/') => Some(("team", name)),
        Some(name) => Some(("username", name)),
        None => {
            text.split_once('@').filter(|(user, host)| !user.is_empty() && !host.is_empty()).map(|_| ("email", text))
        }
    }
}
