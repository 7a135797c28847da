//! Test results as JUnit XML, for build servers.

use std::collections::BTreeSet;
use std::io;

use portcullis::policy::{TestCase, TestOutcome, TestReport};

/// One suite a policy file, one case a test.
pub(super) fn write(report: &TestReport, out: &mut impl io::Write) -> io::Result<()> {
    let total = report.cases.len();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"portcullis policy test\" tests=\"{total}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">",
        report.failed, report.errors, report.skipped
    )?;
    let suites: BTreeSet<&str> = report.cases.iter().map(|case| case.suite.as_str()).collect();
    for suite in suites {
        let cases: Vec<&TestCase> = report.cases.iter().filter(|case| case.suite == suite).collect();
        let count = |outcome| cases.iter().filter(|case| case.outcome == outcome).count();
        writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">",
            escape(suite),
            cases.len(),
            count(TestOutcome::Fail),
            count(TestOutcome::Error),
            count(TestOutcome::Skip)
        )?;
        cases.iter().try_for_each(|case| write_case(case, out))?;
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn write_case(case: &TestCase, out: &mut impl io::Write) -> io::Result<()> {
    let name = if case.case.is_empty() { &case.test } else { &case.case };
    write!(out, "    <testcase classname=\"{}\" name=\"{}\"", escape(&case.suite), escape(name))?;
    let element = match case.outcome {
        TestOutcome::Pass => return writeln!(out, "/>"),
        TestOutcome::Fail => "failure",
        TestOutcome::Error => "error",
        TestOutcome::Skip => "skipped",
    };
    writeln!(out, "><{element} message=\"{}\"/></testcase>", escape(&case.message))
}

/// What XML 1.0 allows, with its own marks escaped.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(' '),
            other if other.is_control() || matches!(other, '\u{FFFE}' | '\u{FFFF}') => escaped.push('\u{FFFD}'),
            other => escaped.push(other),
        }
    }
    escaped
}
