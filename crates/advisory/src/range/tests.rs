//! Windows of events, and membership against a sweep that is written as the OSV schema describes it.

use proptest::prelude::*;

use super::*;

fn event(text: &str) -> Event {
    let (kind, version) = text.split_once(' ').expect("a kind and a version");
    let kind = match kind {
        "introduced" => EventKind::Introduced,
        "fixed" => EventKind::Fixed,
        "last" => EventKind::LastAffected,
        "limit" => EventKind::Limit,
        other => panic!("no kind: {other}"),
    };
    Event { version: version.to_owned(), kind }
}

/// `events` separated by commas; `windows` as intervals.
fn check(events: &str, windows: &str) {
    let events: Vec<Event> = events.split(", ").map(event).collect();
    let found = super::windows(Some(Scheme::Debian), &events, |text| text.ends_with("+exclusive"));
    let shown: Vec<String> = found.expect("comparable").iter().map(show).collect();
    assert_eq!(shown.join(" "), windows);
}

fn show(window: &Window) -> String {
    let lower = match &window.lower {
        Lower::Start => "(-".to_owned(),
        Lower::From(text) => format!("[{text}"),
        Lower::After(text) => format!("({text}"),
    };
    match &window.upper {
        Upper::Never => format!("{lower},-)"),
        Upper::Fixed(text) => format!("{lower},{text})"),
        Upper::Limit(text) => format!("{lower},{text}!)"),
        Upper::Last(text) => format!("{lower},{text}]"),
    }
}

#[test]
fn events_in_any_order() {
    check("introduced 0, fixed 2", "(-,2)");
    check("fixed 2, introduced 0", "(-,2)");
    check("fixed 4, introduced 3, fixed 2, introduced 1", "[1,2) [3,4)");
    check("introduced 1, introduced 2, fixed 3, fixed 4", "[1,3)");
    check("introduced 1", "[1,-)");
    check("introduced 1, last 2", "[1,2]");
}

#[test]
fn windows_that_touch() {
    check("introduced 0, fixed 2, introduced 2, fixed 3", "(-,3)");
    check("introduced 2, fixed 2", "");
    check("introduced 2, last 2", "[2,2]");
    check("introduced 1, last 2, introduced 2, fixed 3", "[1,3)");
    check("introduced 0, fixed 0", "");
    check("introduced 0, fixed 2, introduced 3, fixed 3", "(-,2)");
}

#[test]
fn strictly_above() {
    check("introduced 1+exclusive, fixed 2", "(1+exclusive,2)");
    check("introduced 1, last 2+exclusive, introduced 2+exclusive, fixed 3", "[1,3)");
}

#[test]
fn limits_cut() {
    check("introduced 0, limit 3", "(-,3!)");
    check("introduced 0, fixed 2, limit 3", "(-,2)");
    check("introduced 0, fixed 5, limit 3, limit 4", "(-,4!)");
    check("introduced 5, limit 3", "");
}

#[test]
fn what_cannot_be_ordered() {
    let everything = [event("introduced 0")];
    assert_eq!(super::windows(None, &everything, |_| false).map(|windows| windows.len()), Ok(1));
    let bounded = [event("introduced 0"), event("fixed 1")];
    assert_eq!(super::windows(None, &bounded, |_| false), Err(Incomparable::NoScheme));
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let kind = prop_oneof![
        Just(EventKind::Introduced),
        Just(EventKind::Introduced),
        Just(EventKind::Fixed),
        Just(EventKind::LastAffected)
    ];
    prop::collection::vec((0..9u8, kind).prop_map(|(version, kind)| Event { version: version.to_string(), kind }), 1..6)
}

/// The schema's own evaluation: every event in order of version sets or clears. Two kinds at one version make its answer
/// depend on the order of the input, so those are left to the tests above.
fn naive(events: &[Event], half: u32) -> bool {
    let mut sorted: Vec<(u32, EventKind)> =
        events.iter().map(|event| (event.version.parse::<u32>().expect("a digit") * 2, event.kind)).collect();
    sorted.sort();
    let mut affected = false;
    for (at, kind) in sorted {
        match kind {
            EventKind::Introduced if half >= at => affected = true,
            EventKind::Fixed if half >= at => affected = false,
            EventKind::LastAffected if half > at => affected = false,
            _ => {}
        }
    }
    affected
}

proptest! {
    #[test]
    fn agrees_with_the_schema(events in events(), half in 0..18u32) {
        let mut versions: Vec<&str> = events.iter().map(|event| event.version.as_str()).collect();
        versions.sort_unstable();
        versions.dedup();
        prop_assume!(versions.len() == events.len());
        prop_assume!(!events.iter().any(|event| event.version == "0" && event.kind != EventKind::Introduced));
        // `1.5` lies between 1 and 2.
        let text = if half % 2 == 0 { (half / 2).to_string() } else { format!("{}.5", half / 2) };
        let version = Version::parse(Scheme::Debian, &text).expect("a version");
        let windows = super::windows(Some(Scheme::Debian), &events, |_| false).expect("comparable");
        let inside = windows.iter().any(|window| window.contains(&version).expect("comparable"));
        prop_assert_eq!(inside, naive(&events, half), "{:?} {}", events, text);
    }
}
