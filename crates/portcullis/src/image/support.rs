//! Ages, and how long an operating system is supported: dates against the date of judgement.

use advisory::SupportEnd;
use model::{Location, Os, Timestamp};

use super::shape::{EndOfLife, System};
use crate::advisories::AdvisoryRoom;

/// Builders that want the same bytes from the same sources write a date of long ago; no container is as old as that.
const FIRST_IMAGES: i64 = 1_356_998_400; // 2013-01-01

/// Whole days from a date to the date of judgement, 0 for a later one; `None` for what is no date, or one that means none.
pub(super) fn age_days(created: Option<&str>, now: Timestamp) -> Option<i64> {
    let created: Timestamp = created?.parse().ok()?;
    let seconds = now.as_second().saturating_sub(created.as_second()).max(0);
    (created.as_second() >= FIRST_IMAGES).then_some(seconds / 86_400)
}

/// The operating system, with what the advisory data knows of its support.
pub(super) fn of(data: &AdvisoryRoom, os: &Os, place: Option<&Location>, now: Timestamp) -> System {
    System {
        id: os.id.clone(),
        version: os.version.clone(),
        name: os.name.clone(),
        path: place.map(|place| place.path.clone()),
        layer: place.and_then(|place| place.layer),
        end_of_life: end_of_life(data, os, now),
    }
}

/// `supported`, `extended`, `ended`, or `unknown`: data that says nothing of a release does not say that it is supported.
fn end_of_life(data: &AdvisoryRoom, os: &Os, now: Timestamp) -> EndOfLife {
    let Some(lifetime) = data.lifetime(os) else {
        return EndOfLife { state: "unknown", date: None, extended_until: None };
    };
    let today = jiff::tz::Offset::UTC.to_datetime(now).date();
    let state = match lifetime.extended {
        _ if !lifetime.support.is_over(today) => "supported",
        Some(extended) if !extended.is_over(today) => "extended",
        _ => "ended",
    };
    let date = |end: SupportEnd| matches!(end, SupportEnd::After(_)).then(|| end.to_string());
    EndOfLife { state, date: date(lifetime.support), extended_until: lifetime.extended.and_then(date) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(created: Option<&str>, expected: Option<i64>) {
        let now = "2026-08-25T12:00:00Z".parse().expect("a date");
        assert_eq!(age_days(created, now), expected, "{created:?}");
    }

    #[test]
    fn ages() {
        check(Some("2026-08-24T12:00:00Z"), Some(1));
        check(Some("2026-08-24T12:00:01.5+00:00"), Some(0));
        check(Some("2027-01-01T00:00:00Z"), Some(0));
        check(Some("1970-01-01T00:00:00Z"), None);
        check(Some("0001-01-01T00:00:00Z"), None);
        check(Some("yesterday"), None);
        check(None, None);
    }
}
