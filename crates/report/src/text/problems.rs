//! What could not be read, or not as it should be.

use std::collections::BTreeMap;
use std::io;

use model::{Problem, ProblemKind, ProblemSeverity, Target};

use super::Page;
use crate::count::plural;
use crate::{foreign, naming};

/// Problems of one severity and kind that are shown; of errors more.
const MOST: usize = 5;
const MOST_ERRORS: usize = 50;

/// Errors and warnings, and notes when everything is asked for; what is beyond a number is counted.
pub(super) fn write(page: &mut Page<'_>, target: &Target) -> io::Result<()> {
    let mut problems: Vec<&Problem> = target.problems.iter().collect();
    problems.sort_by_key(|problem| problem.severity);
    let mut written: BTreeMap<(ProblemSeverity, ProblemKind), usize> = BTreeMap::new();
    for problem in problems {
        let number = written.entry((problem.severity, problem.kind)).or_default();
        *number += 1;
        if page.verbose || *number <= most(problem.severity) {
            write_one(page, target, problem)?;
        }
    }
    let mut has_more = false;
    for ((severity, kind), number) in written {
        let more = number.saturating_sub(most(severity));
        if more > 0 && severity != ProblemSeverity::Note && !page.verbose {
            let severity = page.palette.problem(severity, severity.name());
            page.line(&format!(
                "{severity}[{}]: {more} more such {} (-v shows them)",
                kind.name(),
                plural(more, "problem")
            ))?;
            has_more = true;
        }
    }
    if has_more { page.blank() } else { Ok(()) }
}

fn most(severity: ProblemSeverity) -> usize {
    match severity {
        ProblemSeverity::Error => MOST_ERRORS,
        ProblemSeverity::Warning => MOST,
        ProblemSeverity::Note => 0,
    }
}

fn write_one(page: &mut Page<'_>, target: &Target, problem: &Problem) -> io::Result<()> {
    let label = format!("{}[{}]:", problem.severity.name(), problem.kind.name());
    let painted = page.palette.problem(problem.severity, &label);
    let columns = page.width.saturating_sub(label.len() + 1);
    for (at, line) in super::wrap(&foreign::line(&problem.message), columns).iter().enumerate() {
        let start = if at == 0 { painted.clone() } else { " ".repeat(label.len()) };
        page.line(&format!("{start} {line}"))?;
    }
    let place = place(target, problem);
    if !place.is_empty() {
        let arrow = page.palette.faint("-->");
        page.line(&format!("  {arrow} {place}"))?;
    }
    page.blank()
}

fn place(target: &Target, problem: &Problem) -> String {
    let mut place = problem.path.as_ref().map(|path| naming::shown_path(target, path)).unwrap_or_default();
    for number in [problem.line, problem.column].into_iter().map_while(|number| number) {
        place.push_str(&format!(":{number}"));
    }
    if let Some(layer) = problem.layer {
        let layer = format!("layer {}", layer.0);
        place = if place.is_empty() { layer } else { format!("{place} ({layer})") };
    }
    place
}
