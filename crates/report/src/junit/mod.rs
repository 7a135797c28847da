//! JUnit XML, for build servers that show tests: a suite a target, a case a finding.
//!
//! A case fails when its finding fails the gate, so the numbers a server shows agree with the exit code. What could not
//! be read is an error; what is suppressed or undecided is skipped.

#[cfg(test)]
mod tests;

use std::io;

use model::{Finding, Problem, ProblemSeverity, Report, Status, Target};

use crate::xml::Element;
use crate::{Options, age, foreign, naming, sentence, suppressed};

/// Writes one `testsuites` element.
pub(crate) fn write(report: &Report, _: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let suites: Vec<Element> = report.targets.iter().map(|target| suite(report, target)).collect();
    let mut root = Element::new("testsuites").attribute("name", &report.tool.name);
    for name in ["tests", "failures", "errors", "skipped"] {
        let sum: usize = suites.iter().filter_map(|suite| suite.number(name)).sum();
        root = root.attribute(name, &sum.to_string());
    }
    root.children(suites).write_document(out)
}

fn suite(report: &Report, target: &Target) -> Element {
    let mut cases: Vec<Element> = target.findings.iter().map(|finding| of_finding(target, finding)).collect();
    let errors = target.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error);
    cases.extend(errors.map(|problem| of_problem(target, problem)));
    if cases.is_empty() {
        // An empty suite looks like one that did not run.
        cases.push(case("portcullis", "no finding"));
    }
    let number = |child: &str| cases.iter().filter(|case| case.has_child(child)).count().to_string();
    let time = report.evaluated_at.to_string();
    Element::new("testsuite")
        .attribute("name", naming::without_prefix(&target.name))
        .attribute("tests", &cases.len().to_string())
        .attribute("failures", &number("failure"))
        .attribute("errors", &number("error"))
        .attribute("skipped", &number("skipped"))
        .attribute("timestamp", time.trim_end_matches('Z'))
        .children(properties(report).into_iter().chain(cases).collect())
}

/// What build servers show of a suite beside its cases.
fn properties(report: &Report) -> Option<Element> {
    let age = age::of_data(report)?;
    let property = Element::new("property").attribute("name", "portcullis.advisories").attribute("value", &age);
    Some(Element::new("properties").child(property))
}

fn case(class: &str, name: &str) -> Element {
    Element::new("testcase").attribute("classname", class).attribute("name", name)
}

fn of_finding(target: &Target, finding: &Finding) -> Element {
    let place = finding.locations.first();
    let subject = match (&finding.package, place) {
        (Some(package), _) => package.to_string(),
        (None, Some(place)) => naming::shown_place(target, place),
        (None, None) => naming::without_prefix(&target.name).to_owned(),
    };
    let mut case = case(&format!("portcullis.{}", finding.class.name()), &format!("{}: {subject}", finding.rule));
    if let Some(place) = place {
        case = case.attribute("file", &naming::shown_path(target, &place.path));
        if let Some(line) = place.line() {
            case = case.attribute("line", &line.to_string());
        }
    }
    let said = sentence::split_first(&finding.message).0;
    let details = details(target, finding);
    match finding.status {
        Status::Open if finding.gate => case.child(
            Element::new("failure")
                .attribute("type", finding.severity.name())
                .attribute("message", said)
                .text(&details),
        ),
        // A skipped case has no message of its own in every reader, so the reason is said in its text too.
        Status::Suppressed => {
            let reason = suppressed::words(finding);
            case.child(Element::new("skipped").attribute("message", &format!("suppressed: {reason}")))
        }
        Status::Unknown => case.child(Element::new("skipped").attribute("message", &format!("undecided: {said}"))),
        Status::Open => case.child(Element::new("system-out").text(&details)),
    }
}

fn details(target: &Target, finding: &Finding) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.push(format!("severity: {}", finding.severity));
    lines.extend(finding.score.map(|score| format!("score: {score}")));
    if !finding.aliases.is_empty() {
        lines.push(format!("also known as: {}", finding.aliases.join(", ")));
    }
    if !finding.fixed_in.is_empty() {
        lines.push(format!("fixed in: {}", finding.fixed_in.join(", ")));
    }
    lines.extend(finding.remedy.as_ref().map(|remedy| format!("what to do: {remedy}")));
    lines.extend(finding.locations.iter().map(|place| format!("at: {}", naming::shown_place(target, place))));
    lines.iter().map(|line| foreign::line(line)).collect::<Vec<_>>().join("\n")
}

fn of_problem(target: &Target, problem: &Problem) -> Element {
    let place = problem
        .path
        .as_ref()
        .map_or_else(|| naming::without_prefix(&target.name).to_owned(), |path| naming::shown_path(target, path));
    let place = problem.line.map_or_else(|| place.clone(), |line| format!("{place}:{line}"));
    case("portcullis.problem", &format!("read {place}"))
        .child(Element::new("error").attribute("type", problem.kind.name()).attribute("message", &problem.message))
}
