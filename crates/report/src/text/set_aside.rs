//! Findings that are there and do not count: suppressed ones with their reasons, undecided ones.

use std::collections::BTreeMap;
use std::io;

use model::{Finding, Status, Target};

use super::Page;
use super::layout::cut;
use crate::count::count;
use crate::{foreign, naming, sentence, suppressed};

/// Undecided findings that are named.
const MOST: usize = 10;
/// Rules that are named beside a reason.
const MOST_RULES: usize = 5;

pub(super) fn write(page: &mut Page<'_>, target: &Target) -> io::Result<()> {
    write_suppressed(page, target)?;
    write_undecided(page, target)
}

/// One line a reason: who wrote it, until when it holds, what it covers.
fn write_suppressed(page: &mut Page<'_>, target: &Target) -> io::Result<()> {
    let mut reasons: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for finding in target.findings.iter().filter(|finding| finding.status == Status::Suppressed) {
        reasons.entry(suppressed::words(finding)).or_default().push(finding);
    }
    let number = reasons.values().map(Vec::len).sum();
    if number == 0 {
        return Ok(());
    }
    page.line(&format!("{} suppressed:", count(number, "finding")))?;
    for (reason, findings) in reasons {
        let mut rules: Vec<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
        rules.sort_unstable();
        rules.dedup();
        let more = if page.verbose { 0 } else { rules.len().saturating_sub(MOST_RULES) };
        rules.truncate(rules.len() - more);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let rules = rules.join(", ");
        page.labelled(" ", 1, &format!("{rules}{more}: {reason}"))?;
    }
    page.blank()
}

fn write_undecided(page: &mut Page<'_>, target: &Target) -> io::Result<()> {
    let undecided: Vec<&Finding> = target.findings.iter().filter(|finding| finding.status == Status::Unknown).collect();
    if undecided.is_empty() {
        return Ok(());
    }
    page.line(&format!("{} could not be decided:", count(undecided.len(), "finding")))?;
    let most = if page.verbose { undecided.len() } else { MOST.min(undecided.len()) };
    for finding in &undecided[..most] {
        let place = finding
            .locations
            .first()
            .map(|place| format!(" {}", naming::shown_place(target, place)))
            .unwrap_or_default();
        let said = sentence::split_first(&finding.message).0;
        let line = format!("{}{place}: {}", finding.rule, foreign::line(said));
        let line = if page.verbose { line } else { cut(&line, page.width.saturating_sub(2)) };
        page.labelled(" ", 1, &line)?;
    }
    if most < undecided.len() {
        page.line(&format!("  and {} more (-v shows them)", undecided.len() - most))?;
    }
    page.blank()
}
