//! Something is missing in an object: which of the keys that the rule mentions, once put in, makes the result go away?

use std::collections::BTreeSet;

use model::Segment;

use super::oracle::{Presence, Spent};
use super::{Cause, Grade, Search, child};
use crate::rego::{Step, Value, Way, at, with};

/// Ways that are tried in one object.
const MOST_WAYS: usize = 48;

/// What was found out.
#[derive(Default)]
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
    pub(super) fn lack(&mut self, base: &Value, path: &[Segment], probes: &[Value]) -> Result<Lack, Spent> {
        let missing: Vec<Missing> = self.missing(base, path).into_iter().take(MOST_WAYS).collect();
        let is_possible = !missing.is_empty();
        for probe in probes.iter().filter(|_| is_possible) {
            if let Some(one) = self.helping(base, path, &missing, probe, usize::from(*probe == Value::Bool(true)))? {
                let mut cause = Cause::new(one.path(path, one.there.0), Grade::Lacks);
                cause.missing = Some(one.path(path, one.keys.len()));
                return Ok(Lack { confirmed: Some(cause), is_possible });
            }
        }
        Ok(Lack { confirmed: None, is_possible })
    }

    /// The way that helps, by halving: one question for all ways, and only if that helps, which of them it was. A value that is
    /// wrong for one way may undo what it does for another, so that halves may be asked even if the whole does not help.
    fn helping<'m>(
        &mut self,
        base: &Value,
        path: &[Segment],
        ways: &'m [Missing],
        probe: &Value,
        splits: usize,
    ) -> Result<Option<&'m Missing>, Spent> {
        let helps = self.helps(base, path, ways, probe)?;
        if let [one] = ways {
            return Ok(helps.then_some(one));
        }
        if !helps && splits == 0 {
            return Ok(None);
        }
        let splits = if helps { splits } else { splits - 1 };
        let (left, right) = ways.split_at(ways.len().div_ceil(2));
        match self.helping(base, path, left, probe, splits)? {
            Some(one) => Ok(Some(one)),
            None => self.helping(base, path, right, probe, splits),
        }
    }

    /// Whether the result is gone once a value stands at the end of each of these ways.
    fn helps(&mut self, base: &Value, path: &[Segment], ways: &[Missing], probe: &Value) -> Result<bool, Spent> {
        // A longer way first: what it makes is not put over.
        let mut input = base.clone();
        let mut ways: Vec<&Missing> = ways.iter().collect();
        ways.sort_by_key(|way| std::cmp::Reverse(way.keys.len()));
        for way in ways {
            let whole = way.path(path, way.keys.len());
            if at(&input, &whole).is_none() {
                input = with(&input, &whole, Some(probe.clone()));
            }
        }
        Ok(self.oracle.presence(&input, &Value::Undefined, probe)? == Presence::Gone)
    }

    /// The ways the rule mentions that lead on from here to something that is not there.
    fn missing(&self, base: &Value, path: &[Segment]) -> BTreeSet<Missing> {
        let Some(object @ Value::Object(_)) = at(base, path) else { return BTreeSet::new() };
        let starts = self.mentions.ways.iter().flat_map(|way| (0..way.steps.len()).map(move |start| (way, start)));
        let fitting = starts.filter(|(way, start)| leads_here(way, *start, path));
        fitting.filter_map(|(way, start)| Missing::below(object, &way.steps[start..])).collect()
    }
}

/// Whether what comes before a step of a way fits the path: all of it from the input on. Of a way that starts with a variable of
/// which nothing is known, it is not known what comes before; a key there must not contradict the path.
fn leads_here(way: &Way, start: usize, path: &[Segment]) -> bool {
    let fits = |(step, segment): (&Step, &Segment)| match (step, segment) {
        (Step::Key(key), Segment::Key(last)) => key == last,
        (Step::Key(_), Segment::Index(_)) => false,
        (Step::Any, _) => true,
    };
    if way.is_from_input {
        return start == path.len() && way.steps.iter().zip(path).all(fits);
    }
    match (start.checked_sub(1).map(|before| &way.steps[before]), path.last()) {
        (Some(_), None) => false,
        // `container.spec.image`, where a library puts the container itself into `spec`.
        (Some(Step::Key(_)), Some(Segment::Index(_))) | (None, _) => true,
        (Some(step), Some(last)) => fits((step, last)),
    }
}

impl Missing {
    /// The path of the first keys.
    fn path(&self, object: &[Segment], keys: usize) -> Vec<Segment> {
        self.keys[..keys].iter().fold(object.to_vec(), |path, key| child(&path, Segment::Key(key.clone())))
    }

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
