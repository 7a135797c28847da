//! Policies and documents as text; findings with lines as text.

mod attribute;
mod builtin;
mod builtins;
mod bundle;
mod configs;
mod conventions;
mod differences;
mod edges;
mod fits;
mod gatekeeper;
mod generated;
mod guards;
mod heads;
mod hostile;
mod jwt;
mod layers;
mod lints;
mod memory;
mod metadata;
mod migration;
mod needs;
mod objects;
mod opa_words;
mod oracle;
mod passed_over;
mod places;
mod runner;
mod sieved;
mod signed_bundle;
mod slips;
mod sprintf;
mod suite;
mod templates;

use std::fmt::Write as _;

use model::{Cancel, Document, Format, Origin, Status, TreePath};

use crate::{Evaluation, Options, PolicyFile, PolicySet, Trust, load};

/// Reads a document; the format is told by its first line.
fn documents(text: &str) -> Vec<Document> {
    let first = text.trim_start();
    let format = if first.starts_with("FROM") || first.starts_with("ARG") {
        Format::Dockerfile
    } else if first.starts_with(['{', '[']) {
        Format::Json
    } else {
        Format::Yaml
    };
    let origin = Origin::file(TreePath::new("input").expect("a path"));
    let (documents, problems) = document::parse(format, &origin, text.as_bytes(), &document::Limits::default());
    assert!(problems.is_empty(), "{problems:?}");
    documents
}

fn file(text: &str, trust: Trust) -> PolicyFile {
    PolicyFile { name: "policy.rego".to_owned(), text: text.to_owned(), trust }
}

/// Loads one policy of the user; errors are failures of the test.
fn loaded(policy: &str, options: &Options) -> PolicySet {
    let (set, errors) = load(vec![file(policy, Trust::User)], options);
    assert!(errors.is_empty(), "{errors:?}");
    set
}

/// The messages of a policy on a document, where somebody wrote down beside them what OPA says.
fn messages(policy: &str, document: &str) -> Vec<String> {
    let set = loaded(policy, &Options::default());
    let evaluation = set.evaluate(&documents(document)[0], &Cancel::new());
    let errors = evaluation.problems.iter().filter(|problem| problem.severity == model::ProblemSeverity::Error);
    assert_eq!(errors.count(), 0, "{policy}: {:?}", evaluation.problems);
    evaluation.findings.iter().map(|finding| finding.message.clone()).collect()
}

/// What is wrong with a policy.
fn faults(policy: &str) -> String {
    let (_, errors) = load(vec![file(policy, Trust::User)], &Options::default());
    errors.iter().map(|error| format!("{error}\n")).collect()
}

/// The findings of a policy on a document: severity, rule, message; then the place with its text, and how it was found.
fn check(policy: &str, document: &str) -> String {
    checked(policy, document, &Options::default())
}

fn checked(policy: &str, document: &str, options: &Options) -> String {
    let set = loaded(policy, options);
    let documents = documents(document);
    oracle::hold(&set, policy, &documents);
    sieved::hold(policy, options, &documents);
    let mut out = String::new();
    for one in &documents {
        out += &shown(&set.evaluate(one, &Cancel::new()), document);
    }
    out
}

fn shown(evaluation: &Evaluation, text: &str) -> String {
    let mut out = String::new();
    for finding in &evaluation.findings {
        let status = if finding.status == Status::Suppressed { " (suppressed)" } else { "" };
        let _ = writeln!(out, "{} {}{status}: {}", finding.severity, finding.rule, finding.message);
        let evidence = |name: &str| finding.evidence.get(name).and_then(|value| value.as_str()).unwrap_or_default();
        for location in &finding.locations {
            let Some(span) = location.span else {
                let _ = writeln!(out, "  {}", location.path);
                continue;
            };
            let slice = &text[span.start.offset as usize..span.end.offset as usize];
            let _ = writeln!(out, "  {}:{} «{}»", span.start.line, span.start.column, slice.replace('\n', "⏎"));
        }
        let missing =
            if evidence("missing").is_empty() { String::new() } else { format!(" lacks {}", evidence("missing")) };
        let _ = writeln!(out, "  {} {}{missing}", evidence("located_by"), evidence("path"));
    }
    for problem in &evaluation.problems {
        let _ = writeln!(out, "{} {}: {}", problem.severity.name(), problem.kind.name(), problem.message);
    }
    out
}
