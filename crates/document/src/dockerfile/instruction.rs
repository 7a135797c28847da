//! One instruction as the object that policies judge.

use std::ops::Range;

use model::{Key, Node, NodeValue};

use super::lines::Line;
use super::words;
use crate::source::Source;

/// A value and where it stands in the joined text.
type Word = (String, Range<usize>);

/// What stands behind the keyword.
struct Arguments {
    sub_command: Option<Word>,
    flags: Vec<Word>,
    values: Vec<Word>,
    is_json: bool,
}

/// The object of one instruction in the shape of Conftest.
pub(super) fn node(line: &Line, stage: usize, source: &Source<'_>, escape: char) -> Node {
    let text = line.joined.text();
    let whole = source.span(line.range.clone());
    let keyword = keyword(text, 0);
    let command = text[keyword.clone()].to_ascii_lowercase();
    let arguments = arguments(text, &command, keyword.end, escape);
    let span = |range: &Range<usize>| source.span(line.joined.source(range));
    let string = |(value, range): &Word| Node { value: NodeValue::String(value.clone()), span: span(range) };
    let list = |words: &[Word]| Node {
        span: words.iter().map(|(_, range)| span(range)).reduce(model::Span::join).unwrap_or(whole),
        value: NodeValue::Array(words.iter().map(string).collect()),
    };
    let here = |value| Node { value, span: whole };
    let last = source.span(line.range.end..line.range.end).start.line;
    let mut members = vec![
        ("Cmd", string(&(command, keyword))),
        ("SubCmd", arguments.sub_command.as_ref().map_or_else(|| here(NodeValue::String(String::new())), string)),
        ("Flags", list(&arguments.flags)),
        ("Value", list(&arguments.values)),
        ("JSON", here(NodeValue::Bool(arguments.is_json))),
        ("Stage", here(NodeValue::Number(stage.into()))),
        ("Original", here(NodeValue::String(text.trim_end().to_owned()))),
        ("StartLine", here(NodeValue::Number(whole.start.line.into()))),
        ("EndLine", here(NodeValue::Number(last.into()))),
    ];
    if !line.documents.is_empty() {
        members.push(("Heredocs", documents(line, source)));
    }
    let member = |(name, node): (&str, Node)| (Key { name: name.to_owned(), span: node.span }, node);
    Node { value: NodeValue::Object(members.into_iter().map(member).collect()), span: whole }
}

/// The contents of the here-documents, which are part of the command of a RUN.
fn documents(line: &Line, source: &Source<'_>) -> Node {
    let nodes = line.documents.iter().map(|document| Node {
        value: NodeValue::String(source.text[document.content.clone()].to_owned()),
        span: source.span(document.range.clone()),
    });
    Node { value: NodeValue::Array(nodes.collect()), span: source.span(line.range.clone()) }
}

fn keyword(text: &str, from: usize) -> Range<usize> {
    let length = text[from..].find(char::is_whitespace).unwrap_or(text.len() - from);
    from..from + length
}

fn arguments(text: &str, command: &str, from: usize, escape: char) -> Arguments {
    if command == "onbuild" {
        let keyword = keyword(text, words::skip_blanks(text, from));
        let written = text[keyword.clone()].to_owned();
        let inner = written.to_ascii_lowercase();
        // The inner instruction cannot be ONBUILD: the parser has refused that.
        let arguments = if inner == "onbuild" {
            plain_arguments(text, keyword.end)
        } else {
            arguments(text, &inner, keyword.end, escape)
        };
        return Arguments { sub_command: Some((written, keyword)), ..arguments };
    }
    let (flags, from) = flags(text, from, escape);
    let (values, is_json) = values(text, command, from, escape);
    Arguments { sub_command: None, flags, values, is_json }
}

fn plain_arguments(text: &str, from: usize) -> Arguments {
    Arguments { sub_command: None, flags: Vec::new(), values: one(text, from), is_json: false }
}

/// Words that start with `--` directly behind the keyword, and where what follows them starts.
fn flags(text: &str, from: usize, escape: char) -> (Vec<Word>, usize) {
    let mut end = words::skip_blanks(text, from);
    let mut flags = Vec::new();
    while text[end..].starts_with("--") {
        let Some(range) = words::quoted(text, end, escape).into_iter().next() else { break };
        end = words::skip_blanks(text, range.end);
        flags.push(word(text, range));
    }
    (flags, end)
}

fn values(text: &str, command: &str, from: usize, escape: char) -> (Vec<Word>, bool) {
    let plain = |words: Vec<Range<usize>>| words.into_iter().map(|range| word(text, range)).collect::<Vec<_>>();
    match command {
        "run" | "cmd" | "entrypoint" | "shell" => {
            words::json(text, from).map_or_else(|| (one(text, from), false), |strings| (strings, true))
        }
        "add" | "copy" | "volume" => {
            words::json(text, from).map_or_else(|| (plain(words::plain(text, from)), false), |strings| (strings, true))
        }
        "healthcheck" => health_check(text, from),
        "env" | "label" => (pairs(text, from, escape), false),
        "arg" => (plain(words::quoted(text, from, escape)), false),
        "from" | "expose" => (plain(words::plain(text, from)), false),
        _ => (one(text, from), false),
    }
}

/// `CMD` or `NONE`, then the command.
fn health_check(text: &str, from: usize) -> (Vec<Word>, bool) {
    let keyword = keyword(text, from);
    let rest = words::skip_blanks(text, keyword.end);
    let kind = (text[keyword.clone()].to_ascii_uppercase(), keyword);
    let (command, is_json) =
        words::json(text, rest).map_or_else(|| (one(text, rest), false), |strings| (strings, true));
    ([vec![kind], command].concat(), is_json)
}

/// `a=b c=d` gives a, b, `=`, c, d, `=`; the old form `a b c` gives a, all the rest, and nothing. Quotes stay.
fn pairs(text: &str, from: usize, escape: char) -> Vec<Word> {
    let ranges = words::quoted(text, from, escape);
    let is_old = ranges.first().is_some_and(|range| !text[range.clone()].contains('='));
    if is_old {
        let name = keyword(text, from);
        let rest = words::skip_blanks(text, name.end);
        let nothing = word(text, name.end..name.end);
        return [vec![word(text, name)], one(text, rest), vec![nothing]].concat();
    }
    let split = |range: Range<usize>| {
        // The builder refuses a later word without `=`; the name alone still keeps the threes in step.
        let (at, length) = text[range.clone()].find('=').map_or((range.end, 0), |at| (range.start + at, 1));
        [range.start..at, at + length..range.end, at..at + length].map(|range| word(text, range))
    };
    ranges.into_iter().flat_map(split).collect()
}

/// All the rest as one value.
fn one(text: &str, from: usize) -> Vec<Word> {
    let rest = text[from..].trim_end();
    if rest.is_empty() { Vec::new() } else { vec![word(text, from..from + rest.len())] }
}

fn word(text: &str, range: Range<usize>) -> Word {
    (text[range.clone()].to_owned(), range)
}
