//! Bytes to values with spans: one folder a format.
//!
//! Pure: bytes and where they are from go in, documents and problems come out. A broken text is data: what was read before
//! the fault is kept, and the problem of severity error says that the rest was not looked at.

mod codeowners;
mod csv;
mod dockerfile;
mod dotenv;
mod edn;
mod fault;
mod file_name;
mod hcl;
mod ignore_file;
mod ini;
mod json;
mod kind;
mod limits;
mod members;
mod nginx;
mod properties;
mod remark;
mod source;
mod spdx;
#[cfg(test)]
mod tests;
mod textproto;
mod toml_file;
mod tree;
mod xml;
mod yaml;

pub use file_name::{
    format_named, format_of, format_of_path, language_without_reader, language_without_reader_of_path,
};
pub use kind::{Look, is_kustomization, is_kustomization_file, kinds_of, may_be_kind};
pub use limits::Limits;
pub use remark::{parse_with_remarks, remarks_beside};

use std::sync::Arc;

use model::{Document, Format, Node, Origin, Problem, ProblemKind, ProblemSeverity};

use crate::source::Source;

/// Reads every document of a file.
///
/// A Kubernetes `List` becomes one document an item. Documents that hold nothing (`---` and a comment) are left out.
pub fn parse(format: Format, origin: &Origin, bytes: &[u8], limits: &Limits) -> (Vec<Document>, Vec<Problem>) {
    let (roots, problems) = read(format, origin, bytes, limits);
    (documents(format, origin, bytes, roots), problems)
}

/// Reads every value of a file as it stands: what a document describes is not asked, and no list becomes its items.
pub fn parse_values(format: Format, origin: &Origin, bytes: &[u8], limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let (mut roots, problems) = read(format, origin, bytes, limits);
    if format == Format::Hcl {
        // The second is another view of the first.
        roots.truncate(1);
    }
    (roots, problems)
}

fn read(format: Format, origin: &Origin, bytes: &[u8], limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    if bytes.len() > limits.bytes {
        let message = format!(
            "file of {} bytes is larger than the limit of {} bytes, it was not read",
            bytes.len(),
            limits.bytes
        );
        return (Vec::new(), vec![Problem::error(ProblemKind::Limit, message).at(&origin.location())]);
    }
    let (source, fault) = Source::decode(origin, bytes);
    let (roots, mut problems) = match format {
        Format::Yaml => yaml::parse(&source, limits),
        Format::Json => json::parse(&source, limits, json::Dialect::Strict),
        Format::Jsonc => json::parse(&source, limits, json::Dialect::Comments),
        Format::Toml => toml_file::parse(&source, limits),
        Format::Hcl => hcl::parse(&source, limits),
        Format::Dockerfile => dockerfile::parse(&source, limits),
        Format::Ini => ini::parse(&source, limits),
        Format::Dotenv => dotenv::parse(&source, limits),
        Format::Properties => properties::parse(&source, limits),
        Format::Xml => xml::parse(&source, limits),
        Format::Csv => csv::parse(&source, limits),
        Format::Ignore => ignore_file::parse(&source, limits),
        Format::Edn => edn::parse(&source, limits),
        Format::Textproto => textproto::parse(&source, limits),
        Format::Spdx => spdx::parse(&source, limits),
        Format::Nginx => nginx::parse(&source, limits),
        Format::Codeowners => codeowners::parse(&source, limits),
        _ => (Vec::new(), vec![source.file_problem(ProblemKind::Unsupported, "no reader for this format")]),
    };
    problems.extend(fault);
    (roots, shortened(problems, limits.problems, origin))
}

/// Keeps the first problems, and says how many more there were as loudly as the loudest of them.
fn shortened(mut problems: Vec<Problem>, most: usize, origin: &Origin) -> Vec<Problem> {
    if problems.len() <= most {
        return problems;
    }
    let more = problems.split_off(most);
    let message = format!("file has {} more problems that are not listed", more.len());
    let is_error = more.iter().any(|problem| problem.severity == ProblemSeverity::Error);
    let summary = if is_error { Problem::error } else { Problem::warning };
    problems.push(summary(ProblemKind::Limit, message).at(&origin.location()));
    problems
}

fn documents(format: Format, origin: &Origin, bytes: &[u8], roots: Vec<Node>) -> Vec<Document> {
    if roots.is_empty() {
        return Vec::new();
    }
    let text: Arc<[u8]> = bytes.into();
    roots
        .into_iter()
        .enumerate()
        .flat_map(|(at, root)| kind::classify(format, &origin.path, at, root))
        .enumerate()
        .map(|(index, (kind, root))| {
            let (origin, text) = (origin.clone(), Arc::clone(&text));
            Document { origin, index, format, kind, root, text }
        })
        .collect()
}
