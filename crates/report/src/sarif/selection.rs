//! Which findings become results.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use model::{Finding, Report, Status, Target};

use crate::Options;

/// The findings that are written, by target, in the order of the report; the worst, when there are more than `most`.
/// What is left out is said in `remarks`.
pub(super) fn of<'a>(
    report: &'a Report,
    options: &Options,
    most: usize,
    remarks: &mut Vec<String>,
) -> Vec<(&'a Target, Vec<&'a Finding>)> {
    let is_written = |finding: &Finding| match finding.status {
        Status::Open => true,
        // Services show a suppressed result as an open alert, so it is written only on request.
        Status::Suppressed => options.include_suppressed,
        Status::Unknown => false,
    };
    let all = report
        .targets
        .iter()
        .enumerate()
        .flat_map(|(at, target)| target.findings.iter().map(move |finding| (at, finding)));
    let mut chosen: Vec<(usize, (usize, &Finding))> =
        all.filter(|(_, finding)| is_written(finding)).enumerate().collect();
    if chosen.len() > most {
        let left_out = chosen.len() - most;
        remarks.push(format!(
            "{left_out} of {} results are left out, for services refuse larger files; the worst are here",
            chosen.len()
        ));
        chosen.sort_by_key(|(_, (_, finding))| Reverse((finding.gate, finding.severity, finding.score)));
        chosen.truncate(most);
        chosen.sort_by_key(|(place, _)| *place);
    }
    let mut by_target: BTreeMap<usize, Vec<&Finding>> = BTreeMap::new();
    chosen.into_iter().for_each(|(_, (at, finding))| by_target.entry(at).or_default().push(finding));
    by_target.into_iter().map(|(at, findings)| (&report.targets[at], findings)).collect()
}
