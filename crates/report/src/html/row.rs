//! One row of the table: what a finding is, where, and what to do.

use std::cmp::Reverse;
use std::fmt::Write as _;

use model::{Chains, Finding, FindingClass, Location, Report, Severity, Status, Target, TargetKind};

use super::escape::{escape, escape_lines};
use crate::link::link;
use crate::threat::Threat;
use crate::{naming, sentence, suppressed};

/// Places in one row; the others are counted.
const MOST_PLACES: usize = 20;

/// Worst first; what does not count last.
pub(super) fn rank(finding: &Finding) -> (bool, Reverse<bool>, Reverse<u8>, Reverse<Option<model::Score>>) {
    (finding.status != Status::Open, Reverse(finding.gate), Reverse(weight(finding.severity)), Reverse(finding.score))
}

/// The number the filter compares; what nobody has rated is never filtered away as harmless.
pub(super) fn weight(severity: Severity) -> u8 {
    match severity {
        Severity::Unknown => 6,
        Severity::Critical => 5,
        Severity::High => 4,
        Severity::Medium => 3,
        Severity::Low => 2,
        Severity::Negligible => 1,
    }
}

pub(super) fn of(report: &Report, target: &Target, at: usize, chains: &Chains<'_>, finding: &Finding) -> String {
    let layers: Vec<String> =
        finding.locations.iter().filter_map(|place| place.layer).map(|layer| layer.0.to_string()).collect();
    let mut row = format!(
        "<tr class=\"{}\" data-severity=\"{}\" data-class=\"{}\" data-target=\"{at}\" data-layer=\"{}\" data-gate=\"{}\" \
         data-fixable=\"{}\" data-open=\"{}\">\n<td><b>{}</b>{}</td>\n",
        status(finding.status),
        weight(finding.severity),
        finding.class.name(),
        layers.join(" "),
        finding.gate,
        !finding.fixed_in.is_empty(),
        finding.status == Status::Open,
        finding.severity,
        finding.score.map(|score| format!(" {score}")).unwrap_or_default(),
    );
    push(&mut row, &format!("<td>{}</td>\n", what(report, chains, finding)));
    push(&mut row, &format!("<td>{}</td>\n", places(target, finding)));
    push(&mut row, &format!("<td>{}</td>\n</tr>\n", remedy(chains, finding)));
    row
}

fn push(row: &mut String, text: &str) {
    row.write_str(text).expect("a String takes every write");
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Suppressed => "suppressed",
        Status::Unknown => "undecided",
    }
}

fn what(report: &Report, chains: &Chains<'_>, finding: &Finding) -> String {
    let address = report.rules.get(&finding.rule).and_then(|rule| rule.links.iter().find_map(|address| link(address)));
    let rule = escape(finding.rule.as_str());
    let mut text = match address {
        Some(address) => format!("<a rel=\"noreferrer noopener\" href=\"{}\">{rule}</a>", escape(address)),
        None => rule,
    };
    if let Some(package) = &finding.package {
        push(&mut text, &format!(" <code>{}</code>", escape(&chains.label(package))));
    }
    let (first, rest) = sentence::split_first(&finding.message);
    let first = if first.is_empty() { finding.title.as_str() } else { first };
    push(&mut text, &format!("<p>{}</p>", escape(first)));
    if !rest.is_empty() {
        push(&mut text, &format!("<p class=\"more\">{}</p>", escape(rest)));
    }
    let threat = Threat::of(finding).words();
    if !threat.is_empty() {
        push(&mut text, &format!("<p class=\"threat\">{}</p>", escape(&threat)));
    }
    if !finding.aliases.is_empty() {
        push(&mut text, &format!("<p class=\"more\">also known as {}</p>", escape(&finding.aliases.join(", "))));
    }
    if finding.suppression.is_some() {
        let reason = format!("suppressed: {}", suppressed::words(finding));
        push(&mut text, &format!("<p class=\"reason\">{}</p>", escape(&reason)));
    }
    text
}

fn places(target: &Target, finding: &Finding) -> String {
    let mut text = String::new();
    if target.kind == TargetKind::Image && !finding.locations.is_empty() {
        push(&mut text, &format!("<p class=\"more\">{}</p>", escape(naming::without_prefix(&target.name))));
    }
    for (at, place) in finding.locations.iter().take(MOST_PLACES).enumerate() {
        push(&mut text, &format!("<p><code>{}</code>", escape(&naming::shown_place(target, place))));
        if let Some(index) = place.layer {
            push(&mut text, &format!(" layer {}", index.0));
        }
        push(&mut text, "</p>");
        // A secret is not repeated.
        if at == 0 && finding.class != FindingClass::Secret {
            push(&mut text, &lines(place));
        }
    }
    let more = finding.locations.len().saturating_sub(MOST_PLACES);
    if more > 0 {
        push(&mut text, &format!("<p>and {more} more</p>"));
    }
    if finding.locations.is_empty() { escape(naming::without_prefix(&target.name)) } else { text }
}

/// The lines that were kept, those that must change marked.
fn lines(place: &Location) -> String {
    let (Some(snippet), Some(span)) = (&place.snippet, place.span) else { return String::new() };
    let mut text = String::from("<pre>");
    let ends_before = span.end.column <= 1 && span.end.line > span.start.line;
    let last = if ends_before { span.end.line - 1 } else { span.end.line };
    for (line, number) in snippet.text.split('\n').zip(snippet.line..) {
        let is_marked = (span.start.line..=last).contains(&number);
        let (open, close) = if is_marked { ("<mark>", "</mark>") } else { ("", "") };
        push(&mut text, &format!("<i>{number}</i> {open}{}{close}\n", escape_lines(line)));
    }
    text.push_str("</pre>");
    text
}

fn remedy(chains: &Chains<'_>, finding: &Finding) -> String {
    let mut text = match (&finding.remedy, finding.fixed_in.as_slice()) {
        (Some(remedy), _) => escape(remedy),
        (None, []) => String::new(),
        (None, versions) => format!("fixed in {}", escape(&versions.join(", "))),
    };
    let via: Vec<String> = finding.via.iter().map(|link| chains.label(link)).collect();
    if !via.is_empty() {
        push(&mut text, &format!("<p class=\"more\">via {}</p>", escape(&via.join(" > "))));
    }
    text
}
