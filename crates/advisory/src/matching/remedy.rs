//! Which versions end the matter, and what to do.

use std::cmp::Ordering;

use model::FindingClass;
use version::Version;

use super::group::Group;
use super::hit::Question;
use crate::range::{Lower, Upper, Window};

/// Versions after the one at hand that have the fix, lowest first: a fix that another record of the group, or another
/// range, still affects is none.
pub(super) fn fixed_in(question: &Question<'_>, group: &Group<'_>) -> Vec<String> {
    let Ok(version) = question.judge.version() else { return Vec::new() };
    let windows = || group.hits.iter().flat_map(|hit| &hit.windows);
    let mut fixes: Vec<(Version, &str)> = Vec::new();
    for window in windows() {
        let Upper::Fixed(text) = &window.upper else { continue };
        if holds_only_prereleases(window, text) {
            continue;
        }
        let Ok(fix) = Version::parse(version.scheme(), text) else { continue };
        let is_later = fix.compare(version) == Some(Ordering::Greater);
        let is_affected = || windows().any(|other| other.contains(&fix).unwrap_or(true));
        let is_known =
            |fixes: &[(Version, &str)]| fixes.iter().any(|(known, _)| known.compare(&fix) == Some(Ordering::Equal));
        if is_later && !is_known(&fixes) && !is_affected() {
            fixes.push((fix, text));
        }
    }
    fixes.sort_by(|(left, _), (right, _)| left.compare(right).unwrap_or(Ordering::Equal));
    fixes.into_iter().map(|(_, text)| text.to_owned()).collect()
}

/// A list of unaffected versions, as RustSec has it, leaves a window from the first prerelease of each to the version itself.
/// Nobody who is before it gains by its end, which is not where anything was mended.
fn holds_only_prereleases(window: &Window, fix: &str) -> bool {
    matches!(&window.lower, Lower::From(lower) if lower.strip_suffix("-0") == Some(fix))
}

/// What to do, in one sentence.
pub(super) fn sentence(class: FindingClass, name: &str, fixed_in: &[String]) -> String {
    match (class, fixed_in) {
        (FindingClass::Malicious, _) => {
            format!("Remove {name}, and change every secret that was within its reach.")
        }
        (_, [only]) => format!("Upgrade {name} to {only} or later."),
        (_, [first, others @ ..]) => format!("Upgrade {name} to {first}, or to {} on a later line.", others.join(", ")),
        (FindingClass::Unmaintained, []) => format!("Replace {name} with something that is maintained."),
        (_, []) => format!("No version of {name} with a fix is known: replace it, or waive the finding with a reason."),
    }
}
