//! `regex.globs_match`: whether two patterns of characters, `.`, `[a-z]`, `*` and `+` have a text in common.

use std::collections::BTreeSet;

use regorus::Value;

/// Pairs of places that are looked at, at most.
const MOST_PAIRS: usize = 1 << 20;

/// Whether a text that is not empty fits both patterns. A pattern that is none has no answer.
pub(super) fn call(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(left), Value::String(right)] = arguments else { return Ok(Value::Undefined) };
    let (Some(left), Some(right)) = (tokens(left), tokens(right)) else { return Ok(Value::Undefined) };
    if (left.len() + 1).saturating_mul(right.len() + 1) > MOST_PAIRS {
        anyhow::bail!("regex.globs_match: patterns are longer than the limit of {MOST_PAIRS} pairs of characters");
    }
    Ok(Value::Bool(has_common_text(&left, &right)))
}

/// One character of a pattern.
struct Token {
    ranges: Vec<(char, char)>,
    /// It may be missing.
    is_optional: bool,
    /// It may come again.
    repeats: bool,
}

/// Places in both patterns that the same text leads to; and whether it has a character.
type State = (usize, usize, bool);

fn has_common_text(left: &[Token], right: &[Token]) -> bool {
    let mut seen: BTreeSet<State> = BTreeSet::new();
    let mut open: Vec<State> = vec![(0, 0, false)];
    while let Some(state) = open.pop() {
        if !seen.insert(state) {
            continue;
        }
        let (at, other, has_text) = state;
        if at == left.len() && other == right.len() && has_text {
            return true;
        }
        let (token, opposite) = (left.get(at), right.get(other));
        if token.is_some_and(|token| token.is_optional) {
            open.push((at + 1, other, has_text));
        }
        if opposite.is_some_and(|token| token.is_optional) {
            open.push((at, other + 1, has_text));
        }
        let (Some(token), Some(opposite)) = (token, opposite) else { continue };
        if token.overlaps(opposite) {
            open.push((at + 1, other + 1, true));
            if token.repeats {
                open.push((at, other + 1, true));
            }
            if opposite.repeats {
                open.push((at + 1, other, true));
            }
            if token.repeats && opposite.repeats {
                open.push((at, other, true));
            }
        }
    }
    false
}

impl Token {
    fn overlaps(&self, other: &Token) -> bool {
        self.ranges.iter().any(|(first, last)| other.ranges.iter().any(|(start, end)| first <= end && start <= last))
    }
}

fn tokens(pattern: &str) -> Option<Vec<Token>> {
    let mut characters = pattern.chars().peekable();
    let mut tokens = Vec::new();
    while let Some(character) = characters.next() {
        let ranges = match character {
            '.' => vec![('\0', char::MAX)],
            '[' => set(&mut characters)?,
            ']' | '*' | '+' => return None,
            '\\' => characters.next().map(|escaped| vec![(escaped, escaped)])?,
            other => vec![(other, other)],
        };
        let flag = characters.next_if(|next| matches!(next, '*' | '+'));
        tokens.push(Token { ranges, is_optional: flag == Some('*'), repeats: flag.is_some() });
    }
    Some(tokens)
}

/// The characters of a set, up to its bracket.
fn set(characters: &mut impl Iterator<Item = char>) -> Option<Vec<(char, char)>> {
    let mut ranges: Vec<(char, char)> = Vec::new();
    let mut is_range = false;
    loop {
        let character = match characters.next()? {
            ']' => return (!ranges.is_empty() && !is_range).then_some(ranges),
            '-' if !is_range && !ranges.is_empty() => {
                is_range = true;
                continue;
            }
            '\\' => characters.next()?,
            other => other,
        };
        if is_range {
            let (first, last) = ranges.last_mut()?;
            *last = character;
            if first > last {
                return None;
            }
            is_range = false;
        } else {
            ranges.push((character, character));
        }
    }
}
