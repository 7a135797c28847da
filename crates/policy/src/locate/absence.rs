//! Something is missing in an object: which of the keys that the rule mentions, once put in, makes the result go away?

use std::collections::BTreeSet;

use model::Segment;

use super::oracle::{Presence, Spent};
use super::{Cause, Grade, Search, child, probe};
use crate::rego::{Step, Value, Way, at, with};

/// Ways that are tried in one object.
const MOST_WAYS: usize = 6;

/// What was found out.
pub(super) struct Lack {
    pub(super) confirmed: Option<Cause>,
    /// The rule mentions something that the object does not have.
    pub(super) is_possible: bool,
}

/// Keys below an object, of which the first `there` exist.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Missing {
    /// The more of a way exists, the more likely it is meant; so the order is the other way round.
    there: std::cmp::Reverse<usize>,
    keys: Vec<String>,
}

impl Search<'_> {
    pub(super) fn lack(&mut self, base: &Value, path: &[Segment]) -> Result<Lack, Spent> {
        let missing = self.missing(base, path);
        let is_possible = !missing.is_empty();
        let probes = probe::where_missing(self.mentions);
        for missing in missing.iter().take(MOST_WAYS) {
            let segments = |keys: &[String]| -> Vec<Segment> {
                keys.iter().fold(path.to_vec(), |path, key| child(&path, Segment::Key(key.clone())))
            };
            let whole = segments(&missing.keys);
            for probe in &probes {
                let input = with(base, &whole, Some(probe.clone()));
                if self.oracle.presence(&input, &Value::Undefined, probe)? == Presence::Gone {
                    let mut cause = Cause::new(segments(&missing.keys[..missing.there.0]), Grade::Lacks);
                    cause.missing = Some(whole);
                    return Ok(Lack { confirmed: Some(cause), is_possible });
                }
            }
        }
        Ok(Lack { confirmed: None, is_possible })
    }

    /// The ways the rule mentions that lead on from here to something that is not there.
    fn missing(&self, base: &Value, path: &[Segment]) -> BTreeSet<Missing> {
        let Some(object @ Value::Object(_)) = at(base, path) else { return BTreeSet::new() };
        let starts = self.mentions.ways.iter().flat_map(|way| (0..way.steps.len()).map(move |start| (way, start)));
        let fitting = starts.filter(|(way, start)| leads_here(way, *start, path));
        fitting.filter_map(|(way, start)| Missing::below(object, &way.steps[start..])).collect()
    }
}

/// Whether what comes before a step of a way fits the path: all of it from the input on; else the one step before.
fn leads_here(way: &Way, start: usize, path: &[Segment]) -> bool {
    let fits = |(step, segment): (&Step, &Segment)| match (step, segment) {
        (Step::Key(key), Segment::Key(last)) => key == last,
        (Step::Key(_), Segment::Index(_)) => false,
        (Step::Any, _) => true,
    };
    if way.is_from_input {
        return start == path.len() && way.steps.iter().zip(path).all(fits);
    }
    match (start.checked_sub(1), path.last()) {
        (Some(before), Some(last)) => fits((&way.steps[before], last)),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

impl Missing {
    fn below(object: &Value, steps: &[Step]) -> Option<Missing> {
        let keys = steps.iter().map_while(|step| match step {
            Step::Key(key) => Some(key.clone()),
            Step::Any => None,
        });
        let keys: Vec<String> = keys.collect();
        let mut value = object;
        for (there, key) in keys.iter().enumerate() {
            let Value::Object(members) = value else { return None };
            match members.get(&Value::from(key.as_str())) {
                Some(next) => value = next,
                None => return Some(Missing { there: std::cmp::Reverse(there), keys }),
            }
        }
        None
    }
}
