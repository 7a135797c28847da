//! Test results as JUnit XML, for build servers.

use std::collections::BTreeSet;
use std::io;

use portcullis::policy::{TestCase, TestOutcome, TestReport};
use portcullis::report::xml::Element;

/// One suite a policy file, one case a test.
pub(super) fn write(report: &TestReport, out: &mut dyn io::Write) -> io::Result<()> {
    let names: BTreeSet<&str> = report.cases.iter().map(|case| case.suite.as_str()).collect();
    let suites = names.into_iter().map(|name| {
        let cases: Vec<&TestCase> = report.cases.iter().filter(|case| case.suite == name).collect();
        counted("testsuite", name, &cases).children(cases.iter().map(|case| element(case)).collect())
    });
    let all: Vec<&TestCase> = report.cases.iter().collect();
    counted("testsuites", "portcullis policy test", &all).children(suites.collect()).write_document(out)
}

fn counted(element: &'static str, name: &str, cases: &[&TestCase]) -> Element {
    let count = |outcome| cases.iter().filter(|case| case.outcome == outcome).count().to_string();
    Element::new(element)
        .attribute("name", name)
        .attribute("tests", &cases.len().to_string())
        .attribute("failures", &count(TestOutcome::Fail))
        .attribute("errors", &count(TestOutcome::Error))
        .attribute("skipped", &count(TestOutcome::Skip))
}

fn element(case: &TestCase) -> Element {
    let name = if case.case.is_empty() { &case.test } else { &case.case };
    let element = Element::new("testcase").attribute("classname", &case.suite).attribute("name", name);
    let outcome = match case.outcome {
        TestOutcome::Pass => return element,
        TestOutcome::Fail => "failure",
        TestOutcome::Error => "error",
        TestOutcome::Skip => "skipped",
    };
    element.child(Element::new(outcome).attribute("message", &case.message))
}
