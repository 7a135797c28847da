//! The reasons of a verdict, worded for people.

use std::collections::BTreeSet;

use model::{DataOverride, Finding, PackageCoverage, Problem, ProblemKind, Severity, Status, Target};

use super::errors;
use crate::count::count;
use crate::data_state::DataFault;
use crate::fail_on::{Answer, CoverageTerm};
use crate::{DataState, FailOn};

/// How many files a reason names before it only counts them.
const NAMED: usize = 3;

/// Nothing was there to be judged.
pub(super) const NOTHING: &str =
    "nothing to scan: no package, no configuration document and no image configuration was found";

/// Policies at fault; `None` when there are none.
pub(super) fn not_asked(faults: usize) -> Option<String> {
    (faults > 0).then(|| format!("{} of policies, which were not asked", count(faults, "fault")))
}

/// The findings that fail the gate; `None` when there are none.
pub(super) fn failing(targets: &[Target], fail_on: &FailOn) -> Option<String> {
    let gating: Vec<&Finding> = findings(targets).filter(|finding| finding.gate).collect();
    if gating.is_empty() {
        return None;
    }
    let (number, severities) = (count(gating.len(), "finding"), severities(&gating));
    Some(match fail_on.threshold() {
        Some(Severity::Critical) => count(gating.len(), "critical finding"),
        Some(least) => format!("{number} at or above {least} ({severities})"),
        None if fail_on.is_any() => format!("{number} ({severities})"),
        None => format!("{number} for {} ({severities})", fail_on.of_findings()),
    })
}

/// Images that fail by what their bytes are spent on, one reason for each condition and image; and what could not be asked.
pub(super) fn wasteful(targets: &[Target], fail_on: &FailOn) -> (Vec<String>, Vec<String>) {
    let (mut failing, mut unknown) = (Vec::new(), Vec::new());
    for term in fail_on.images() {
        for target in targets {
            match term.ask(target) {
                Answer::Fails(figures) => failing.push(format!("{} for {term}: {figures}", target.name)),
                Answer::Unknown(why) => unknown.push(format!("{term} is not known of {}: {why}", target.name)),
                Answer::Holds => {}
            }
        }
        if targets.is_empty() {
            unknown.push(format!("{term} is not known: there is no image"));
        }
    }
    (failing, unknown)
}

/// What nobody could judge, where that fails; one reason each.
pub(super) fn unjudged(targets: &[Target], fail_on: &FailOn) -> Vec<String> {
    let number = |term: CoverageTerm| targets.iter().map(|target| term.number(target)).fold(0, u64::saturating_add);
    let asked = fail_on.coverage().iter().map(|term| (*term, usize::try_from(number(*term)).unwrap_or(usize::MAX)));
    let met = asked.filter(|(_, number)| *number > 0);
    met.map(|(term, number)| match term {
        CoverageTerm::NoAdvisorySource => format!("{} without an advisory source", count(number, "package")),
        CoverageTerm::Undecided => format!("{} of packages and policies undecided", count(number, "answer")),
    })
    .collect()
}

/// Targets with nothing to judge beside others.
pub(super) fn unjudged_targets(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| format!("nothing to judge in {}", named(names.iter().map(String::as_str))))
}

/// Conditions that no finding can meet, for the data lacks the list they ask: that is no pass.
pub(super) fn unlisted(data: &[DataState], fail_on: &FailOn) -> Vec<String> {
    let opened = data.iter().filter(|one| one.asked && one.refused.is_none());
    opened
        .flat_map(|one| {
            let exploited = fail_on.asks_exploited() && !one.has_exploited;
            let predicted = fail_on.asks_predicted() && !one.has_predicted;
            let exploited = exploited.then_some("kev is not known: the advisory data has no list of what is exploited");
            let predicted = predicted.then_some("epss is not known: the advisory data has no predictions");
            let advice = "give `portcullis db build` one";
            exploited.into_iter().chain(predicted).map(move |what| of(one, format!("{what}; {advice}")))
        })
        .collect()
}

/// What was not read: files first, then evaluations, then the rest; one reason each.
pub(super) fn unread(targets: &[Target]) -> Vec<String> {
    let mut files = BTreeSet::new();
    let mut evaluations = BTreeSet::new();
    let mut others = Vec::new();
    for (target, problem) in errors(targets) {
        match (&problem.path, problem.kind) {
            (_, ProblemKind::Cancelled) => others.push(stopped(target)),
            (_, ProblemKind::Internal) | (None, _) => others.push(unplaced(target, problem)),
            (Some(path), ProblemKind::Policy | ProblemKind::Engine) => {
                evaluations.insert((&target.name, path.to_string()));
            }
            (Some(path), _) => {
                files.insert((&target.name, path.to_string()));
            }
        }
    }
    let mut reasons = Vec::new();
    if !files.is_empty() {
        let names = named(files.iter().map(|(_, path)| path.as_str()));
        reasons.push(format!("{} could not be read in full ({names})", count(files.len(), "file")));
    }
    if !evaluations.is_empty() {
        let names = named(evaluations.iter().map(|(_, path)| path.as_str()));
        reasons.push(format!("policies could not judge {} ({names})", count(evaluations.len(), "file")));
    }
    others.sort();
    others.dedup();
    reasons.extend(others);
    reasons
}

