//! Waivers meet findings.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{Finding, Problem, ProblemKind, Status, Target};

use super::Waiver;
use super::pattern::Subject;
use crate::count::count;

/// Suppresses what waivers cover and says what a reader must know of the waivers themselves.
///
/// `today` is the date of judgement. A waiver holds through its last day; after that its findings count again and a
/// warning names it. A waiver that covers nothing is a note. Waivers from inside the scanned tree are counted in a warning.
pub fn apply_waivers(targets: &mut [Target], waivers: &[Waiver], today: Date) -> Vec<Problem> {
    let mut uses = vec![Use::default(); waivers.len()];
    for target in targets.iter_mut().filter(|_| !waivers.is_empty()) {
        for finding in &mut target.findings {
            suppress(&target.name, finding, waivers, today, &mut uses);
        }
    }
    let mut problems: Vec<Problem> =
        waivers.iter().zip(&uses).filter_map(|(waiver, usage)| remark(waiver, *usage, today)).collect();
    problems.extend(from_scanned_trees(targets));
    problems
}

/// What became of one waiver.
#[derive(Clone, Copy, Default)]
struct Use {
    /// Findings it names, whether or not another waiver was first.
    covered: usize,
    /// Findings that count only because it expired.
    active_again: usize,
}

fn suppress(target: &str, finding: &mut Finding, waivers: &[Waiver], today: Date, uses: &mut [Use]) {
    if finding.status == Status::Suppressed {
        return;
    }
    let subject = Subject::of(target, finding);
    let covering: Vec<usize> = (0..waivers.len()).filter(|at| waivers[*at].covers(finding, &subject)).collect();
    covering.iter().for_each(|at| uses[*at].covered += 1);
    // A trusted waiver comes before one from the scanned tree, so that only what hangs on the latter is counted as such.
    let holding = covering.iter().filter(|at| !waivers[**at].has_expired(today));
    match holding.min_by_key(|at| waivers[**at].from_scanned_tree) {
        Some(at) => {
            finding.status = Status::Suppressed;
            finding.gate = false;
            finding.suppression = Some(waivers[*at].suppression());
        }
        None => covering.iter().for_each(|at| uses[*at].active_again += 1),
    }
}

fn remark(waiver: &Waiver, usage: Use, today: Date) -> Option<Problem> {
    let (id, place) = (waiver.id(), waiver.place());
    let expired = waiver.expires.filter(|last_day| *last_day < today);
    match (expired, usage) {
        (Some(last_day), Use { active_again: 1.., .. }) => {
            let findings = count(usage.active_again, "finding");
            let verb = if usage.active_again == 1 { "counts" } else { "count" };
            let message = format!("the waiver of {id} in {place} expired on {last_day}: {findings} {verb} again");
            Some(Problem::warning(ProblemKind::Suppression, message))
        }
        (Some(last_day), _) => {
            let message = format!("the waiver of {id} in {place} expired on {last_day} and changes nothing");
            Some(Problem::note(ProblemKind::Suppression, message))
        }
        (None, Use { covered: 0, .. }) => {
            let message = format!("the waiver of {id} in {place} covers no finding");
            Some(Problem::note(ProblemKind::Suppression, message))
        }
        (None, _) => None,
    }
}

/// Whoever can change the scanned tree can write waivers there: every report says how much hangs on them.
fn from_scanned_trees(targets: &[Target]) -> Vec<Problem> {
    let mut suppressed: BTreeMap<&str, usize> = BTreeMap::new();
    let suppressions =
        targets.iter().flat_map(|target| &target.findings).filter_map(|finding| finding.suppression.as_ref());
    for suppression in suppressions.filter(|suppression| suppression.from_scanned_tree) {
        *suppressed.entry(&suppression.source).or_default() += 1;
    }
    let warning = |(source, number): (&str, usize)| {
        let message = format!("{} suppressed by {source} inside the scanned tree", count(number, "finding"));
        Problem::warning(ProblemKind::Suppression, message)
    };
    suppressed.into_iter().map(warning).collect()
}
