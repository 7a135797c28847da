//! An object that is necessary: which of its members is, and is one of them the cause?

use model::Segment;

use super::oracle::{Presence, Spent};
use super::{Cause, Grade, Search, child, is_identity};
use crate::rego::{Value, at, with};

/// Members that are asked about although the rule does not mention their keys: it may go over all members.
const MOST_UNMENTIONED: usize = 24;

impl Search<'_> {
    pub(super) fn explain_object(&mut self, base: &Value, path: &[Segment]) -> Result<Cause, Spent> {
        let (mentioned, others) = self.members(base, path);
        let mut best = self.best_of(base, &mentioned)?;
        if best.is_none() {
            best = self.best_of(base, &others[..others.len().min(MOST_UNMENTIONED)])?;
        }
        if let Some(sure) = best.take_if(|cause| cause.is_sure()) {
            return Ok(sure);
        }
        let lack = self.lack(base, path)?;
        if let Some(cause) = lack.confirmed {
            return Ok(cause);
        }
        match best {
            // What the message names is the subject only where nothing can be missing.
            Some(cause) if cause.grade <= Grade::Named && cause.grade != Grade::Identity && lack.is_possible => {
                Ok(Cause::new(path.to_vec(), Grade::Whole))
            }
            Some(cause) => Ok(cause),
            None => {
                let compound: Vec<_> = mentioned.into_iter().filter(|path| is_compound(at(base, path))).collect();
                self.any_of(base, path, &compound)
            }
        }
    }

    /// The paths of members: those whose keys the rule mentions, the most promising first; and the others.
    fn members(&self, base: &Value, path: &[Segment]) -> (Vec<Vec<Segment>>, Vec<Vec<Segment>>) {
        let Some(Value::Object(members)) = at(base, path) else { return (Vec::new(), Vec::new()) };
        let mut ranked: Vec<(u8, std::cmp::Reverse<usize>, Vec<Segment>, bool)> = members
            .iter_sorted()
            .filter_map(|(key, value)| {
                let key = key.as_string().ok()?.to_string();
                let is_mentioned = self.mentions.words.contains(&key);
                let path = child(path, Segment::Key(key));
                let rank = if is_compound(Some(value)) { 0 } else { 1 + u8::from(is_identity(&path)) };
                Some((rank, std::cmp::Reverse(size(value)), path, is_mentioned))
            })
            .collect();
        ranked.sort();
        let (mentioned, others): (Vec<_>, Vec<_>) = ranked.into_iter().partition(|(.., is_mentioned)| *is_mentioned);
        let paths = |ranked: Vec<(_, _, Vec<Segment>, _)>| ranked.into_iter().map(|(_, _, path, _)| path).collect();
        (paths(mentioned), paths(others))
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
                causes.extend(self.lack(base, piece)?.confirmed);
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
