//! YAML with places, through the events of `saphyr-parser`. Lockfiles use little of it: an alias is a fault, a merge key a key.
//! Files that people write may use aliases; what one stands for was read where its anchor is, so it is empty here.

use std::borrow::Cow;

use model::{LineIndex, ProblemKind};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use crate::tree::{Data, Fault, Member, Node};

const MAX_DEPTH: usize = 64;
const MAX_VALUES: usize = 4_000_000;

/// Reads all documents; one that is broken is there as far as it could be read, and ends the reading.
pub(crate) fn read<'a>(text: &'a str, lines: &LineIndex<'_>) -> (Vec<Node<'a>>, Option<Fault>) {
    read_events(text, lines, false)
}

/// The same of a file that may use aliases.
pub(crate) fn read_written<'a>(text: &'a str, lines: &LineIndex<'_>) -> (Vec<Node<'a>>, Option<Fault>) {
    read_events(text, lines, true)
}

fn read_events<'a>(text: &'a str, lines: &LineIndex<'_>, allows_aliases: bool) -> (Vec<Node<'a>>, Option<Fault>) {
    let mut builder = Builder { documents: Vec::new(), open: Vec::new(), values: 0, allows_aliases };
    // The parser has no place for a byte-order mark, but counts it.
    let mut parser = Parser::new_from_str(text);
    let fault = loop {
        match parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => break None,
            Some(Ok((event, span))) => {
                let start = lines.offset_of_scalar(span.start.index()).min(text.len());
                let end = lines.offset_of_scalar(span.end.index()).clamp(start, text.len());
                let piece = text.get(start..end).unwrap_or_default();
                let end = start + if matches!(event, Event::Scalar(..)) { scalar_length(piece) } else { piece.len() };
                if let Err(message) = builder.take(event, start, end) {
                    let kind = if message.contains("limit") { ProblemKind::Limit } else { ProblemKind::Unsupported };
                    break Some(Fault {
                        kind,
                        offset: start,
                        message: format!("{message}: from here on nothing is read"),
                    });
                }
            }
            Some(Err(error)) => break Some(fault(&error, text, lines)),
        }
    };
    builder.close_all();
    (builder.documents, fault)
}

/// The parser counts blanks and comments behind a scalar in.
fn scalar_length(piece: &str) -> usize {
    let closed = match piece.as_bytes().first() {
        Some(b'\'') => piece[1..].replace("''", "  ").find('\'').map(|at| at + 2),
        Some(b'"') => {
            let mut escaped = false;
            let close = piece[1..].bytes().position(|byte| {
                let is_close = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                is_close
            });
            close.map(|at| at + 2)
        }
        Some(b'|' | b'>') => Some(piece.trim_end().len()),
        _ => piece.find(" #").map(|at| piece[..at].trim_end().len()),
    };
    closed.unwrap_or(piece.trim_end().len())
}

fn fault(error: &ScanError, text: &str, lines: &LineIndex<'_>) -> Fault {
    let offset = lines.offset_of_scalar(error.marker().index()).min(text.len());
    let message = format!("wrong YAML, {}: from here on nothing is read", error.info());
    Fault { kind: ProblemKind::Syntax, offset, message }
}

/// Puts events together.
struct Builder<'a> {
    documents: Vec<Node<'a>>,
    open: Vec<Open<'a>>,
    values: usize,
    allows_aliases: bool,
}

/// A collection that has not ended.
struct Open<'a> {
    node: Node<'a>,
    /// In a map, the key whose value comes next.
    key: Option<(Cow<'a, str>, u32)>,
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: Event<'a>, start: usize, end: usize) -> Result<(), String> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(format!("the YAML has more than the limit of {MAX_VALUES} values"));
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let data = match (&*text, style) {
                    ("true", ScalarStyle::Plain) => Data::Bool(true),
                    ("false", ScalarStyle::Plain) => Data::Bool(false),
                    ("" | "~" | "null", ScalarStyle::Plain) => Data::Null,
                    _ => Data::Text(text.clone()),
                };
                self.value(Node::new(start..end, data), text);
            }
            Event::MappingStart(..) => self.open(start, Data::Map(Vec::new()))?,
            Event::SequenceStart(..) => self.open(start, Data::List(Vec::new()))?,
            Event::MappingEnd | Event::SequenceEnd => self.close(),
            Event::Alias(_) if self.allows_aliases => self.value(Node::new(start..end, Data::Null), Cow::Borrowed("")),
            Event::Alias(_) => return Err("the YAML uses an alias, which no lockfile does".to_owned()),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn open(&mut self, start: usize, data: Data<'a>) -> Result<(), String> {
        if self.open.len() == MAX_DEPTH {
            return Err(format!("the YAML is nested deeper than the limit of {MAX_DEPTH} levels"));
        }
        self.open.push(Open { node: Node::new(start..start, data), key: None });
        Ok(())
    }

    fn close(&mut self) {
        if let Some(closed) = self.open.pop() {
            self.value(closed.node, Cow::Borrowed(""));
        }
    }

    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// `text` is what a scalar is called as a key.
    fn value(&mut self, node: Node<'a>, text: Cow<'a, str>) {
        let Some(parent) = self.open.last_mut() else {
            self.documents.push(node);
            return;
        };
        parent.node.end = parent.node.end.max(node.end);
        match (&mut parent.node.data, parent.key.take()) {
            (Data::Map(_), None) => parent.key = Some((text, node.start)),
            (Data::Map(members), Some((key, start))) => members.push(Member { key, start, value: node }),
            (Data::List(items), _) => items.push(node),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> (Vec<Node<'_>>, String) {
        let (documents, fault) = read(text, &LineIndex::new(text.as_bytes()));
        let fault = fault.map(|fault| format!("{} {}", text[..fault.offset].matches('\n').count() + 1, fault.message));
        (documents, fault.unwrap_or_default())
    }

    #[test]
    fn places() {
        let text = "a: 1\n'é':\n  version: '2'   # c\n  list: [x, true]\n---\nb: ~\n";
        let (documents, fault) = check(text);
        assert_eq!((documents.len(), fault.as_str()), (2, ""));
        let member = documents[0].member("é").expect("a member");
        assert_eq!(&text[member.range_to("version")], "'é':\n  version: '2'");
        assert_eq!(member.value.get("list").map(|list| list.items().len()), Some(2));
    }

    #[test]
    fn what_is_left_of_a_broken_text() {
        let (documents, fault) = check("a:\n  b: 1\n  c: \"2\n");
        assert_eq!(documents[0].get("a").and_then(|a| a.text_of("b")), Some("1"));
        assert!(fault.starts_with("3 wrong YAML"), "{fault}");
        assert!(check("a: &x 1\nb: *x\n").1.contains("alias"));
    }

    #[test]
    fn depth_is_bounded() {
        let fault = check(&"[".repeat(10_000)).1;
        assert!(fault.contains("limit"), "{fault}");
        let fault = check(&"- ".repeat(10_000)).1;
        assert!(fault.contains("limit"), "{fault}");
    }
}
