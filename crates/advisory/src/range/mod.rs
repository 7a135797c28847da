//! Ranges: events in any order to windows of versions, and whether a version lies in one.
//!
//! `introduced: "0"` is before every version, also before those that order below 0. Events are swept in order of version.
//! Where a window ends and another begins at one version, the sweep goes on as it was: `[0, 2) [2, 3)` holds 2, and
//! "introduced 2, fixed 2" alone holds nothing. `last_affected` ends a window after its version, `fixed` before it; a
//! `limit` cuts all windows of its range.

mod sweep;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use version::{Scheme, Version};

use crate::record::{Event, EventKind};

pub(crate) use sweep::sweep;

/// Versions from one bound to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Window {
    pub(crate) lower: Lower,
    pub(crate) upper: Upper,
}

/// Where a window begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Lower {
    /// Before every version.
    Start,
    /// At this version.
    From(String),
    /// Strictly after this version.
    After(String),
}

/// Where a window ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Upper {
    /// Nowhere: every later version is affected.
    Never,
    /// Before this version, which has the fix.
    Fixed(String),
    /// Before this version, of which nothing is said.
    Limit(String),
    /// With this version.
    Last(String),
}

/// Why a range cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Incomparable {
    #[error("versions of this ecosystem cannot be ordered yet")]
    NoScheme,
    #[error("a bound of its range cannot be read: {0}")]
    Bound(String),
}

/// Windows of a range. Without a scheme only a range without any bound can be had.
pub(crate) fn windows(
    scheme: Option<Scheme>,
    events: &[Event],
    is_exclusive: impl Fn(&str) -> bool,
) -> Result<Vec<Window>, Incomparable> {
    if !events.is_empty() && events.iter().all(|event| event.kind == EventKind::Introduced && is_start(&event.version))
    {
        return Ok(vec![Window { lower: Lower::Start, upper: Upper::Never }]);
    }
    sweep(scheme.ok_or(Incomparable::NoScheme)?, events, is_exclusive)
}

impl Window {
    /// True when every version lies in it.
    pub(crate) fn is_everything(&self) -> bool {
        self.lower == Lower::Start && self.upper == Upper::Never
    }

    /// Whether a version lies in it.
    pub(crate) fn contains(&self, version: &Version) -> Result<bool, Incomparable> {
        let begun = match &self.lower {
            Lower::Start => true,
            Lower::From(bound) => order(version, bound)? != Ordering::Less,
            Lower::After(bound) => order(version, bound)? == Ordering::Greater,
        };
        if !begun {
            return Ok(false);
        }
        Ok(match &self.upper {
            Upper::Never => true,
            Upper::Fixed(bound) | Upper::Limit(bound) => order(version, bound)? == Ordering::Less,
            Upper::Last(bound) => order(version, bound)? != Ordering::Greater,
        })
    }
}

fn order(version: &Version, bound: &str) -> Result<Ordering, Incomparable> {
    let bound = read(version.scheme(), bound)?;
    Ok(version.compare(&bound).expect("both have the version's scheme"))
}

fn read(scheme: Scheme, text: &str) -> Result<Version, Incomparable> {
    Version::parse(scheme, text).map_err(|error| Incomparable::Bound(error.to_string()))
}

/// The schema's word for "before every version".
fn is_start(text: &str) -> bool {
    text == "0"
}
