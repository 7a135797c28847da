//! A second, deliberately naive matcher: reads the JSON, sorts, sweeps. It has to agree with the snapshot on every listed
//! version and every boundary of every shared record, and on versions just below and above. No pair is left out.
//!
//! Only the orderings and the normalisation of names are shared with the product; they have judges of their own.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{self, AtomicUsize};

use model::{Ecosystem, Family};
use portcullis_advisory::Snapshot;
use serde_json::Value;
use version::{Scheme, Version};

use super::sets;

/// Pairs of package and version that the shared records give; fewer would mean that something was left out.
const PAIRS: usize = 642_820;

struct Claim<'a> {
    id: &'a str,
    affected: &'a Value,
}

/// A package as its set has it: OSV name of the ecosystem, normalised name.
type Name = (String, String);

/// By ecosystem: pairs that were judged, and those of them that some record affects.
type Judged = BTreeMap<String, (usize, usize)>;

#[derive(Default, PartialEq, Eq, Debug)]
struct Answer {
    ids: BTreeSet<String>,
    undecided: BTreeSet<String>,
}

#[test]
fn the_naive_matcher_agrees() {
    let Some(paths) = sets::paths() else { return };
    let mut judged = Judged::new();
    for path in paths {
        let records = sets::records(&path);
        let snapshot = sets::snapshot(std::slice::from_ref(&path));
        let packages: Vec<(Name, Vec<Claim<'_>>)> = packages(&records).into_iter().collect();
        for (ecosystem, (pairs, hits)) in judge_all(&snapshot, &packages) {
            let count = judged.entry(ecosystem).or_default();
            (count.0, count.1) = (count.0 + pairs, count.1 + hits);
        }
    }
    let total: usize = judged.values().map(|(count, _)| count).sum();
    assert_eq!(total, PAIRS, "{judged:?}");
    assert!(judged.len() >= 12 && judged.values().all(|(_, hits)| *hits > 0), "{judged:?}");
}

/// Every package of a set, on all cores.
fn judge_all(snapshot: &Snapshot, packages: &[(Name, Vec<Claim<'_>>)]) -> Judged {
    let next = AtomicUsize::new(0);
    let judged: Mutex<Judged> = Mutex::default();
    let work = || {
        while let Some(((ecosystem, name), claims)) = packages.get(next.fetch_add(1, atomic::Ordering::Relaxed)) {
            let (family, pairs, hits) = judge(snapshot, ecosystem, name, claims);
            let mut judged = judged.lock().expect("no other thread failed");
            let count = judged.entry(family.osv_name().to_owned()).or_default();
            (count.0, count.1) = (count.0 + pairs, count.1 + hits);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    judged.into_inner().expect("no thread failed")
}

/// One package at every version worth asking: how many there were, and how many some record affects.
fn judge(snapshot: &Snapshot, ecosystem: &str, name: &str, claims: &[Claim<'_>]) -> (Family, usize, usize) {
    let family = Ecosystem::from_osv(ecosystem).expect("only known ones are kept").family;
    let asked = versions(family, claims);
    let named = claims.iter().flat_map(|claim| named(claim.affected));
    let read = Versions::read(family.scheme(), named.chain(asked.iter().map(String::as_str)));
    let prepared: Vec<Prepared<'_>> = claims.iter().map(|claim| Prepared::new(&read, claim)).collect();
    let mut hits = 0;
    for version in &asked {
        let answer = snapshot.query(ecosystem, name, version).expect("whole");
        let found = Answer {
            ids: answer.ids.into_iter().collect(),
            undecided: answer.undecided.into_iter().map(|undecided| undecided.id).collect(),
        };
        let expected = naive(&read, &prepared, version);
        assert_eq!(found, expected, "{ecosystem} {name} {version}");
        hits += usize::from(!expected.ids.is_empty());
    }
    (family, asked.len(), hits)
}

/// Records by package, withdrawn ones left out.
fn packages(records: &[Value]) -> BTreeMap<(String, String), Vec<Claim<'_>>> {
    let mut packages: BTreeMap<(String, String), Vec<Claim<'_>>> = BTreeMap::new();
    for record in records.iter().filter(|record| !record["withdrawn"].is_string()) {
        for affected in record["affected"].as_array().into_iter().flatten() {
            let Some(ecosystem) = affected["package"]["ecosystem"].as_str().and_then(Ecosystem::from_osv) else {
                continue;
            };
            let name = affected["package"]["name"].as_str().expect("a name");
            let name = ecosystem.family.normalise_name(name).into_owned();
            let id = record["id"].as_str().expect("an id");
            packages.entry((ecosystem.to_string(), name)).or_default().push(Claim { id, affected });
        }
    }
    packages
}

fn events(range: &Value) -> impl Iterator<Item = (&str, &str)> {
    let events = range["events"].as_array().into_iter().flatten().filter_map(Value::as_object).flatten();
    events.filter_map(|(kind, version)| Some((kind.as_str(), version.as_str()?)))
}

fn ranges(affected: &Value) -> impl Iterator<Item = &Value> {
    affected["ranges"].as_array().into_iter().flatten().filter(|range| range["type"] != "GIT")
}

/// Every text that stands for a version.
fn named(affected: &Value) -> impl Iterator<Item = &str> {
    listed(affected).chain(ranges(affected).flat_map(events).map(|(_, text)| text))
}

fn listed(affected: &Value) -> impl Iterator<Item = &str> {
    affected["versions"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Versions worth asking: those that are named, and neighbours of the boundaries.
fn versions(family: Family, claims: &[Claim<'_>]) -> BTreeSet<String> {
    let mut versions: BTreeSet<String> = ["0", "99999"].map(str::to_owned).into();
    for claim in claims {
        versions.extend(listed(claim.affected).map(str::to_owned));
        for (_, version) in ranges(claim.affected).flat_map(events) {
            versions.extend(neighbours(family, version));
        }
    }
    versions
}

fn neighbours(family: Family, version: &str) -> Vec<String> {
    let endings: &[&str] = match family {
        Family::Debian | Family::Ubuntu => &["~", "~1", "+b1", ".1"],
        Family::Alpine => &["_rc1", ".1", "-r99"],
        Family::AlmaLinux => &["~1", ".1", "^1"],
        Family::PyPi => &["rc1", ".dev1", ".post1", ".1", "+local"],
        Family::CratesIo | Family::Npm | Family::Go => &["-0", "-rc.1", "+build"],
        _ => &["-rc1", ".1"],
    };
    let with_ending = endings.iter().map(|ending| format!("{version}{ending}"));
    with_ending.chain([version.to_owned()]).collect()
}

/// Texts as versions, each read once.
struct Versions<'a> {
    scheme: Option<Scheme>,
    read: HashMap<&'a str, Option<Version>>,
}

/// What one record says of the package, its events sorted.
struct Prepared<'a> {
    id: &'a str,
    listed: BTreeSet<&'a str>,
    /// `None` for a range with a bound that cannot be read.
    ranges: Vec<Option<Vec<Event<'a>>>>,
    has_everything: bool,
    /// Every range is one version that is fixed where it is introduced.
    holds_nothing: bool,
}

#[derive(Clone, Copy)]
struct Event<'a> {
    kind: &'a str,
    text: &'a str,
    /// `introduced` strictly after the version.
    after: bool,
}

impl<'a> Versions<'a> {
    fn read(scheme: Option<Scheme>, texts: impl Iterator<Item = &'a str>) -> Versions<'a> {
        let parse = |text| scheme.and_then(|scheme| Version::parse(scheme, text).ok());
        let mut read = HashMap::new();
        for text in texts {
            read.entry(text).or_insert_with(|| parse(text));
        }
        Versions { scheme, read }
    }

    fn get(&self, text: &str) -> Option<&Version> {
        self.read.get(text).expect("every text was read").as_ref()
    }

    fn order(&self, left: &str, right: &str) -> Option<Ordering> {
        self.get(left)?.compare(self.get(right)?)
    }
}

impl<'a> Prepared<'a> {
    fn new(versions: &Versions<'_>, claim: &Claim<'a>) -> Prepared<'a> {
        let Claim { id, affected } = *claim;
        let everything = |range: &'a Value| {
            events(range).all(|event| event == ("introduced", "0")) && events(range).next().is_some()
        };
        let after = affected["database_specific"]["exclusive_introduced"].as_array().into_iter().flatten();
        let after: BTreeSet<&str> = after.filter_map(Value::as_str).collect();
        Prepared {
            id,
            listed: listed(affected).collect(),
            ranges: ranges(affected).map(|range| sorted(versions, range, &after)).collect(),
            has_everything: ranges(affected).any(everything),
            holds_nothing: ranges(affected).all(|range| holds_nothing(versions, range)),
        }
    }

    /// `None` where it cannot be decided.
    fn affects(&self, versions: &Versions<'_>, version: &str) -> Option<bool> {
        if self.has_everything || self.listed.contains(version) {
            return Some(true);
        }
        if self.ranges.is_empty() && self.listed.is_empty() {
            return None;
        }
        if versions.get(version).is_none() {
            return (versions.scheme.is_some() && self.listed.is_empty() && self.holds_nothing).then_some(false);
        }
        if self.listed.iter().any(|listed| versions.order(version, listed) == Some(Ordering::Equal)) {
            return Some(true);
        }
        let mut unknown = false;
        for range in &self.ranges {
            match range.as_ref().map(|events| sweep(versions, events, version)) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => unknown = true,
            }
        }
        (!unknown).then_some(false)
    }
}

fn naive(versions: &Versions<'_>, claims: &[Prepared<'_>], version: &str) -> Answer {
    let mut answer = Answer::default();
    for claim in claims {
        match claim.affects(versions, version) {
            Some(true) => {
                answer.ids.insert(claim.id.to_owned());
            }
            Some(false) => {}
            None => {
                answer.undecided.insert(claim.id.to_owned());
            }
        }
    }
    answer.undecided.retain(|id| !answer.ids.contains(id));
    answer
}

/// Goes through sorted events up to a version that can be read.
fn sweep(versions: &Versions<'_>, events: &[Event<'_>], version: &str) -> bool {
    let mut affected = false;
    for event in events {
        let order = versions.order(version, event.text);
        let position = if is_start(event) { Ordering::Greater } else { order.expect("bounds were read") };
        match event.kind {
            "introduced" if event.after => affected |= position == Ordering::Greater,
            "introduced" => affected |= position != Ordering::Less,
            "fixed" if position != Ordering::Less => affected = false,
            "last_affected" if position == Ordering::Greater => affected = false,
            _ => {}
        }
    }
    affected
}

/// The events of a range in the order of their versions, as the OSV schema says; equal ends and beginnings cancel each other.
fn sorted<'a>(versions: &Versions<'_>, range: &'a Value, after: &BTreeSet<&str>) -> Option<Vec<Event<'a>>> {
    let event = |(kind, text)| Event { kind, text, after: kind == "introduced" && after.contains(text) };
    let mut sorted: Vec<Event<'a>> = events(range).map(event).collect();
    for event in &sorted {
        if !is_start(event) {
            versions.get(event.text)?;
        }
    }
    while let Some((one, other)) = cancelling(versions, &sorted) {
        sorted.remove(one.max(other));
        sorted.remove(one.min(other));
    }
    sorted.sort_by(|left, right| order(versions, left, right));
    Some(sorted)
}

fn order(versions: &Versions<'_>, left: &Event<'_>, right: &Event<'_>) -> Ordering {
    match (is_start(left), is_start(right)) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => versions.order(left.text, right.text).expect("read above"),
    }
}

/// A pair of `introduced` and `fixed` at one version; "strictly after" begins later than the fix.
fn cancelling(versions: &Versions<'_>, events: &[Event<'_>]) -> Option<(usize, usize)> {
    let at = |kind: &'static str| events.iter().enumerate().filter(move |(_, event)| event.kind == kind);
    at("introduced").filter(|(_, event)| !event.after).find_map(|(one, introduced)| {
        let same = at("fixed").find(|(_, fixed)| order(versions, introduced, fixed) == Ordering::Equal);
        same.map(|(other, _)| (one, other))
    })
}

fn holds_nothing(versions: &Versions<'_>, range: &Value) -> bool {
    let list: Vec<(&str, &str)> = events(range).collect();
    matches!(list.as_slice(), [("introduced", from), ("fixed", to)]
        if from == to || versions.order(from, to) == Some(Ordering::Equal))
}

/// Before every version.
fn is_start(event: &Event<'_>) -> bool {
    event.text == "0" && matches!(event.kind, "introduced" | "fixed")
}
