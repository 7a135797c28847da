//! Findings that do not fail the gate and are too many to be shown whole: a line each, then their number.

use std::io;

use model::{Chains, Target};

use super::Page;
use super::blocks::Block;
use super::layout::cut;
use crate::count::{count, severities};
use crate::{foreign, naming, sentence};

/// Lines of one target.
const MOST: usize = 40;

pub(super) fn write(page: &mut Page<'_>, target: &Target, chains: &Chains<'_>, blocks: &[Block<'_>]) -> io::Result<()> {
    if blocks.is_empty() {
        return Ok(());
    }
    let number = blocks.iter().map(|block| block.findings.len()).sum();
    page.line(&format!("{} do not fail the gate, in short:", count(number, "more finding")))?;
    let (shown, more) = blocks.split_at(MOST.min(blocks.len()));
    for block in shown {
        let severity = format!("  {:<10} ", block.severity().name());
        let line = cut(&words(target, chains, block), page.width.saturating_sub(severity.len()));
        let severity = page.palette.severity(block.severity(), &severity);
        page.line(&format!("{severity}{line}"))?;
    }
    if !more.is_empty() {
        let all = more.iter().flat_map(|block| &block.findings).map(|finding| finding.severity);
        let number = more.iter().map(|block| block.findings.len()).sum();
        page.line(&format!("  and {}: {} (-v shows them)", count(number, "more finding"), severities(all)))?;
    }
    page.blank()
}

fn words(target: &Target, chains: &Chains<'_>, block: &Block<'_>) -> String {
    let worst = block.worst();
    let place =
        block.places.first().map(|place| format!("  {}", naming::shown_place(target, place))).unwrap_or_default();
    match &worst.package {
        Some(package) => {
            let rules: Vec<&str> = block.findings.iter().take(3).map(|finding| finding.rule.as_str()).collect();
            let more = block.findings.len() - rules.len();
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            format!("{} {}{more}{place}", foreign::line(&chains.label(package)), rules.join(", "))
        }
        None => {
            let said = if worst.title.trim().is_empty() {
                sentence::split_first(&worst.message).0
            } else {
                worst.title.trim()
            };
            format!("{}{place}  {}", worst.rule, foreign::line(said))
        }
    }
}
