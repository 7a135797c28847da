//! Words for what does not count: why, by whom, until when.

use model::{Finding, Report, Status, Suppression, SuppressionKind, Target};

use crate::{foreign, naming};

/// `deploy/app.yaml:12, beside the code, until 2027-01-01`: where the decision is written, and how long it holds.
pub(crate) fn source(suppression: &Suppression) -> String {
    let line = suppression.line.map(|line| format!(":{line}")).unwrap_or_default();
    let tree = match (suppression.kind, suppression.from_scanned_tree) {
        (SuppressionKind::InSource, _) => ", beside the code",
        (_, true) => ", a file of the scanned tree",
        (_, false) => "",
    };
    let until = suppression.expires.map(|day| format!(", until {day}")).unwrap_or_default();
    format!("{}{line}{tree}{until}", foreign::line(&suppression.source))
}

/// `the reason (where it is written)`.
pub(crate) fn words(finding: &Finding) -> String {
    match &finding.suppression {
        Some(suppression) => format!("{} ({})", foreign::line(&suppression.reason), source(suppression)),
        None => "no reason is recorded".to_owned(),
    }
}

/// Every suppressed finding.
pub(crate) fn all(report: &Report) -> impl Iterator<Item = (&Target, &Finding)> {
    let findings =
        report.targets.iter().flat_map(|target| target.findings.iter().map(move |finding| (target, finding)));
    findings.filter(|(_, finding)| finding.status == Status::Suppressed)
}

/// `rule at place: reason (where it is written)`.
pub(crate) fn line(target: &Target, finding: &Finding) -> String {
    let place = match finding.locations.first() {
        Some(place) => naming::shown_place(target, place),
        None => naming::without_prefix(&target.name).to_owned(),
    };
    format!("{} at {}: {}", finding.rule, foreign::line(&place), words(finding))
}
