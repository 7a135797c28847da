//! The end of the page: what was looked at, with what, and the verdict with every reason.

use std::io;

use model::{
    AdvisoryData, DataOrigin, OriginKind, ProblemSeverity, Severity, Status, Target, TargetKind, Waste, WasteCause,
};

use super::Page;
use super::layout::cut;
use crate::count::{bytes, count, grouped, plural, severities};
use crate::{foreign, naming};

/// The widest label, and the blanks around it.
const LABEL: usize = 14;
/// Sources of advisory data that are named.
const MOST_SOURCES: usize = 8;

pub(super) fn write(page: &mut Page<'_>) -> io::Result<()> {
    let report = page.report;
    for target in &report.targets {
        let heading =
            format!("{} ({})", foreign::line(naming::without_prefix(&target.name)), naming::description(target));
        let painted = page.palette.strong(&cut(&heading, page.width));
        page.line(&painted)?;
        write_coverage(page, target)?;
        write_results(page, target)?;
        if page.verbose {
            for skipped in &target.coverage.skipped {
                let path = naming::shown_path(target, &skipped.path);
                page.labelled("  not read", LABEL, &format!("{path}: {}", foreign::line(&skipped.reason)))?;
            }
        }
    }
    write_data(page)?;
    page.blank()?;
    write_verdict(page)
}

fn write_coverage(page: &mut Page<'_>, target: &Target) -> io::Result<()> {
    let coverage = &target.coverage;
    let skipped = match coverage.skipped.len() {
        0 => String::new(),
        number => format!(", {} wanted and not read", grouped(number as u64)),
    };
    let read = format!(
        "{} seen, {} read ({})",
        grouped(coverage.files_seen),
        grouped(coverage.files_read),
        bytes(coverage.bytes_read)
    );
    page.labelled("  files", LABEL, &format!("{read}{skipped}"))?;
    write_efficiency(page, target)?;
    let packages = &coverage.packages;
    let answers = [
        (packages.matched, "compared with advisories"),
        (packages.no_advisory_source, "without an advisory source"),
        (packages.undecided, "undecided"),
    ];
    let answers = answers
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{} {what}", grouped(number)));
    let answers = answers.collect::<Vec<_>>().join(", ");
    let found = grouped(target.packages.len() as u64);
    page.labelled("  packages", LABEL, &if answers.is_empty() { found } else { format!("{found}: {answers}") })?;
    let documents = grouped(coverage.documents);
    let policies = &coverage.policies;
    if coverage.documents > 0 || policies.evaluated > 0 {
        let unknown =
            if policies.unknown > 0 { format!(", {} unknown", grouped(policies.unknown)) } else { String::new() };
        let answers = usize::try_from(policies.evaluated).unwrap_or(usize::MAX);
        let answers = format!("{} policy {}", grouped(policies.evaluated), plural(answers, "answer"));
        page.labelled("  documents", LABEL, &format!("{documents}: {answers}{unknown}"))?;
    }
    Ok(())
}

/// Of an image: how much of it no container can see, and on request where that is.
fn write_efficiency(page: &mut Page<'_>, target: &Target) -> io::Result<()> {
    let Some(efficiency) = target.efficiency.as_ref().filter(|_| target.kind == TargetKind::Image) else {
        return Ok(());
    };
    let mut text = format!("{} with {}", count(target.layers.len(), "layer"), bytes(efficiency.total_bytes));
    if efficiency.reclaimable_bytes == 0 {
        text.push_str(", all of it of use");
    }
    let (hidden, cached) = (efficiency.hidden_bytes, efficiency.bytes_of(WasteCause::Cache));
    let twice = efficiency.reclaimable_bytes.saturating_sub(hidden).saturating_sub(cached);
    let parts = [(hidden, "of it overwritten or deleted later"), (twice, "there twice"), (cached, "in package caches")];
    for (part, what) in parts.into_iter().filter(|(part, _)| *part > 0) {
        text.push_str(&format!(", {} {what}", bytes(part)));
    }
    page.labelled("  layers", LABEL, &text)?;
    let listed = if page.verbose { efficiency.waste.as_slice() } else { &[] };
    listed.iter().try_for_each(|waste| page.labelled("  waste", LABEL, &told(waste)))
}

fn told(waste: &Waste) -> String {
    let (path, layer, by) = (foreign::line(&waste.path.to_string()), waste.layer.0, waste.by.0);
    let why = match (waste.cause, &waste.same_as) {
        (WasteCause::Overwritten, _) => format!("overwritten by layer {by}"),
        (WasteCause::Deleted, _) => format!("deleted by layer {by}"),
        (WasteCause::Cache, _) => "in a package cache".to_owned(),
        (WasteCause::DuplicateContent, None) => format!("written again unchanged by layer {by}"),
        (WasteCause::DuplicateContent, Some(other)) => {
            format!("the same as {} of layer {by}", foreign::line(&other.to_string()))
        }
    };
    format!("{path} of layer {layer}: {}, {why}", bytes(waste.bytes))
}

