//! `semver.is_valid` and `semver.compare`: OPA lets a version begin with `v`, as tags of images do.

use std::cmp::Ordering;

use anyhow::Context as _;
use regorus::Value;

use super::super::meter::is_strict;

/// Numbers, and the words of a pre-release.
struct Version<'t> {
    numbers: [u64; 3],
    pre_release: Option<Vec<&'t str>>,
}

pub(super) fn is_valid(given: &[Value]) -> anyhow::Result<Value> {
    Ok(Value::Bool(matches!(given, [Value::String(text)] if parse(text).is_some())))
}

/// -1, 0 or 1.
pub(super) fn compare(given: &[Value]) -> anyhow::Result<Value> {
    match compared(given) {
        // What is wrong has no answer, and is said: see `Program::ask`.
        Err(_) if !is_strict() => Ok(Value::Undefined),
        answer => answer,
    }
}

fn compared(given: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(left), Value::String(right)] = given else {
        anyhow::bail!("`semver.compare` takes two strings")
    };
    let read = |text: &'_ str| format!("`{text}` is no semantic version");
    let (first, second) = (parse(left).with_context(|| read(left))?, parse(right).with_context(|| read(right))?);
    let order = first.numbers.cmp(&second.numbers).then_with(|| by_pre_release(&first, &second));
    Ok(Value::from(order as i64))
}

fn parse(text: &str) -> Option<Version<'_>> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    let (numbers, pre_release) = text.split_once('-').map_or((text, None), |(numbers, rest)| (numbers, Some(rest)));
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_plain = |word: &str| word == "0" || !(word.starts_with('0') && is_number(word));
    let has_words = |words: &str| words.split('.').all(|word| is_word(word) && is_plain(word));
    if !build.is_none_or(|build| build.split('.').all(is_word)) || !pre_release.is_none_or(has_words) {
        return None;
    }
    let mut parts =
        numbers.split('.').map(|part| if is_number(part) && is_plain(part) { part.parse().ok() } else { None });
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    let pre_release = pre_release.map(|words| words.split('.').collect());
    parts.next().is_none().then_some(Version { numbers, pre_release })
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A version without comes after those with.
fn by_pre_release(left: &Version<'_>, right: &Version<'_>) -> Ordering {
    let (left, right) = match (&left.pre_release, &right.pre_release) {
        (None, None) => return Ordering::Equal,
        (None, Some(_)) => return Ordering::Greater,
        (Some(_), None) => return Ordering::Less,
        (Some(left), Some(right)) => (left, right),
    };
    let words = left.iter().zip(right).map(|(left, right)| by_word(left, right));
    words.fold(Ordering::Equal, Ordering::then).then(left.len().cmp(&right.len()))
}

/// Numbers by their size and before words.
fn by_word(left: &str, right: &str) -> Ordering {
    match (is_number(left), is_number(right)) {
        (true, true) => left.len().cmp(&right.len()).then_with(|| left.cmp(right)),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => left.cmp(right),
    }
}
