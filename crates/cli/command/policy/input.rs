//! `policy input`: exactly what a rule sees of a file, and where each value stands.

use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use portcullis::document;
use portcullis::model::{
    Document, Format, Node, NodePath, NodeValue, Origin, Problem, ProblemSeverity, Segment, Span, TreePath,
};
use portcullis::policy::Lists;
use serde_json::{Map, Value, json};

use super::image;
use crate::arguments::PolicyInput;
use crate::terminal;

/// The name of this form; it grows by addition.
const SCHEMA: &str = "portcullis.input/1";

/// Writes every document of the files. Exit 0; 4 when something could not be read, 2 when a file has no reader.
pub(crate) fn run(arguments: &PolicyInput) -> anyhow::Result<ExitCode> {
    let mut documents = Vec::new();
    let mut problems = Vec::new();
    for path in &arguments.files {
        let (found, said) = match image::source(path, arguments)? {
            Some(source) => image::read(&source, arguments)?,
            None => read(path, arguments.parser.as_deref())?,
        };
        documents.extend(found);
        problems.extend(said);
    }
    let shown = if arguments.combine { combined(&documents) } else { separate(&documents, &problems) };
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", serde_json::to_string_pretty(&shown)?)?;
    out.flush()?;
    problems.iter().for_each(|problem| terminal::error(&line_of(problem)));
    let is_incomplete = problems.iter().any(|problem| problem.severity == ProblemSeverity::Error);
    Ok(if is_incomplete {
        ExitCode::from(u8::from(portcullis::model::ExitCode::Incomplete))
    } else {
        ExitCode::SUCCESS
    })
}

fn read(path: &Path, parser: Option<&str>) -> anyhow::Result<(Vec<Document>, Vec<Problem>)> {
    let (name, bytes) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
            .context("could not read standard input")?;
        ("-".to_owned(), bytes)
    } else {
        let bytes = std::fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
        (path.to_string_lossy().trim_start_matches('/').to_owned(), bytes)
    };
    let origin = Origin::file(TreePath::new(&name).with_context(|| format!("{name} is no path of a file"))?);
    let format = format(&origin.path, &name, parser)?;
    Ok(document::parse(format, &origin, &bytes, &document::Limits::default()))
}

fn format(path: &TreePath, name: &str, parser: Option<&str>) -> anyhow::Result<Format> {
    let known = || Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
    if let Some(parser) = parser {
        return document::format_named(parser)
            .with_context(|| format!("there is no parser `{parser}`; there are {}", known()));
    }
    match document::format_of(path) {
        Some(format) => Ok(format),
        // As Conftest does.
        None if name == "-" => Ok(Format::Yaml),
        None => bail!("the name of {name} does not tell its format; give one with --parser: {}", known()),
    }
}

fn separate(documents: &[Document], problems: &[Problem]) -> Value {
    let lists = Lists::among(documents);
    let documents: Vec<Value> = documents
        .iter()
        .map(|document| {
            let mut shown = json!({
                "path": document.origin.path.to_string(), "index": document.index, "format": document.format.name(),
                "kind": document.kind.name(), "shape": document.kind.shape(), "input": document.root.to_json(), "places": places(&document.root),
            });
            if lists.elements(document).is_some() {
                shown["element_by_element"] = true.into();
            }
            shown
        })
        .collect();
    json!({"schema": SCHEMA, "documents": documents, "problems": problems})
}

/// What a rule that names no kind sees with `--combine`.
fn combined(documents: &[Document]) -> Value {
    let mut seen: Vec<&Document> = documents.iter().filter(|document| document.kind.is_for_all()).collect();
    seen.sort_by_key(|document| document.origin.path.to_string());
    let lists = Lists::among(seen.iter().copied());
    let entry =
        |document: &Document| json!({"path": document.origin.path.to_string(), "contents": document.root.to_json()});
    let entries = seen.into_iter().flat_map(|document| match lists.elements(document) {
        Some(elements) => elements.iter().map(entry).collect(),
        None => vec![entry(document)],
    });
    entries.collect()
}

/// Every value with its path and place, a line of the report each.
fn places(root: &Node) -> Vec<Value> {
    let mut out = Vec::new();
    let mut open = vec![(NodePath::default(), None, root)];
    while let Some((path, key, node)) = open.pop() {
        out.push(place(&path, key, node));
        let children: Vec<(NodePath, Option<Span>, &Node)> = match &node.value {
            NodeValue::Array(items) => {
                items.iter().enumerate().map(|(index, item)| (path.child(Segment::Index(index)), None, item)).collect()
            }
            NodeValue::Object(members) => members
                .iter()
                .map(|(key, node)| (path.child(Segment::Key(key.name.clone())), Some(key.span), node))
                .collect(),
            _ => Vec::new(),
        };
        open.extend(children.into_iter().rev());
    }
    out
}

fn place(path: &NodePath, key: Option<Span>, node: &Node) -> Value {
    let mut place = Map::new();
    place.insert("path".to_owned(), path.to_string().into());
    let (start, end) = (node.span.start, node.span.end);
    for (name, number) in
        [("line", start.line), ("column", start.column), ("end_line", end.line), ("end_column", end.column)]
    {
        place.insert(name.to_owned(), number.into());
    }
    if let Some(key) = key {
        place.insert("key".to_owned(), json!({"line": key.start.line, "column": key.start.column}));
    }
    Value::Object(place)
}

fn line_of(problem: &Problem) -> String {
    let path = problem.path.as_ref().map(ToString::to_string).unwrap_or_default();
    let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{path}{line}: {}", problem.message)
}
