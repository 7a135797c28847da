//! From all that was found to one answer.

mod reasons;
#[cfg(test)]
mod tests;

use model::{Outcome, Problem, ProblemKind, ProblemSeverity, Status, Target, Verdict};

use crate::data_state::{self, DataFault};
use crate::{DataState, FailOn};

/// What fails, and what is allowed that usually is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    /// Which findings fail.
    pub fail_on: FailOn,
    /// Nothing to judge passes.
    pub allow_empty: bool,
    /// What could not be read does not matter.
    pub allow_incomplete: bool,
    /// Old advisory data does not matter. Missing or damaged data still does: nothing would have been compared.
    pub allow_stale: bool,
    /// The most days advisory data may be old. Given, it holds for the embedded data too.
    pub max_data_age_days: Option<u32>,
}

/// What is known of a scan beside what its targets hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scan<'a> {
    /// Any scanner that was asked for had a package, a document or an image configuration to judge.
    pub anything_judged: bool,
    /// Targets that had nothing of the kind, by name: where others had, nobody should take their silence for a pass.
    pub unjudged: &'a [String],
    /// Faults of policies that were therefore not asked, each with its place.
    pub policy_faults: &'a [String],
    /// Every snapshot that was asked: what stands against one stands against the scan.
    pub data: &'a [DataState],
}

/// Judges a scan: marks the findings that fail the gate and gives the answer with every reason. Faults of policies, and remarks on the
/// data's age, are added to the first target's problems, where every format shows them.
pub fn judge(targets: &mut [Target], scan: &Scan<'_>, gate: &Gate) -> Verdict {
    let Scan { anything_judged, unjudged, policy_faults, data } = *scan;
    mark_gating(targets, &gate.fail_on);
    data.iter().for_each(|one| remark_on_data(targets, one, gate));
    let mut against: Vec<(Outcome, String)> = Vec::new();
    let mut remarks = Vec::new();
    let mut weigh = |outcome: Outcome, allowed: bool, reason: String| {
        if allowed { remarks.push(format!("{reason} (allowed)")) } else { against.push((outcome, reason)) }
    };
    if let Some(reason) = reasons::not_asked(policy_faults.len()) {
        weigh(Outcome::Misconfigured, false, reason);
    }
    if let Some(reason) = reasons::failing(targets, &gate.fail_on) {
        weigh(Outcome::Fail, false, reason);
    }
    let (wasteful, unknown) = reasons::wasteful(targets, &gate.fail_on);
    for reason in wasteful.into_iter().chain(reasons::unjudged(targets, &gate.fail_on)) {
        weigh(Outcome::Fail, false, reason);
    }
    for reason in reasons::unread(targets) {
        weigh(Outcome::Incomplete, gate.allow_incomplete, reason);
    }
    for one in data {
        if let Some(fault) = data_state::fault(one, gate.max_data_age_days) {
            let allowed = gate.allow_stale && !matches!(fault, DataFault::Missing(_));
            weigh(Outcome::Stale, allowed, reasons::of(one, reasons::data(&fault)));
        }
    }
    if !anything_judged {
        weigh(Outcome::Nothing, gate.allow_empty, reasons::NOTHING.to_owned());
    }
    remarks.extend(reasons::unjudged_targets(unjudged).filter(|_| anything_judged));
    remarks.extend(unknown);
    remarks.extend(reasons::unlisted(data, &gate.fail_on));
    remarks.extend(reasons::not_counted(targets, &gate.fail_on));
    remarks.extend(reasons::not_compared(targets));
    let old = data.iter().filter_map(|one| data_state::old_but_embedded(one, gate.max_data_age_days));
    remarks.extend(old.map(reasons::old_embedded_data));
    // Weighed in the order of precedence, so the first one decides.
    let outcome = against.first().map_or(Outcome::Pass, |(outcome, _)| *outcome);
    if against.is_empty() && anything_judged {
        remarks.insert(0, reasons::passing(&gate.fail_on));
    }
    remark_on_policies(targets, policy_faults);
    let reasons = against.into_iter().map(|(_, reason)| reason).chain(remarks).collect();
    Verdict { outcome, exit_code: outcome.exit_code(), reasons }
}

fn mark_gating(targets: &mut [Target], fail_on: &FailOn) {
    for finding in targets.iter_mut().flat_map(|target| &mut target.findings) {
        let counts = finding.status == Status::Open && finding.hidden_by.is_none();
        finding.gate = counts && fail_on.matches(finding);
    }
}

/// Nobody should take the silence of policies that are at fault for a pass. Their own reason says that they were not asked, so that they are no
/// reason for an incomplete scan beside it.
fn remark_on_policies(targets: &mut [Target], faults: &[String]) {
    let Some(first) = targets.first_mut() else { return };
    let problem = |fault: &String| Problem::error(ProblemKind::Policy, format!("not asked, {fault}"));
    first.problems.extend(faults.iter().map(problem));
    first.problems.sort();
}

fn remark_on_data(targets: &mut [Target], data: &DataState, gate: &Gate) {
    let Some(first) = targets.first_mut() else { return };
    let mut remark = |problem: Problem| {
        if !first.problems.contains(&problem) {
            first.problems.push(problem);
            first.problems.sort();
        }
    };
    if data.asked && data.in_future {
        let message = "the newest advisory is dated after the date of judgement; the data's age counts as 0 days";
        remark(Problem::note(ProblemKind::DataAge, reasons::of(data, message.to_owned())));
    }
    if data.asked {
        for allowed in &data.overrides {
            remark(Problem::warning(ProblemKind::Advisory, reasons::of(data, reasons::overridden(*allowed))));
        }
        if let Some(doubt) = &data.doubtful_origin {
            remark(Problem::warning(ProblemKind::Advisory, doubt.clone()));
        }
    }
    if let Some(age) = data_state::old_but_embedded(data, gate.max_data_age_days) {
        remark(Problem::warning(ProblemKind::DataAge, reasons::old_embedded_data(age)));
    }
}

/// The problems that make a scan incomplete, with the target they belong to.
fn errors(targets: &[Target]) -> impl Iterator<Item = (&Target, &Problem)> {
    targets.iter().flat_map(|target| {
        let errors = target.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error);
        errors.map(move |problem| (target, problem))
    })
}
