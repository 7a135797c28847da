//! What is wrong with policies themselves, as a report: so every format of a scan can say it.

use std::sync::Arc;

use model::{
    Finding, FindingClass, LineIndex, Location, Origin, Outcome, Position, Report, Rule, RuleId, Severity, Span,
    Target, TargetKind, Tool, TreePath, Verdict,
};
use policy::{Lint, PolicyError};

use crate::fingerprint::fingerprint_all;
use crate::secrets::Secrets;
use crate::snippet::Texts;

/// What a fault without a page of its own is called.
const COMPILE: &str = "rego/compile";

/// Faults of policies, and the texts of the files they are in by name. A fault that keeps a policy from running fails the gate, with
/// the exit code of a wrong configuration; a warning does not.
pub fn report_on_policies(files: &[(String, String)], faults: &[PolicyError], now: jiff::Timestamp) -> Report {
    let mut texts = Texts::default();
    for (name, text) in files {
        texts.insert(Origin::file(path(name)), Arc::new(text.clone().into_bytes()));
    }
    let mut findings: Vec<Finding> = faults.iter().map(|fault| finding(fault, files)).collect();
    texts.illustrate(&mut findings, &Secrets::default());
    fingerprint_all("", &mut findings);
    let rules = faults.iter().map(|fault| (id(fault.lint), rule(fault.lint))).collect();
    let failed = findings.iter().filter(|finding| finding.gate).count();
    let mut coverage = model::Coverage { documents: files.len() as u64, ..model::Coverage::default() };
    coverage.files_seen = files.len() as u64;
    coverage.files_read = files.len() as u64;
    coverage.bytes_read = files.iter().map(|(_, text)| text.len() as u64).sum();
    let target = Target {
        kind: TargetKind::Directory,
        name: ".".to_owned(),
        digest: None,
        platform: None,
        os: None,
        layers: Vec::new(),
        coverage,
        packages: Vec::new(),
        findings,
        problems: Vec::new(),
        efficiency: None,
    };
    Report {
        schema: model::SCHEMA.to_owned(),
        tool: Tool { name: "portcullis".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        evaluated_at: now,
        data: model::DataInfo::default(),
        verdict: verdict(failed),
        rules,
        targets: vec![target],
    }
}

fn verdict(failed: usize) -> Verdict {
    let outcome = if failed > 0 { Outcome::Misconfigured } else { Outcome::Pass };
    let plural = if failed == 1 { "" } else { "s" };
    let reasons = if failed > 0 { vec![format!("{failed} fault{plural} of policies")] } else { Vec::new() };
    Verdict { outcome, exit_code: outcome.exit_code(), reasons }
}

fn finding(fault: &PolicyError, files: &[(String, String)]) -> Finding {
    let is_warning = fault.lint.is_some_and(Lint::is_warning);
    let rule = rule(fault.lint);
    let mut finding = Finding::new(rule.id, FindingClass::Policy, severity(is_warning), &fault.message);
    finding.title = rule.title;
    finding.remedy = Some(rule.remediation).filter(|remedy| !remedy.is_empty());
    finding.gate = !is_warning;
    let path = path(&fault.file);
    let text = files.iter().find(|(name, _)| *name == fault.file).map(|(_, text)| text.as_str());
    let location = match (fault.line, text) {
        (Some(line), Some(text)) => Location::at(path, span(text, line, fault.column.unwrap_or(1))),
        _ => Location::file(path),
    };
    finding.locations = vec![location];
    finding
}

/// From the place of the fault to the end of its word, or of its line.
fn span(text: &str, line: u32, column: u32) -> Span {
    let index = LineIndex::new(text.as_bytes());
    let written = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
    let before = column.saturating_sub(1) as usize;
    let is_word = |character: &char| character.is_alphanumeric() || matches!(character, '_' | '.');
    let word = written.chars().skip(before).take_while(is_word).count();
    let length = if word > 0 { word } else { written.chars().count().saturating_sub(before) };
    let from: usize = text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(str::len).sum();
    let bytes = |characters: usize| written.chars().take(characters).map(char::len_utf8).sum::<usize>();
    let start = Position { line, column, ..index.position(from + bytes(before)) };
    Span { start, end: index.position(from + bytes(before + length)) }
}

fn rule(lint: Option<Lint>) -> Rule {
    let title = lint.map_or("The policy does not compile", Lint::title);
    let mut rule = Rule::new(id(lint), FindingClass::Policy, title);
    rule.severity = severity(lint.is_some_and(Lint::is_warning));
    rule.domain = "rego".to_owned();
    let Some(lint) = lint else { return rule };
    let paragraphs: Vec<&str> = lint.page().split("\n\n").skip(1).collect();
    rule.description = paragraphs.first().copied().unwrap_or_default().to_owned();
    rule.remediation = paragraphs.get(1).copied().unwrap_or_default().to_owned();
    rule.links = vec![lint.link().to_owned()];
    rule
}

fn id(lint: Option<Lint>) -> RuleId {
    lint.map_or(COMPILE, Lint::id).parse().expect("ids of lints are printable and short")
}

fn severity(is_warning: bool) -> Severity {
    if is_warning { Severity::Low } else { Severity::High }
}

/// A name from the command line as a path of the tree; what leads out of it is the file's own name.
fn path(name: &str) -> TreePath {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let path = TreePath::new(name.trim_start_matches('/')).or_else(|_| TreePath::new(last));
    path.unwrap_or_else(|_| TreePath::new("policy").expect("a word is a path"))
}
