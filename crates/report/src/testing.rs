//! Reports for tests: one that holds something of every kind, and its parts.

mod findings;
mod image;
mod tree;

use model::{
    AdvisoryData, AdvisorySource, DataInfo, Digest, Finding, FindingClass, Fingerprint, Layer, LayerIndex, Location,
    Outcome, Package, PolicyData, Position, Purl, Report, Rule, SCHEMA, Severity, Snippet, Span, Target, TargetKind,
    Timestamp, Tool, TreePath, Verdict,
};

/// A finding of every class, in a tree, an image and a list; suppressed, undecided, with problems, hostile names.
pub(crate) fn report() -> Report {
    let targets = vec![tree::target(), image::target(), list()];
    Report { rules: findings::rules(), targets, ..empty_report() }
}

/// A report of nothing.
pub(crate) fn empty_report() -> Report {
    Report {
        schema: SCHEMA.to_owned(),
        tool: Tool { name: "portcullis".to_owned(), version: "0.1.0".to_owned() },
        evaluated_at: time("2026-08-24T00:00:00Z"),
        data: DataInfo {
            advisories: Some(advisories()),
            stacked: Vec::new(),
            policies: Some(PolicyData {
                digest: digest('b'),
                rules: 20,
                profiles: vec!["recommended".to_owned()],
                parameters: Vec::new(),
                pulled: Vec::new(),
            }),
        },
        verdict: Verdict {
            outcome: Outcome::Fail,
            exit_code: Outcome::Fail.exit_code(),
            reasons: vec![
                "9 findings at or above high (5 critical, 4 high)".to_owned(),
                "1 file could not be read in full (web/package-lock.json)".to_owned(),
            ],
        },
        rules: Default::default(),
        targets: Vec::new(),
    }
}

pub(crate) fn empty_target() -> Target {
    Target::new(TargetKind::Directory, ".")
}

/// One target with these findings, and nothing else.
pub(crate) fn report_of(findings: Vec<Finding>) -> Report {
    Report { targets: vec![Target { findings, ..empty_target() }], ..empty_report() }
}

pub(crate) fn package(purl: &str) -> Package {
    let purl: Purl = purl.parse().expect("a purl");
    Package::new(purl.name().to_owned(), purl, "npm-lock")
}

pub(crate) fn vulnerability(rule: &str, package: &str) -> Finding {
    let purl: Purl = package.parse().expect("a purl");
    let message = format!("{} {} is affected by {rule}.", purl.name(), purl.version().unwrap_or_default());
    Finding { package: Some(purl), ..finding(rule, FindingClass::Vulnerability, Severity::High, &message) }
}

pub(crate) fn finding(rule: &str, class: FindingClass, severity: Severity, message: &str) -> Finding {
    let mut finding = Finding::new(rule.parse().expect("a rule id"), class, severity, message);
    finding.gate = severity >= Severity::High;
    // Distinct for distinct rules and messages, as the scanner's are.
    let mut sum = [0_u8; 32];
    for (at, byte) in rule.bytes().chain(message.bytes()).enumerate() {
        sum[at % 16] = sum[at % 16].wrapping_mul(31).wrapping_add(byte);
    }
    finding.fingerprint = Fingerprint::from_sum(&sum);
    finding
}

pub(crate) fn rule(id: &str, class: FindingClass, title: &str) -> Rule {
    Rule::new(id.parse().expect("a rule id"), class, title)
}

/// A piece of one line, with that line and its neighbours; `lines` begin at `first`.
pub(crate) fn place(path: &str, lines: &[&str], first: u32, line: u32, columns: (u32, u32)) -> Location {
    piece(path, lines, first, (line, columns.0), (line, columns.1))
}

pub(crate) fn piece(path: &str, lines: &[&str], first: u32, start: (u32, u32), end: (u32, u32)) -> Location {
    let position = |(line, column)| Position { line, column, offset: 0 };
    let path = TreePath::try_from(path.to_owned()).expect("a path");
    let mut location = Location::at(path, Span { start: position(start), end: position(end) });
    if !lines.is_empty() {
        location.snippet = Some(Snippet { line: first, text: lines.join("\n") });
    }
    location
}

pub(crate) fn path(text: &str) -> TreePath {
    TreePath::try_from(text.to_owned()).expect("a path")
}

pub(crate) fn layer(index: u32, digit: char, created_by: &str) -> Layer {
    Layer {
        index: LayerIndex(index),
        digest: Some(digest(digit)),
        diff_id: Some(digest(digit)),
        media_type: "application/vnd.oci.image.layer.v1.tar+gzip".to_owned(),
        size: 1_024,
        created_by: Some(created_by.to_owned()),
        base: None,
    }
}

pub(crate) fn digest(digit: char) -> Digest {
    format!("sha256:{}", digit.to_string().repeat(64)).parse().expect("a digest")
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn advisories() -> AdvisoryData {
    let source = |name: &str, newest: &str, records| AdvisorySource {
        name: name.to_owned(),
        newest: Some(time(newest)),
        records,
        license: None,
    };
    AdvisoryData {
        digest: digest('a'),
        built_at: time("2026-08-21T10:00:00Z"),
        age_days: 2,
        records: 62_110,
        embedded: true,
        origin: None,
        sources: vec![source("RustSec", "2026-08-20T00:00:00Z", 1_100), source("PyPA", "2026-08-21T10:00:00Z", 61_010)],
    }
}

/// Package URLs of which nothing is known to be wrong.
fn list() -> Target {
    let mut target = Target { kind: TargetKind::Purl, name: "purls:list.txt".to_owned(), ..empty_target() };
    target.packages = vec![package("pkg:npm/left-pad@1.3.0")];
    target.coverage.packages.no_advisory_source = 1;
    target
}
