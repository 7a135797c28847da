//! How old the advisory data is, in a few words: every format says it.

use model::Report;

use crate::count::count;

/// `advisory data of 2026-08-21, 2 days old`; `None` where no advisories were asked for, or none could be opened.
pub(crate) fn of_data(report: &Report) -> Option<String> {
    let data = report.data.advisories.as_ref()?;
    let day: String = data.built_at.to_string().chars().take(10).collect();
    let embedded = if data.embedded { "embedded " } else { "" };
    Some(format!("{embedded}advisory data of {day}, {} old", count(data.age_days as usize, "day")))
}