fn write_results(page: &mut Page<'_>, target: &Target) -> io::Result<()> {
    let with = |status: Status| target.findings.iter().filter(move |finding| finding.status == status);
    let open = severities(with(Status::Open).map(|finding| finding.severity));
    let mut text = if open.is_empty() { "none".to_owned() } else { open };
    for (status, word) in [(Status::Suppressed, "suppressed"), (Status::Unknown, "undecided")] {
        let number = with(status).count();
        if number > 0 {
            text.push_str(&format!("; {} {word}", grouped(number as u64)));
        }
    }
    let worst = with(Status::Open).map(|finding| finding.severity).max();
    let palette = page.palette;
    let alarming = palette.color && worst.is_some_and(|worst| worst >= Severity::High);
    let paint = |line: &str| if alarming { palette.severity(Severity::High, line) } else { line.to_owned() };
    page.painted("  findings", LABEL, &text, paint)?;
    let problems =
        [ProblemSeverity::Error, ProblemSeverity::Warning, ProblemSeverity::Note].into_iter().filter_map(|severity| {
            let number = target.problems.iter().filter(|problem| problem.severity == severity).count();
            (number > 0).then(|| count(number, severity.name()))
        });
    let problems = problems.collect::<Vec<_>>().join(", ");
    if problems.is_empty() { Ok(()) } else { page.labelled("  problems", LABEL, &problems) }
}

fn write_data(page: &mut Page<'_>) -> io::Result<()> {
    let data = &page.report.data;
    for advisories in data.snapshots() {
        page.labelled("advisories", LABEL, &about_advisories(advisories, page.verbose))?;
    }
    if let Some(policies) = &data.policies {
        let rules = usize::try_from(policies.rules).unwrap_or(usize::MAX);
        page.labelled("policies", LABEL, &count(rules, "rule"))?;
    }
    Ok(())
}

fn about_advisories(data: &AdvisoryData, all: bool) -> String {
    let embedded = if data.embedded { "embedded, " } else { "" };
    let records = usize::try_from(data.records).unwrap_or(usize::MAX);
    let mut text = format!(
        "{embedded}{}, newest of {}, {} old",
        count(records, "record"),
        day(&data.built_at),
        count(data.age_days as usize, "day")
    );
    if let Some(origin) = &data.origin {
        text.push_str(&format!(", {}", about_origin(origin)));
    }
    let most = if all { data.sources.len() } else { MOST_SOURCES.min(data.sources.len()) };
    let sources = data.sources[..most].iter().map(|source| {
        let newest = source.newest.as_ref().map(|newest| format!(" {}", day(newest))).unwrap_or_default();
        foreign::line(&format!("{}{newest}", source.name))
    });
    let mut sources: Vec<String> = sources.collect();
    if most < data.sources.len() {
        sources.push(format!("{} more", data.sources.len() - most));
    }
    if !sources.is_empty() {
        text.push_str(&format!(": {}", sources.join(", ")));
    }
    text
}

/// `bundle 12 signed by 0123…, until 2026-12-01`.
fn about_origin(origin: &DataOrigin) -> String {
    let sequence = origin.sequence.map(|number| format!(" {number}")).unwrap_or_default();
    let from = foreign::line(&origin.from);
    let expires = origin.expires.map(|end| format!(", expires {}", day(&end))).unwrap_or_default();
    match (origin.kind, &origin.signed_by) {
        (OriginKind::Update, _) => format!("fetched from {from}"),
        (OriginKind::Bundle, Some(key)) => format!("bundle{sequence} signed by {}{expires}", foreign::line(key)),
        (OriginKind::Bundle, None) => format!("bundle{sequence} NOT SIGNED by a trusted key{expires}"),
    }
}

fn day(time: &model::Timestamp) -> String {
    time.to_string().chars().take(10).collect()
}

fn write_verdict(page: &mut Page<'_>) -> io::Result<()> {
    let verdict = &page.report.verdict;
    let outcome = page.palette.outcome(verdict.outcome, &verdict.outcome.name().to_ascii_uppercase());
    page.line(&format!("{outcome} (exit code {})", u8::from(verdict.exit_code)))?;
    for reason in &verdict.reasons {
        page.labelled("  -", 3, &foreign::line(reason))?;
    }
    Ok(())
}
