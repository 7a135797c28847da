//! Something is missing in an object, or is there and as bad as nothing (`readOnlyRootFilesystem: false`): which of the keys that the
//! rule mentions, once put in or over, makes the result go away?

use std::collections::BTreeSet;

use model::Segment;

use super::oracle::{Presence, Spent};
use super::{Cause, Grade, Search, child, is_identity};
use crate::rego::{Step, Value, Way, at, with};

/// Ways that are tried in one object.
const MOST_WAYS: usize = 48;
/// Of those, ways that lead to a value.
const MOST_THERE: usize = 16;

/// What was found out.
#[derive(Default)]
pub(super) struct Lack {
    pub(super) confirmed: Option<Cause>,
    /// The rule mentions something that the object does not have.
    pub(super) is_possible: bool,
}

/// Keys below an object, of which the first `there` exist; all of them where a value at their end is as bad as none.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Missing {
    /// The more of a way exists, the more likely it is meant; so the order is the other way round.
    there: std::cmp::Reverse<usize>,
    keys: Vec<String>,
}

impl Search<'_> {
    pub(super) fn lack(&mut self, base: &Value, path: &[Segment], probes: &[Value]) -> Result<Lack, Spent> {
        let (there, missing): (Vec<Missing>, Vec<Missing>) =
            self.missing(base, path).into_iter().partition(Missing::is_there);
        let is_possible = !missing.is_empty();
        let mut missing: Vec<Missing> =
            there.into_iter().take(MOST_THERE).chain(missing.into_iter().take(MOST_WAYS)).collect();
        self.drop_conditions(base, path, &mut missing)?;
        for probe in probes.iter().filter(|_| !missing.is_empty()) {
            if let Some(one) = self.helping(base, path, &missing, probe, usize::from(*probe == Value::Bool(true)))? {
                let whole = one.path(path, one.keys.len());
                let cause = match one.is_there() {
                    true => Cause::new(whole, Grade::Value),
                    false => Cause { missing: Some(whole), ..Cause::new(one.path(path, one.there.0), Grade::Lacks) },
                };
                return Ok(Lack { confirmed: Some(cause), is_possible });
            }
        }
        Ok(Lack { confirmed: None, is_possible })
    }

    /// Leaves of what is there only values that are as bad as none: without the others the result is gone, they are what the rule asks
    /// first.
    fn drop_conditions(&mut self, base: &Value, path: &[Segment], ways: &mut Vec<Missing>) -> Result<(), Spent> {
        let there: Vec<Vec<Segment>> =
            ways.iter().filter(|way| way.is_there()).map(|way| way.path(path, way.keys.len())).collect();
        let without = |paths: &[Vec<Segment>]| paths.iter().fold(base.clone(), |input, path| with(&input, path, None));
        let mut is_bad = |input: Value| -> Result<bool, Spent> {
            Ok(self.oracle.presence(&input, &Value::Undefined, &Value::Undefined)? != Presence::Gone)
        };
        if there.is_empty() || is_bad(without(&there))? {
            return Ok(());
        }
        let mut kept = Vec::new();
        for one in there.iter().filter(|_| there.len() > 1) {
            if is_bad(without(std::slice::from_ref(one)))? {
                kept.push(one.clone());
            }
        }
        ways.retain(|way| !way.is_there() || kept.contains(&way.path(path, way.keys.len())));
        Ok(())
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
            if way.is_there() || at(&input, &whole).is_none() {
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

    /// There is a value at its end.
    fn is_there(&self) -> bool {
        self.there.0 == self.keys.len()
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
        // What tells objects apart says nothing of how they are, and inside objects are other ways.
        let is_judged = match value {
            Value::Object(_) => false,
            Value::Array(_) => !keys.is_empty(),
            _ => !keys.is_empty() && keys.len() == steps.len(),
        };
        let last = keys.last().map(|key| Segment::Key(key.clone()));
        (is_judged && !is_identity(last.as_slice())).then_some(Missing { there: std::cmp::Reverse(keys.len()), keys })
    }
}
