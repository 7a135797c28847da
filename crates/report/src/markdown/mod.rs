//! Markdown, for step summaries and comments on change requests: worst first, short, never too long to be posted.

#[cfg(test)]
mod tests;

use std::io;

use model::{Finding, Outcome, Report, Status, Target};

use crate::commonmark::{code_in_cell, markdown};
use crate::count::{count, grouped, severities};
use crate::{Options, age, foreign, naming, sentence, suppressed};

/// Comments take 65,536 characters, summaries more.
const LARGEST: usize = 60_000;
/// Suppressed findings that are named.
const MOST_SUPPRESSED: usize = 30;
/// Rows that are not folded away.
const MOST_OPEN: usize = 10;
/// Lets a bot find its comment and update it instead of writing another.
const MARKER: &str = "<!-- portcullis -->";

/// Writes the verdict, the findings in tables, what was looked at.
pub(crate) fn write(report: &Report, _: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let end = end(report);
    let mut page = beginning(report);
    let mut rows = rows(report);
    let all = rows.len();
    let folded = rows.split_off(rows.len().min(MOST_OPEN));
    let mut written = 0;
    if all > 0 {
        page.push_str(HEADING);
        written += push(&mut page, &rows, LARGEST.saturating_sub(end.len()));
    }
    if !folded.is_empty() && written == rows.len() {
        page.push_str(&format!("\n<details><summary>{}</summary>\n{HEADING}", count(folded.len(), "more finding")));
        written += push(&mut page, &folded, LARGEST.saturating_sub(end.len()));
        page.push_str("\n</details>\n");
    }
    if written < all {
        page.push_str(&format!(
            "\n{} left out, to keep this short enough to be posted.\n",
            count(all - written, "more finding")
        ));
    }
    out.write_all(page.as_bytes())?;
    out.write_all(end.as_bytes())
}

const HEADING: &str = "\n| | finding | where | what to do |\n|---|---|---|---|\n";

/// Appends rows while they fit, and says how many did.
fn push(page: &mut String, rows: &[String], most: usize) -> usize {
    let mut written = 0;
    for row in rows {
        if page.len() + row.len() > most.saturating_sub(200) {
            break;
        }
        page.push_str(row);
        written += 1;
    }
    written
}

fn beginning(report: &Report) -> String {
    let outcome = report.verdict.outcome;
    let sign = match outcome {
        Outcome::Pass => "✅",
        Outcome::Fail | Outcome::Misconfigured => "❌",
        Outcome::Incomplete | Outcome::Nothing | Outcome::Stale => "⚠️",
    };
    let mut page = format!("{MARKER}\n## {sign} portcullis: {}\n\n", outcome.name());
    for reason in report.verdict.reasons.iter().take(20) {
        page.push_str(&format!("- {}\n", markdown(&cut(reason, 1_000))));
    }
    page
}

/// Open findings, what fails the gate first, then worst first.
fn rows(report: &Report) -> Vec<String> {
    let all = report.targets.iter().flat_map(|target| target.findings.iter().map(move |finding| (target, finding)));
    let mut open: Vec<(&Target, &Finding)> = all.filter(|(_, finding)| finding.status == Status::Open).collect();
    open.sort_by_key(|(_, finding)| std::cmp::Reverse((finding.gate, finding.severity, finding.score)));
    open.into_iter().map(|(target, finding)| row(target, finding)).collect()
}

fn row(target: &Target, finding: &Finding) -> String {
    let said =
        if finding.title.trim().is_empty() { sentence::split_first(&finding.message).0 } else { finding.title.trim() };
    let package = finding.package.as_ref().map(|package| {
        let version = package.version().unwrap_or_default();
        format!(" in {}", code_in_cell(&cut(&format!("{} {version}", package.name()), 200)))
    });
    let place = match finding.locations.first() {
        Some(place) => naming::shown_place(target, place),
        None => naming::without_prefix(&target.name).to_owned(),
    };
    let severity = if finding.gate { format!("**{}**", finding.severity) } else { finding.severity.to_string() };
    format!(
        "| {severity} | {}{}<br>{} | {} | {} |\n",
        code_in_cell(finding.rule.as_str()),
        package.unwrap_or_default(),
        markdown(&cut(said, 300)),
        code_in_cell(&cut(&place, 300)),
        what_to_do(finding)
    )
}

fn what_to_do(finding: &Finding) -> String {
    match (&finding.remedy, finding.fixed_in.as_slice()) {
        (Some(remedy), _) => markdown(&cut(remedy, 300)),
        (None, []) => String::new(),
        (None, versions) => format!("fixed in {}", code_in_cell(&cut(&versions.join(", "), 200))),
    }
}

fn cut(text: &str, most: usize) -> String {
    let text = foreign::line(text);
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

fn end(report: &Report) -> String {
    let mut end = String::from("\n| target | files read | packages | documents | findings |\n|---|---|---|---|---|\n");
    for target in report.targets.iter().take(50) {
        let with = |status: Status| target.findings.iter().filter(move |finding| finding.status == status);
        let open = severities(with(Status::Open).map(|finding| finding.severity));
        let mut findings = if open.is_empty() { "none".to_owned() } else { open };
        let suppressed = with(Status::Suppressed).count();
        if suppressed > 0 {
            findings.push_str(&format!("; {suppressed} suppressed"));
        }
        end.push_str(&format!(
            "| {} ({}) | {} of {} | {} | {} | {findings} |\n",
            code_in_cell(&cut(naming::without_prefix(&target.name), 200)),
            markdown(&cut(&naming::description(target), 100)),
            grouped(target.coverage.files_read),
            grouped(target.coverage.files_seen),
            grouped(target.packages.len() as u64),
            grouped(target.coverage.documents),
        ));
    }
    if report.targets.len() > 50 {
        end.push_str(&format!("\n{} more.\n", count(report.targets.len() - 50, "target")));
    }
    push_suppressed(report, &mut end);
    if let Some(age) = age::of_data(report) {
        end.push_str(&format!("\nJudged with {age}.\n"));
    }
    end
}

/// Folded away: which findings do not count, and why.
fn push_suppressed(report: &Report, page: &mut String) {
    let number = suppressed::all(report).count();
    if number == 0 {
        return;
    }
    page.push_str(&format!("\n<details><summary>{} suppressed</summary>\n\n", count(number, "finding")));
    for (target, finding) in suppressed::all(report).take(MOST_SUPPRESSED) {
        page.push_str(&format!("- {}\n", markdown(&cut(&suppressed::line(target, finding), 500))));
    }
    if number > MOST_SUPPRESSED {
        page.push_str(&format!("- and {} more\n", number - MOST_SUPPRESSED));
    }
    page.push_str("\n</details>\n");
}
