//! Workflow commands of GitHub Actions: annotations where code scanning is not at hand.
//!
//! The runner shows ten annotations of a kind and step, so the worst are written and the others counted. Commands are
//! lines that begin with `::`; escapes are those of the runner's own toolkit.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::io;

use model::{Finding, Location, Problem, ProblemSeverity, Report, Severity, Status, Target, TargetKind};

use crate::count::{count, plural};
use crate::{Options, age, foreign, naming, sentence, suppressed};

/// Annotations of a kind that the runner shows.
const MOST: usize = 10;
/// Suppressed findings that are named.
const MOST_SUPPRESSED: usize = 100;
/// The longest message, in bytes before escaping.
const LONGEST: usize = 2_000;

/// Kinds of annotations, worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Error,
    Warning,
    Notice,
}

struct Annotation {
    kind: Kind,
    command: String,
}

/// Writes annotations worst first, then the verdict as a plain line.
pub(crate) fn write(report: &Report, _: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let mut findings: Vec<(&Target, &Finding)> =
        report.targets.iter().flat_map(|target| target.findings.iter().map(move |finding| (target, finding))).collect();
    findings.retain(|(_, finding)| finding.status == Status::Open);
    findings.sort_by_key(|(_, finding)| std::cmp::Reverse((finding.gate, finding.severity, finding.score)));
    let mut annotations: Vec<Annotation> =
        findings.into_iter().map(|(target, finding)| of_finding(target, finding)).collect();
    let problems =
        report.targets.iter().flat_map(|target| target.problems.iter().map(move |problem| (target, problem)));
    annotations.extend(problems.filter_map(|(target, problem)| of_problem(target, problem)));
    for kind in [Kind::Error, Kind::Warning, Kind::Notice] {
        let of_kind = || annotations.iter().filter(|annotation| annotation.kind == kind);
        for annotation in of_kind().take(MOST) {
            writeln!(out, "{}", annotation.command)?;
        }
        let more = of_kind().count().saturating_sub(MOST);
        if more > 0 {
            writeln!(
                out,
                "{} more {} not annotated: the service shows {MOST} of a kind",
                more,
                plural(more, kind.name())
            )?;
        }
    }
    let verdict = &report.verdict;
    writeln!(out, "portcullis: {} (exit code {})", verdict.outcome.name(), u8::from(verdict.exit_code))?;
    if let Some(age) = age::of_data(report) {
        writeln!(out, "portcullis: {age}")?;
    }
    write_suppressed(report, out)?;
    // A reason may hold names of what was scanned: behind a prefix it cannot be a command.
    verdict.reasons.iter().try_for_each(|reason| writeln!(out, "portcullis: {}", foreign::line(reason)))
}

/// A count and a line each: behind a prefix no reason can be a command.
fn write_suppressed(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let number = suppressed::all(report).count();
    if number == 0 {
        return Ok(());
    }
    writeln!(out, "portcullis: {} suppressed", count(number, "finding"))?;
    for (target, finding) in suppressed::all(report).take(MOST_SUPPRESSED) {
        writeln!(out, "portcullis: suppressed: {}", suppressed::line(target, finding))?;
    }
    match number.saturating_sub(MOST_SUPPRESSED) {
        0 => Ok(()),
        more => writeln!(out, "portcullis: suppressed: and {more} more"),
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Error => "error",
            Kind::Warning => "warning",
            Kind::Notice => "notice",
        }
    }
}

/// What fails the gate is an error; the rest warns or notes.
fn of_finding(target: &Target, finding: &Finding) -> Annotation {
    let kind = match finding.severity {
        _ if finding.gate => Kind::Error,
        Severity::Low | Severity::Negligible => Kind::Notice,
        _ => Kind::Warning,
    };
    let words = if finding.message.trim().is_empty() { &finding.title } else { &finding.message };
    let mut text = sentence::with_stop(&foreign::line(words));
    if let Some(remedy) = &finding.remedy {
        write!(text, " {}", sentence::with_stop(&foreign::line(remedy))).expect("a String takes every write");
    }
    let title = format!("{} ({})", finding.rule, finding.severity);
    let place = finding.locations.first();
    Annotation { kind, command: command(kind, target, place, &title, &text) }
}

fn of_problem(target: &Target, problem: &Problem) -> Option<Annotation> {
    let kind = match problem.severity {
        ProblemSeverity::Error => Kind::Error,
        ProblemSeverity::Warning => Kind::Warning,
        ProblemSeverity::Note => return None,
    };
    let place = problem.path.clone().map(|path| {
        let start = model::Position { line: problem.line.unwrap_or(1), column: problem.column.unwrap_or(1), offset: 0 };
        Location::at(path, model::Span { start, end: start })
    });
    let text = sentence::with_stop(&foreign::line(&problem.message));
    Some(Annotation {
        kind,
        command: command(kind, target, place.as_ref(), &format!("{} problem", problem.kind.name()), &text),
    })
}

fn command(kind: Kind, target: &Target, place: Option<&Location>, title: &str, text: &str) -> String {
    let mut properties = Vec::new();
    let mut text = cut(text);
    match place {
        // A path inside an image is no file of the checkout.
        Some(place) if target.kind == TargetKind::Image => {
            text.push_str(&format!(" ({}: {})", foreign::line(naming::without_prefix(&target.name)), place.path));
        }
        None => text.push_str(&format!(" ({})", foreign::line(naming::without_prefix(&target.name)))),
        Some(place) => {
            properties.push(format!("file={}", property(&naming::shown_path(target, &place.path))));
            properties.extend(lines(place));
        }
    }
    properties.push(format!("title={}", property(title)));
    format!("::{} {}::{}", kind.name(), properties.join(","), data(&text))
}

/// Columns only within one line: with several the runner wants none.
fn lines(place: &Location) -> Vec<String> {
    let Some(span) = place.span else { return Vec::new() };
    let is_one_line = span.end.line <= span.start.line;
    let ends_at_break = span.end.column <= 1 && !is_one_line;
    let end = if ends_at_break { span.end.line - 1 } else { span.end.line }.max(span.start.line);
    let mut lines = vec![format!("line={}", span.start.line), format!("endLine={end}")];
    if is_one_line {
        lines.push(format!("col={}", span.start.column));
        lines.push(format!("endColumn={}", span.end.column.max(span.start.column)));
    }
    lines
}

fn cut(text: &str) -> String {
    match text.char_indices().find(|(at, _)| *at >= LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
