//! Comments and annotations of every format, and what they accept.

use document::{Limits, parse, parse_with_remarks, remarks_beside};
use gate::{REMARK_MARKS, RuleNames, apply_remarks};
use jiff::civil::date;
use model::{Finding, FindingClass, Format, Origin, Remark, Severity, Span, Target, TargetKind, TreePath};

/// Reads the bytes in every format: what is read is the same with remarks as without, and remarks lie in the text.
pub fn target(data: &[u8]) {
    let origin = origin("file");
    let limits = Limits::default();
    for format in Format::ALL.iter().copied() {
        let (documents, _, remarks) = parse_with_remarks(format, &origin, data, &limits, REMARK_MARKS);
        assert_eq!(documents.len(), parse(format, &origin, data, &limits).0.len(), "remarks change what is read");
        check(data, &remarks);
    }
    for name in ["requirements.txt", "Cargo.lock", "go.mod", "pom.xml"] {
        check(data, &remarks_beside(&self::origin(name), data, limits.remarks, REMARK_MARKS));
    }
}

fn origin(name: &str) -> Origin {
    Origin::file(TreePath::new(name).expect("a valid path"))
}

fn check(data: &[u8], remarks: &[Remark]) {
    assert!(remarks.len() <= Limits::default().remarks, "more than the limit");
    let mut findings = Vec::new();
    for remark in remarks {
        let spans = [remark.location.span, remark.reach.block, remark.reach.around];
        spans.into_iter().flatten().for_each(|span| check_span(data, span));
        let mut finding = Finding::new("a/b".parse().expect("an id"), FindingClass::License, Severity::High, "x");
        finding.locations = vec![remark.location.clone()];
        findings.push(finding);
    }
    let mut target = Target { findings, ..Target::new(TargetKind::Directory, ".") };
    apply_remarks(&mut target, remarks, &RuleNames::default(), date(2026, 11, 23), false);
    assert!(target.problems.iter().all(|problem| problem.message.contains("suppressed") || problem.line.is_some()));
}

fn check_span(data: &[u8], span: Span) {
    let (start, end) = (span.start.offset as usize, span.end.offset as usize);
    let slice = data.get(start..end).expect("a place outside of the file");
    assert!(std::str::from_utf8(slice).is_ok(), "a place in the middle of a character");
}
