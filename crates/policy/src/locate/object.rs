//! An object that is necessary: which of its members is, and is one of them the cause?

use std::cmp::Reverse;

use model::Segment;

use super::absence::Lack;
use super::oracle::{Presence, Spent};
use super::{Cause, Grade, Search, child, is_identity, probe};
use crate::rego::{Value, at, with};

/// Members that are asked about although the rule does not mention their keys: it may go over all members.
const MOST_UNMENTIONED: usize = 24;

/// What is looked at first: what the message names, in its order, what is rather judged than names something, what is large.
type Rank = (usize, u8, Reverse<usize>);

/// So far below a member a value is looked for that the message names.
const DEEPEST_NAMED: usize = 4;

/// The paths of an object's members, the most promising first.
#[derive(Default)]
struct Members {
    /// Objects and arrays whose keys the rule mentions: lists of which the message names an item, then large ones: conditions are small.
    compound: Vec<Vec<Segment>>,
    /// The other members whose keys it mentions; those that tell objects apart come last.
    scalars: Vec<Vec<Segment>>,
    others: Vec<Vec<Segment>>,
}

impl Search<'_> {
    pub(super) fn explain_object(&mut self, base: &Value, path: &[Segment]) -> Result<Cause, Spent> {
        let Members { compound, scalars, others } = self.members(base, path);
        let mut best = self.best_of(base, &compound)?;
        if let Some(sure) = best.take_if(|cause| cause.is_sure()) {
            return Ok(sure);
        }
        // What has been found further down is no cause of its own: here only the likeliest is tried.
        let is_deepest = best.is_none();
        let names_scalar = scalars.iter().any(|path| !is_identity(path) && self.is_named(at(base, path)));
        let mut lack = Lack::default();
        if !names_scalar {
            lack = self.lack(base, path, &probe::likeliest())?;
            if let Some(cause) = lack.confirmed {
                return Ok(cause);
            }
        }
        if let Some(scalar) = self.best_of(base, &scalars)? {
            best = Some(Cause::better(best, self.look_again(base, scalar)?));
        }
        if best.is_none() {
            best = self.best_of(base, &others[..others.len().min(MOST_UNMENTIONED)])?;
        }
        if let Some(sure) = best.take_if(|cause| cause.is_sure()) {
            return Ok(sure);
        }
        if names_scalar || is_deepest {
            let probes =
                if names_scalar { probe::where_missing(self.mentions) } else { probe::unlikelier(self.mentions) };
            lack = self.lack(base, path, &probes)?;
            if let Some(cause) = lack.confirmed {
                return Ok(cause);
            }
        }
        match best {
            // A name in the message is the subject only where nothing can be missing.
            Some(cause) if lack.is_possible && (cause.grade == Grade::NamedIdentity || is_chosen_by(&cause)) => {
                Ok(Cause::new(path.to_vec(), Grade::Whole))
            }
            Some(cause) => Ok(cause),
            None => self.any_of(base, path, &compound),
        }
    }

    fn is_named(&self, value: Option<&Value>) -> bool {
        matches!(value, Some(Value::String(text)) if text.len() > 1 && self.oracle.message().contains(&**text))
    }

    /// Which word of the message is a value inside of a member; the largest number if none is.
    fn named_at(&self, said: &[&str], path: &[Segment], value: &Value, depth: usize) -> usize {
        let first = |text: &str| said.iter().position(|word| *word == text).unwrap_or(usize::MAX);
        match value {
            // What tells objects apart is in any message.
            _ if is_identity(path) => usize::MAX,
            Value::String(text) if text.len() > 2 => first(&text.to_lowercase()),
            Value::Number(_) => first(&value.to_string()),
            Value::Array(items) => {
                items.iter().map(|item| self.named_at(said, &[], item, 0)).min().unwrap_or(usize::MAX)
            }
            Value::Object(members) if depth > 0 => {
                let members =
                    members.iter().filter_map(|(key, value)| Some((key.as_string().ok()?.to_string(), value)));
                let places = members.filter(|(key, _)| self.mentions.words.contains(key));
                let below =
                    |(key, value): (String, &Value)| self.named_at(said, &[Segment::Key(key)], value, depth - 1);
                places.map(below).min().unwrap_or(usize::MAX)
            }
            _ => usize::MAX,
        }
    }

    fn members(&self, base: &Value, path: &[Segment]) -> Members {
        let Some(Value::Object(members)) = at(base, path) else { return Members::default() };
        // What the whole document lists is rather a condition: the events that start a workflow.
        let is_outermost = path.is_empty();
        let said = self.oracle.message().to_lowercase();
        let said: Vec<&str> = said.split(|c: char| !(c.is_alphanumeric() || "-_./:*~".contains(c))).collect();
        let mut ranked: Vec<(Rank, Vec<Segment>, bool)> = members
            .iter_sorted()
            .filter_map(|(key, value)| {
                let key = key.as_string().ok()?.to_string();
                let is_mentioned = self.mentions.words.contains(&key);
                let path = child(path, Segment::Key(key));
                // Of lists it is enough that an item is named; which of two words comes first is chance where both stand beside each other.
                let place = match value {
                    _ if is_outermost => usize::MAX,
                    Value::Array(_) if self.named_at(&said, &path, value, 0) < usize::MAX => 0,
                    Value::Object(_) => self.named_at(&said, &path, value, DEEPEST_NAMED).saturating_add(1),
                    _ => usize::MAX,
                };
                // A rule may reach what the message names by a library that mentions no key.
                let is_mentioned = is_mentioned || (place < usize::MAX && matches!(value, Value::Object(_)));
                Some(((place, rank(&path), Reverse(size(value))), path, is_mentioned))
            })
            .collect();
        ranked.sort();
        let mut sorted = Members::default();
        for (_, path, is_mentioned) in ranked {
            let list = match (is_mentioned, is_compound(at(base, &path))) {
                (false, _) => &mut sorted.others,
                (true, true) => &mut sorted.compound,
                (true, false) => &mut sorted.scalars,
            };
            list.push(path);
        }
        sorted
    }

    /// The surest cause among pieces, of those that are necessary.
    pub(super) fn best_of(&mut self, base: &Value, pieces: &[Vec<Segment>]) -> Result<Option<Cause>, Spent> {
        let mut best: Option<Cause> = None;
        for piece in pieces {
            let Some(old) = at(base, piece) else { continue };
            let without = with(base, piece, None);
            if self.oracle.presence(&without, old, &Value::Undefined)? != Presence::Gone {
                continue;
            }
            best = Some(Cause::better(best, self.explain(base, piece)?));
            if best.as_ref().is_some_and(Cause::is_sure) {
                break;
            }
        }
        Ok(best)
    }

    /// No piece alone is necessary, but together they are: each may be enough on its own, and so each is a cause.
    pub(super) fn any_of(&mut self, base: &Value, whole: &[Segment], pieces: &[Vec<Segment>]) -> Result<Cause, Spent> {
        let mut causes: Vec<Cause> = Vec::new();
        if pieces.len() > 1 && self.is_gone_without_all(base, pieces)? {
            for piece in pieces {
                let alone = without(base, pieces.iter().filter(|other| *other != piece));
                if self.oracle.presence(&alone, &Value::Undefined, &Value::Undefined)? == Presence::There {
                    causes.push(self.explain(&alone, piece)?);
                }
            }
        } else if matches!(pieces.first().and_then(|piece| piece.last()), Some(Segment::Index(_))) {
            // Nothing in place of an element is as bad as the element: what counts is what could be put into it.
            for piece in pieces.iter().filter(|piece| matches!(at(base, piece), Some(Value::Object(_)))) {
                causes.extend(self.lack(base, piece, &probe::where_missing(self.mentions))?.confirmed);
            }
        }
        let mut causes = causes.into_iter();
        let Some(mut first) = causes.next() else { return Ok(Cause::new(whole.to_vec(), Grade::Whole)) };
        first.others = causes.flat_map(|cause| std::iter::once(cause.path).chain(cause.others)).collect();
        Ok(first)
    }

    fn is_gone_without_all(&mut self, base: &Value, pieces: &[Vec<Segment>]) -> Result<bool, Spent> {
        let nothing = without(base, pieces.iter());
        Ok(self.oracle.presence(&nothing, &Value::Undefined, &Value::Undefined)? == Presence::Gone)
    }
}

/// Without some pieces: elements become `null`, so that others stay in their places; members go.
fn without<'p>(base: &Value, pieces: impl Iterator<Item = &'p Vec<Segment>>) -> Value {
    pieces.fold(base.clone(), |value, piece| {
        let new = matches!(piece.last(), Some(Segment::Index(_))).then_some(Value::Null);
        with(&value, piece, new)
    })
}

/// The kind of the whole document, by which rules choose what they judge.
fn is_chosen_by(cause: &Cause) -> bool {
    cause.grade == Grade::Identity && matches!(&cause.path[..], [Segment::Key(key)] if key == "kind")
}

/// Names are rather judged than kinds and commands, and both less than all else.
fn rank(path: &[Segment]) -> u8 {
    match path.last() {
        Some(Segment::Key(key)) if key == "name" => 1,
        _ if is_identity(path) => 2,
        _ => 0,
    }
}

fn is_compound(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Object(_) | Value::Array(_)))
}

/// The number of values inside, as far as it matters.
fn size(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}
