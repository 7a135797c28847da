//! A second, deliberately naive matcher: reads the JSON, sorts, sweeps. It has to agree with the snapshot on every listed
//! version and every boundary of every shared record, and on versions just below and above.
//!
//! Only the orderings and the normalisation of names are shared with the product; they have judges of their own.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use model::{Ecosystem, Family};
use serde_json::Value;
use version::{Scheme, Version};

use super::sets;

/// (record, package entry) pairs asked of one package at most, times versions: keeps packages with hundreds of records in time.
const MOST_WORK: usize = 500;
/// Of a set with thousands of packages one in so many is asked, unless `PORTCULLIS_ALL_PAIRS` is set.
const ONE_IN: usize = 8;
const MANY: usize = 1_500;

struct Claim<'a> {
    id: &'a str,
    affected: &'a Value,
}

#[derive(Default, PartialEq, Eq, Debug)]
struct Answer {
    ids: BTreeSet<String>,
    undecided: BTreeSet<String>,
}

#[test]
fn the_naive_matcher_agrees() {
    let Some(paths) = sets::paths() else { return };
    let mut judged: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for path in paths {
        let records = sets::records(&path);
        let snapshot = sets::snapshot(std::slice::from_ref(&path));
        let packages = packages(&records);
        let all = std::env::var_os("PORTCULLIS_ALL_PAIRS").is_some() || packages.len() < MANY;
        for ((ecosystem, name), claims) in packages.into_iter().step_by(if all { 1 } else { ONE_IN }) {
            let known = Ecosystem::from_osv(&ecosystem).expect("only known ones are kept");
            let asked = versions(known.family, &claims);
            let read = Versions { scheme: known.family.scheme(), read: RefCell::default() };
            for version in &asked {
                let answer = snapshot.query(&ecosystem, &name, version).expect("whole");
                let found = Answer {
                    ids: answer.ids.into_iter().collect(),
                    undecided: answer.undecided.into_iter().map(|undecided| undecided.id).collect(),
                };
                let expected = naive(&read, &claims, version);
                assert_eq!(found, expected, "{ecosystem} {name} {version}");
                let count = judged.entry(known.family.osv_name().to_owned()).or_default();
                count.0 += 1;
                count.1 += usize::from(!expected.ids.is_empty());
            }
        }
    }
    let total: usize = judged.values().map(|(count, _)| count).sum();
    assert!(total > 50_000, "only {total} versions were judged: {judged:?}");
    assert!(judged.len() >= 12 && judged.values().all(|(_, hits)| *hits > 0), "{judged:?}");
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
    let step = (versions.len() * claims.len()).div_ceil(MOST_WORK).max(1);
    versions.into_iter().step_by(step).collect()
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
    read: RefCell<HashMap<&'a str, Option<Rc<Version>>>>,
}

impl<'a> Versions<'a> {
    fn get(&self, text: &'a str) -> Option<Rc<Version>> {
        let read = || Version::parse(self.scheme?, text).ok().map(Rc::new);
        self.read.borrow_mut().entry(text).or_insert_with(read).clone()
    }

    fn order(&self, left: &'a str, right: &'a str) -> Option<Ordering> {
        self.get(left)?.compare(&*self.get(right)?)
    }
}

fn naive<'a>(versions: &Versions<'a>, claims: &[Claim<'a>], version: &'a str) -> Answer {
    let mut answer = Answer::default();
    for claim in claims {
        match is_affected(versions, claim.affected, version) {
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

/// `None` where it cannot be decided.
fn is_affected<'a>(versions: &Versions<'a>, affected: &'a Value, version: &'a str) -> Option<bool> {
    let everything =
        |range: &'a Value| events(range).all(|event| event == ("introduced", "0")) && events(range).next().is_some();
    if ranges(affected).any(everything) || listed(affected).any(|listed| listed == version) {
        return Some(true);
    }
    if ranges(affected).next().is_none() && listed(affected).next().is_none() {
        return None;
    }
    if versions.get(version).is_none() {
        let nothing = versions.scheme.is_some()
            && listed(affected).next().is_none()
            && ranges(affected).all(|range| holds_nothing(versions, range));
        return nothing.then_some(false);
    }
    if listed(affected).any(|listed| versions.order(version, listed) == Some(Ordering::Equal)) {
        return Some(true);
    }
    let after = affected["database_specific"]["exclusive_introduced"].as_array().into_iter().flatten();
    let after: BTreeSet<&str> = after.filter_map(Value::as_str).collect();
    let answers: Vec<Option<bool>> =
        ranges(affected).map(|range| is_in_range(versions, range, version, &after)).collect();
    if answers.contains(&Some(true)) { Some(true) } else { (!answers.contains(&None)).then_some(false) }
}

/// Sorts the events of a range and sweeps, as the OSV schema says; equal ends and beginnings cancel each other.
fn is_in_range<'a>(
    versions: &Versions<'a>,
    range: &'a Value,
    version: &'a str,
    after: &BTreeSet<&str>,
) -> Option<bool> {
    let mut sorted: Vec<(&'a str, &'a str)> = events(range).collect();
    for (kind, text) in &sorted {
        if !is_start(kind, text) {
            versions.get(text)?;
        }
    }
    while let Some((one, other)) = cancelling(versions, &sorted, after) {
        sorted.remove(one.max(other));
        sorted.remove(one.min(other));
    }
    sorted.sort_by(|left, right| order(versions, *left, *right));
    let mut affected = false;
    for (kind, text) in sorted {
        let position = if is_start(kind, text) { Ordering::Greater } else { versions.order(version, text)? };
        match kind {
            "introduced" if after.contains(text) => affected |= position == Ordering::Greater,
            "introduced" => affected |= position != Ordering::Less,
            "fixed" if position != Ordering::Less => affected = false,
            "last_affected" if position == Ordering::Greater => affected = false,
            _ => {}
        }
    }
    Some(affected)
}

fn order<'a>(versions: &Versions<'a>, left: (&'a str, &'a str), right: (&'a str, &'a str)) -> Ordering {
    match (is_start(left.0, left.1), is_start(right.0, right.1)) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => versions.order(left.1, right.1).expect("read above"),
    }
}

/// A pair of `introduced` and `fixed` at one version; "strictly after" begins later than the fix.
fn cancelling<'a>(
    versions: &Versions<'a>,
    events: &[(&'a str, &'a str)],
    after: &BTreeSet<&str>,
) -> Option<(usize, usize)> {
    let at = |kind: &'static str| events.iter().enumerate().filter(move |(_, event)| event.0 == kind);
    at("introduced").filter(|(_, event)| !after.contains(event.1)).find_map(|(one, introduced)| {
        let same = at("fixed").find(|(_, fixed)| order(versions, *introduced, **fixed) == Ordering::Equal);
        same.map(|(other, _)| (one, other))
    })
}

fn holds_nothing<'a>(versions: &Versions<'a>, range: &'a Value) -> bool {
    let list: Vec<(&str, &str)> = events(range).collect();
    matches!(list.as_slice(), [("introduced", from), ("fixed", to)]
        if from == to || versions.order(from, to) == Some(Ordering::Equal))
}

/// Before every version.
fn is_start(kind: &str, text: &str) -> bool {
    text == "0" && matches!(kind, "introduced" | "fixed")
}
