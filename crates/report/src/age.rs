//! How old the advisory data is, and what was allowed to take it, in a few words: every format says it.

use model::{AdvisoryData, Report};

use crate::count::count;

/// `advisory data of 2026-08-21, 2 days old`, of each snapshot that is stacked; `None` where no advisories were asked for,
/// or none could be opened.
pub(crate) fn of_data(report: &Report) -> Option<String> {
    let all: Vec<String> = report.data.snapshots().map(of_snapshot).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

fn of_snapshot(data: &AdvisoryData) -> String {
    let day: String = data.built_at.to_string().chars().take(10).collect();
    let embedded = if data.embedded { "embedded " } else { "" };
    let overrides = data.origin.as_ref().map_or(&[][..], |origin| &origin.overrides);
    let flags: Vec<&str> = overrides.iter().map(|allowed| allowed.flag()).collect();
    let taken = if flags.is_empty() { String::new() } else { format!(", taken with {}", flags.join(" ")) };
    format!("{embedded}advisory data of {day}, {} old{taken}", count(data.age_days as usize, "day"))
}
