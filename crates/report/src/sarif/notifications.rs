//! Notifications: what was not read, not decided or not written.

use std::collections::BTreeMap;

use model::{Finding, Location, Position, Problem, ProblemSeverity, Span, Target};

use super::location;
use super::message;
use super::model::{Descriptor, DescriptorReference, Level, Notification, Text};
use crate::sentence;

/// The most notifications of one run; their number beyond it is said.
const MOST: usize = 10_000;

/// What a reader can do; one service asks for it of every descriptor.
const HELP: &str = "See the message and the place of each notification: what is named there was not looked at in full.";

/// Kinds of our own beside those of problems.
const SKIPPED: &str = "skipped";
const UNDECIDED: &str = "undecided";
const LIMIT: &str = "report-limit";

/// The notifications of all targets, worst first within a target, and the descriptors they refer to.
pub(super) fn of<'a>(
    targets: &'a [Target],
    undecided: impl Fn(&'a Finding) -> bool,
    remarks: &[String],
) -> (Vec<Notification>, Vec<Descriptor>) {
    let mut all: Vec<(&str, Notification)> =
        remarks.iter().map(|text| (LIMIT, bare(Level::Warning, text, Vec::new()))).collect();
    for target in targets {
        all.extend(target.problems.iter().map(|problem| (problem.kind.name(), problem_notification(target, problem))));
        let skipped = target.coverage.skipped.iter().map(|skipped| {
            let place = location::of(target, &Location::file(skipped.path.clone()));
            (SKIPPED, bare(Level::Note, &format!("not read: {}", skipped.reason), vec![place]))
        });
        all.extend(skipped);
        all.extend(target.findings.iter().filter(|finding| undecided(finding)).map(|finding| {
            let places = finding.locations.first().map(|first| location::of(target, first)).into_iter().collect();
            let mut notification = bare(Level::Note, &format!("not decided: {}", finding.message), places);
            notification.associated_rule = Some(DescriptorReference { id: finding.rule.to_string(), index: None });
            (UNDECIDED, notification)
        }));
    }
    if all.len() > MOST {
        all.sort_by_key(|(_, notification)| std::cmp::Reverse(weight(notification.level)));
        let more = all.len() - MOST;
        all.truncate(MOST);
        all.insert(0, (LIMIT, bare(Level::Warning, &format!("{more} more notifications are left out"), Vec::new())));
    }
    let kinds: BTreeMap<&str, usize> = sorted_kinds(&all);
    let descriptors = kinds.keys().map(|kind| descriptor(kind)).collect();
    let notifications = all.into_iter().map(|(kind, mut notification)| {
        notification.descriptor = DescriptorReference { id: kind.to_owned(), index: kinds.get(kind).copied() };
        notification
    });
    (notifications.collect(), descriptors)
}

fn sorted_kinds<'a>(all: &[(&'a str, Notification)]) -> BTreeMap<&'a str, usize> {
    let mut kinds: BTreeMap<&str, usize> = all.iter().map(|(kind, _)| (*kind, 0)).collect();
    kinds.values_mut().enumerate().for_each(|(at, place)| *place = at);
    kinds
}

fn problem_notification(target: &Target, problem: &Problem) -> Notification {
    let place = problem.path.as_ref().map(|path| {
        let start = problem.line.map(|line| Position { line, column: problem.column.unwrap_or(1), offset: 0 });
        let span = start.map(|start| Span { start, end: start });
        location::of(target, &Location { path: path.clone(), span, layer: problem.layer, snippet: None })
    });
    let level = match problem.severity {
        ProblemSeverity::Error => Level::Error,
        ProblemSeverity::Warning => Level::Warning,
        ProblemSeverity::Note => Level::Note,
    };
    let place = place.unwrap_or_else(|| location::of_target(target));
    // A report that was read back may hold an empty message, and readers refuse one.
    let said = if problem.message.trim().is_empty() { problem.kind.name() } else { &problem.message };
    bare(level, said, vec![place])
}

fn bare(level: Level, text: &str, locations: Vec<super::model::Location>) -> Notification {
    Notification {
        level,
        message: Text { text: message::description(&sentence::with_stop(&message::plain(text))), markdown: None },
        descriptor: DescriptorReference { id: String::new(), index: None },
        associated_rule: None,
        locations,
    }
}

fn weight(level: Level) -> u8 {
    match level {
        Level::Error => 2,
        Level::Warning => 1,
        Level::Note => 0,
    }
}

fn descriptor(kind: &str) -> Descriptor {
    let words = kind.replace('-', " ");
    let text = match kind {
        SKIPPED => "A file that was wanted and not read.".to_owned(),
        UNDECIDED => "A rule that could not decide.".to_owned(),
        LIMIT => "Something this report leaves out.".to_owned(),
        _ => format!("A fault of the input or the scan: {words}."),
    };
    let pascal: String =
        kind.split('-').map(|word| format!("{}{}", word[..1].to_ascii_uppercase(), &word[1..])).collect();
    let name = match kind {
        SKIPPED => "SkippedFile".to_owned(),
        UNDECIDED => "UndecidedRule".to_owned(),
        LIMIT => pascal,
        _ => format!("{pascal}Problem"),
    };
    Descriptor {
        id: kind.to_owned(),
        name,
        short_description: Text { text: text.clone(), markdown: None },
        full_description: Text { text, markdown: None },
        help: Some(Text { text: HELP.to_owned(), markdown: None }),
        ..Descriptor::default()
    }
}
