//! Documents as text: one line a value with its place and what stands there.

mod codeowners;
mod csv;
mod dockerfile;
mod dotenv;
mod edn;
mod files;
mod hcl;
mod hostile;
mod ignore_file;
mod ini;
mod json;
mod jsonc;
mod kinds;
mod nginx;
mod pipelines;
mod properties;
mod shapes;
mod spdx;
mod terraform_json;
mod textproto;
mod toml_file;
mod xml;
mod yaml;

use std::fmt::Write;

use model::{Document, Format, Node, NodePath, NodeValue, Origin, Problem, Segment, Span, TreePath};

use crate::{Limits, parse};

/// Reads a text under a name that fits.
pub(crate) fn read(format: Format, bytes: &[u8], limits: &Limits) -> (Vec<Document>, Vec<Problem>) {
    let origin = Origin::file(TreePath::new("file").expect("a valid path"));
    let (documents, problems) = parse(format, &origin, bytes, limits);
    // Each check reads the text from its start: only for short ones.
    if bytes.len() < 600 {
        documents.iter().for_each(|document| check_spans(bytes, &document.root));
    }
    assert!(problems.iter().all(|problem| problem.path.is_some()), "{problems:?}");
    (documents, problems)
}

/// Every value with its place, then every problem.
pub(crate) fn shown(format: Format, text: &str) -> String {
    shown_bytes(format, text.as_bytes(), &Limits::default())
}

pub(crate) fn shown_bytes(format: Format, bytes: &[u8], limits: &Limits) -> String {
    let (documents, problems) = read(format, bytes, limits);
    let mut out = String::new();
    for document in &documents {
        let _ = writeln!(out, "--- {} {}", document.index, document.kind.name());
        show(&mut out, bytes, &document.root, &NodePath::default(), None);
    }
    for problem in &problems {
        let place =
            problem.line.zip(problem.column).map(|(line, column)| format!(" {line}:{column}")).unwrap_or_default();
        let _ = writeln!(out, "{:?} {:?}{place} {}", problem.severity, problem.kind, problem.message);
    }
    out
}

fn show(out: &mut String, bytes: &[u8], node: &Node, path: &NodePath, key: Option<Span>) {
    let key = key.map(|span| format!(" key {}", slice(bytes, span))).unwrap_or_default();
    let path_shown = if path.0.is_empty() { ".".to_owned() } else { path.to_string() };
    let place = place(node.span);
    let line = match &node.value {
        NodeValue::Array(_) => format!("{path_shown} [] {place}{key}"),
        NodeValue::Object(_) => format!("{path_shown} {{}} {place}{key}"),
        _ => format!("{path_shown} = {} {place} {}{key}", node.to_json(), slice(bytes, node.span)),
    };
    let _ = writeln!(out, "{line}");
    match &node.value {
        NodeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                show(out, bytes, item, &path.child(Segment::Index(index)), None);
            }
        }
        NodeValue::Object(members) => {
            for (key, value) in members {
                show(out, bytes, value, &path.child(Segment::Key(key.name.clone())), Some(key.span));
            }
        }
        _ => {}
    }
}

fn place(span: Span) -> String {
    format!("{}:{}-{}:{}", span.start.line, span.start.column, span.end.line, span.end.column)
}

fn slice(bytes: &[u8], span: Span) -> String {
    let slice = &bytes[span.start.offset as usize..span.end.offset as usize];
    format!("«{}»", String::from_utf8_lossy(slice).replace('\r', "␍").replace('\n', "⏎"))
}

/// Spans lie in the text, between characters, and their lines and columns say the same as their offsets.
fn check_spans(bytes: &[u8], root: &Node) {
    check_span(bytes, root.span);
    match &root.value {
        NodeValue::Array(items) => items.iter().for_each(|item| check_spans(bytes, item)),
        NodeValue::Object(members) => members.iter().for_each(|(key, node)| {
            check_span(bytes, key.span);
            check_spans(bytes, node);
        }),
        _ => {}
    }
}

fn check_span(bytes: &[u8], span: Span) {
    assert!(span.start.offset <= span.end.offset, "{span:?}");
    for position in [span.start, span.end] {
        let before = std::str::from_utf8(&bytes[..position.offset as usize]).expect("between characters");
        let line = before.rsplit('\n').next().unwrap_or_default();
        let expected = (before.matches('\n').count() + 1, line.chars().count() + 1);
        assert_eq!((position.line as usize, position.column as usize), expected, "{position:?}");
    }
}