/// Says which snapshot a reason is about, where there are several.
pub(super) fn of(data: &DataState, reason: String) -> String {
    match &data.name {
        Some(name) => format!("{name}: {reason}"),
        None => reason,
    }
}

/// What is wrong with the advisory data.
pub(super) fn data(fault: &DataFault) -> String {
    match fault {
        DataFault::Missing(reason) => format!("advisory data could not be used: {reason}"),
        DataFault::TooOld { age, limit } => {
            format!("advisory data is {} old, allowed are {limit}", count(*age as usize, "day"))
        }
        DataFault::Expired(end) => {
            format!("advisory data expired at {end}, says who published it; import a newer bundle")
        }
    }
}

/// The embedded data is old and no limit was asked for.
pub(super) fn old_embedded_data(age: u32) -> String {
    format!("the embedded advisory data is {} old; newer advisories are not known to it", count(age as usize, "day"))
}

/// The data was installed although something stood against it.
pub(super) fn overridden(allowed: DataOverride) -> String {
    format!("the advisory data was taken although {allowed} ({})", allowed.flag())
}

/// Nothing stands against it.
pub(super) fn passing(fail_on: &FailOn) -> String {
    match fail_on.threshold() {
        None if !fail_on.is_none() && !fail_on.asks_findings() => "nothing was asked of findings".to_owned(),
        Some(Severity::Critical) => "no critical finding".to_owned(),
        Some(least) => format!("no finding at or above {least}"),
        None if fail_on.is_none() => "the gate only reports: no finding fails it".to_owned(),
        None if fail_on.is_any() => "no finding".to_owned(),
        None => format!("no finding for {}", fail_on.of_findings()),
    }
}

/// Findings that are there and do not count, by why.
pub(super) fn not_counted(targets: &[Target], fail_on: &FailOn) -> Vec<String> {
    let number = |wanted: fn(&Finding) -> bool| findings(targets).filter(|finding| wanted(finding)).count();
    let suppressed = number(|finding| finding.status == Status::Suppressed);
    let undecided = number(|finding| finding.status == Status::Unknown);
    let unrated = number(|finding| is_open(finding) && finding.severity == Severity::Unknown && !finding.gate);
    let open = number(is_open);
    let hidden = number(|finding| finding.status == Status::Open && finding.hidden_by.is_some());
    let mut remarks = Vec::new();
    if !fail_on.asks_findings() && open > 0 {
        remarks.push(format!("{} only reported", count(open, "finding")));
    } else if fail_on.asks_findings() && unrated > 0 {
        remarks.push(format!("{} of unknown severity not counted", count(unrated, "finding")));
    }
    if hidden > 0 {
        remarks.push(format!("{} about what later layers overwrite or delete, not counted", count(hidden, "finding")));
    }
    if undecided > 0 {
        remarks.push(format!("{} undecided and not counted", count(undecided, "finding")));
    }
    let planted = number(|finding| {
        finding.suppression.as_ref().is_some_and(|suppression| suppression.from_scanned_tree)
            && finding.status == Status::Suppressed
    });
    match (suppressed, planted) {
        (0, _) => {}
        (_, 0) => remarks.push(format!("{} suppressed", count(suppressed, "finding"))),
        _ => remarks.push(format!("{} suppressed, {planted} by the scanned tree itself", count(suppressed, "finding"))),
    }
    remarks
}

/// Packages that no advisory spoke about: not the same as packages without advisories.
pub(super) fn not_compared(targets: &[Target]) -> Vec<String> {
    let number = |of: fn(&PackageCoverage) -> u64| {
        let sum: u64 = targets.iter().map(|target| of(&target.coverage.packages)).fold(0, u64::saturating_add);
        usize::try_from(sum).unwrap_or(usize::MAX)
    };
    let without_source = number(|packages| packages.no_advisory_source);
    let undecided = number(|packages| packages.undecided);
    let mut remarks = Vec::new();
    if without_source > 0 {
        remarks.push(format!("{} without an advisory source not compared", count(without_source, "package")));
    }
    if undecided > 0 {
        remarks.push(format!("{} could not be compared with every advisory", count(undecided, "package")));
    }
    remarks
}

/// It counts, and is about what is there.
fn is_open(finding: &Finding) -> bool {
    finding.status == Status::Open && finding.hidden_by.is_none()
}

fn findings(targets: &[Target]) -> impl Iterator<Item = &Finding> {
    targets.iter().flat_map(|target| &target.findings)
}

/// `1 critical, 2 high`, worst first.
fn severities(findings: &[&Finding]) -> String {
    let counts = Severity::WORST_FIRST.into_iter().filter_map(|severity| {
        let number = findings.iter().filter(|finding| finding.severity == severity).count();
        (number > 0).then(|| format!("{number} {severity}"))
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// `a, b, c and 4 more`.
fn named<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(NAMED);
    let first = names.take(NAMED).collect::<Vec<_>>().join(", ");
    if more == 0 { first } else { format!("{first} and {more} more") }
}

fn stopped(target: &Target) -> String {
    format!("the scan of {} was stopped before its end", target.name)
}

fn unplaced(target: &Target, problem: &Problem) -> String {
    let place = problem.path.as_ref().map_or_else(|| target.name.clone(), ToString::to_string);
    match problem.kind {
        ProblemKind::Internal => format!("a fault of our own at {place}: {}", problem.message),
        _ => format!("{place} could not be read in full: {}", problem.message),
    }
}
