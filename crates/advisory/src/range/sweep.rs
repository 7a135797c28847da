//! The sweep itself.

use std::cmp::Ordering;

use version::{Scheme, Version};

use super::{Incomparable, Lower, Upper, Window, is_start, read};
use crate::record::{Event, EventKind};

/// What happens at one version. Events of equal versions are one point.
struct Point {
    /// `None` is before every version.
    version: Option<Version>,
    text: String,
    opens: bool,
    opens_after: bool,
    closes: bool,
    closes_after: bool,
}

/// Whether versions are affected before a point, at it, and after it.
struct State {
    before: bool,
    at: bool,
    after: bool,
}

/// Sorts and sweeps the events of one range.
pub(crate) fn sweep(
    scheme: Scheme,
    events: &[Event],
    is_exclusive: impl Fn(&str) -> bool,
) -> Result<Vec<Window>, Incomparable> {
    let mut points = Vec::new();
    let mut limit: Option<(Version, &str)> = None;
    for event in events {
        if event.kind == EventKind::Limit {
            let version = read(scheme, &event.version)?;
            if limit.as_ref().is_none_or(|(known, _)| version.compare(known) == Some(Ordering::Greater)) {
                limit = Some((version, &event.version));
            }
        } else {
            points.push(point(scheme, event, &is_exclusive)?);
        }
    }
    let windows = walk(&unite(points));
    match limit {
        None => Ok(windows),
        Some((version, text)) => cut(windows, &version, text),
    }
}

fn point(scheme: Scheme, event: &Event, is_exclusive: &impl Fn(&str) -> bool) -> Result<Point, Incomparable> {
    let text = event.version.clone();
    // A fix in version 0 is the distributions' way of writing "never affected": it ends what begins before everything.
    let before_all = is_start(&text) && matches!(event.kind, EventKind::Introduced | EventKind::Fixed);
    let after = is_exclusive(&text) && !before_all;
    Ok(Point {
        version: if before_all { None } else { Some(read(scheme, &text)?) },
        text,
        opens: event.kind == EventKind::Introduced && !after,
        opens_after: event.kind == EventKind::Introduced && after,
        closes: event.kind == EventKind::Fixed,
        closes_after: event.kind == EventKind::LastAffected,
    })
}

/// Points in order, those of equal versions made one.
fn unite(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|left, right| left.order(right).then_with(|| left.text.cmp(&right.text)));
    let mut united: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        match united.last_mut() {
            Some(last) if last.order(&point) == Ordering::Equal => {
                last.opens |= point.opens;
                last.opens_after |= point.opens_after;
                last.closes |= point.closes;
                last.closes_after |= point.closes_after;
            }
            _ => united.push(point),
        }
    }
    united
}

fn walk(points: &[Point]) -> Vec<Window> {
    let mut windows = Vec::new();
    let mut open: Option<Lower> = None;
    for point in points {
        let state = point.state(open.is_some());
        if state.before && !state.at {
            close(&mut windows, &mut open, Upper::Fixed(point.text.clone()));
        }
        if state.at && !state.before {
            open = Some(if point.version.is_none() { Lower::Start } else { Lower::From(point.text.clone()) });
        }
        if state.at && !state.after {
            close(&mut windows, &mut open, Upper::Last(point.text.clone()));
        }
        if state.after && !state.at {
            open = Some(Lower::After(point.text.clone()));
        }
    }
    windows.extend(open.map(|lower| Window { lower, upper: Upper::Never }));
    windows
}

fn close(windows: &mut Vec<Window>, open: &mut Option<Lower>, upper: Upper) {
    windows.extend(open.take().map(|lower| Window { lower, upper }));
}

impl Point {
    fn order(&self, other: &Point) -> Ordering {
        match (&self.version, &other.version) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(left), Some(right)) => left.compare(right).expect("one range has one scheme"),
        }
    }

    fn state(&self, before: bool) -> State {
        let at = match (self.opens, self.closes) {
            (true, true) | (false, false) => before,
            (opens, _) => opens,
        };
        let after = match (self.opens_after, self.closes_after) {
            (true, true) | (false, false) => at,
            (true, false) => true,
            // One window ends with this version, another begins at it: the sweep goes on.
            (false, true) => self.opens && before,
        };
        State { before, at, after }
    }
}

/// Cuts windows at a limit.
fn cut(windows: Vec<Window>, limit: &Version, text: &str) -> Result<Vec<Window>, Incomparable> {
    let mut kept = Vec::with_capacity(windows.len());
    for mut window in windows {
        let begins_before = match &window.lower {
            Lower::Start => true,
            Lower::From(bound) | Lower::After(bound) => super::order(limit, bound)? == Ordering::Greater,
        };
        let ends_before = match &window.upper {
            Upper::Never => false,
            Upper::Fixed(bound) | Upper::Limit(bound) => super::order(limit, bound)? != Ordering::Less,
            Upper::Last(bound) => super::order(limit, bound)? == Ordering::Greater,
        };
        if begins_before {
            if !ends_before {
                window.upper = Upper::Limit(text.to_owned());
            }
            kept.push(window);
        }
    }
    Ok(kept)
}
