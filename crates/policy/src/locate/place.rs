//! From a path in the input to a piece of a file.

use std::ops::Range;

use model::{Document, Format, Location, Node, NodePath, NodeValue, Position, Segment, Span};

use super::{Grade, continued};
use crate::conftest::Place;

/// A path in one document.
#[derive(Clone, Debug)]
pub(crate) struct Placed<'a> {
    pub(crate) document: &'a Document,
    pub(crate) path: NodePath,
}

impl<'a> Placed<'a> {
    /// From a path in the input: of several documents as one input, the first steps choose the document.
    pub(crate) fn of(documents: &[&'a Document], is_combined: bool, path: &[Segment]) -> Option<Placed<'a>> {
        if !is_combined {
            return Some(Placed { document: documents.first()?, path: NodePath(path.to_vec()) });
        }
        let Some(Segment::Index(index)) = path.first() else { return None };
        Some(Placed { document: documents.get(*index)?, path: NodePath(path.iter().skip(2).cloned().collect()) })
    }

    /// What a result says of its place, if that is in the document.
    pub(crate) fn named(document: &'a Document, place: &Place) -> Option<(NodePath, Span)> {
        match place {
            Place::Line(line) => at_line(&document.root, *line),
            Place::Path(path) => Placed::at(document, path).map(|placed| {
                let span = placed.span(Grade::Value);
                (placed.path, span)
            }),
            Place::Text(path, texts) => Placed::at(document, path).map(|placed| {
                let span = placed.span_of_texts(texts).unwrap_or_else(|| placed.span(Grade::Value));
                (placed.path, span)
            }),
        }
    }

    fn at(document: &'a Document, path: &serde_json::Value) -> Option<Placed<'a>> {
        let path = existing(&document.root, &segments(path));
        (!path.0.is_empty()).then_some(Placed { document, path })
    }

    /// Where texts first stand in the source of the value, each in the one before, as far as they are found; `None` where the first is
    /// written with escapes, or over several lines of anything but a Dockerfile.
    fn span_of_texts(&self, texts: &[String]) -> Option<Span> {
        let span = self.document.root.at(&self.path)?.span;
        let source = self.document.text.get(span.start.offset as usize..span.end.offset as usize)?;
        let source = std::str::from_utf8(source).ok()?;
        let escape = (self.document.format == Format::Dockerfile).then(|| continued::escape(&self.document.text));
        let mut found = None;
        for text in texts {
            let within: Range<usize> = found.clone().unwrap_or(0..source.len());
            let piece = &source[within.clone()];
            let place = match escape {
                Some(escape) => continued::find(piece, text, escape),
                None => piece.find(text.as_str()).map(|at| at..at + text.len()),
            };
            let Some(place) = place else { break };
            found = Some(within.start + place.start..within.start + place.end);
        }
        let found = found?;
        let start = advanced(span.start, &source[..found.start]);
        Some(Span { start, end: advanced(start, &source[found]) })
    }

    /// The location in a report.
    pub(crate) fn location(&self, grade: Grade) -> Location {
        self.document.origin.at(self.span(grade))
    }

    /// The piece of the file that must change: of a scalar its key and itself, of what lacks something its key.
    pub(crate) fn span(&self, grade: Grade) -> Span {
        let root = &self.document.root;
        if self.document.format == Format::Dockerfile {
            return in_dockerfile(root, &self.path);
        }
        let Some(node) = root.at(&self.path) else { return beginning(root) };
        let key = self.path.0.split_last().and_then(|(last, above)| match last {
            Segment::Key(name) => root.at(&NodePath(above.to_vec()))?.member(name).map(|(key, _)| key.span),
            Segment::Index(_) => None,
        });
        let is_scalar = !matches!(node.value, NodeValue::Object(_) | NodeValue::Array(_));
        match key {
            Some(key) if is_scalar && grade != Grade::Lacks => around(key, node.span),
            Some(key) => key,
            None if self.document.format == Format::Hcl && matches!(node.value, NodeValue::Object(_)) => {
                self.head_of_block(node)
            }
            None => beginning(node),
        }
    }

    /// Type and labels of a block, which are no members of it.
    fn head_of_block(&self, node: &Node) -> Span {
        let rest = self.document.text.get(node.span.start.offset as usize..node.span.end.offset as usize);
        let text = rest.and_then(|rest| std::str::from_utf8(rest).ok()).unwrap_or_default();
        let head = text.split(['{', '\n']).next().unwrap_or_default().trim_end();
        if head.is_empty() {
            beginning(node)
        } else {
            Span { start: node.span.start, end: advanced(node.span.start, head) }
        }
    }
}

/// The position behind a text that begins at another.
fn advanced(from: Position, text: &str) -> Position {
    let mut position = from;
    for character in text.chars() {
        position = if character == '\n' {
            Position { line: position.line + 1, column: 1, ..position }
        } else {
            Position { column: position.column + 1, ..position }
        };
        position.offset += character.len_utf8() as u32;
    }
    position
}

/// Key and value, where the one follows the other: the value of an alias stands elsewhere.
fn around(key: Span, value: Span) -> Span {
    let follows = key.end.offset <= value.start.offset && value.start.line <= key.end.line + 1;
    if follows { key.join(value) } else { value }
}

/// A scalar itself; of an object its first member, of an array its first element: never the whole of it.
fn beginning(node: &Node) -> Span {
    match &node.value {
        NodeValue::Object(members) => match members.first() {
            Some((key, value)) if !matches!(value.value, NodeValue::Object(_) | NodeValue::Array(_)) => {
                around(key.span, value.span)
            }
            Some((key, _)) => key.span,
            None => node.span,
        },
        NodeValue::Array(items) => items.first().map_or(node.span, beginning),
        _ => node.span,
    }
}

/// An instruction, or one word of it. What a whole file lacks, its last stage lacks.
fn in_dockerfile(root: &Node, path: &NodePath) -> Span {
    let instructions = root.as_array().unwrap_or_default();
    let last_stage = || {
        let is_from = |node: &&Node| node.get("Cmd").and_then(Node::as_str) == Some("from");
        instructions.iter().rfind(is_from).or(instructions.first()).map_or(root.span, |node| node.span)
    };
    let Some(Segment::Index(index)) = path.0.first() else { return last_stage() };
    let Some(instruction) = instructions.get(*index) else { return last_stage() };
    let is_word = matches!(&path.0[1..], [Segment::Key(key), Segment::Index(_)] if key == "Value" || key == "Flags");
    let word = is_word.then(|| root.at(path)).flatten();
    word.map_or(instruction.span, |node| node.span)
}

/// A path as a result writes it.
fn segments(path: &serde_json::Value) -> Vec<String> {
    match path {
        serde_json::Value::Array(parts) => {
            parts.iter().map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned)).collect()
        }
        serde_json::Value::String(text) if text.starts_with('/') => {
            text[1..].split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).collect()
        }
        serde_json::Value::String(text) => {
            let parts = text.strip_prefix("input.").unwrap_or(text).split(['.', '[', ']']);
            parts.filter(|part| !part.is_empty()).map(|part| part.trim_matches(['"', '\'']).to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

/// As much of a path as exists.
fn existing(root: &Node, parts: &[String]) -> NodePath {
    let mut path = NodePath::default();
    let mut node = root;
    for part in parts {
        let (segment, next) = match &node.value {
            NodeValue::Array(items) => {
                let Some(index) = part.parse::<usize>().ok().filter(|index| *index < items.len()) else { break };
                (Segment::Index(index), &items[index])
            }
            _ => {
                let Some(next) = node.get(part) else { break };
                (Segment::Key(part.clone()), next)
            }
        };
        path.0.push(segment);
        node = next;
    }
    path
}

/// The outermost key or value that begins on a line.
fn at_line(root: &Node, line: u32) -> Option<(NodePath, Span)> {
    let mut open = vec![(NodePath::default(), root)];
    while let Some((path, node)) = open.pop() {
        match &node.value {
            NodeValue::Object(members) => {
                for (key, value) in members {
                    let path = path.child(Segment::Key(key.name.clone()));
                    if key.span.start.line == line {
                        let is_compound = matches!(value.value, NodeValue::Object(_) | NodeValue::Array(_));
                        return Some((path, if is_compound { key.span } else { around(key.span, value.span) }));
                    }
                    open.push((path, value));
                }
            }
            NodeValue::Array(items) => {
                let items = items.iter().enumerate().rev();
                open.extend(items.map(|(index, item)| (path.child(Segment::Index(index)), item)));
            }
            _ if node.span.start.line == line => return Some((path, node.span)),
            _ => {}
        }
    }
    None
}
