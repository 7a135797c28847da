//! Whether two results are the same but for what was changed in the document.

use std::collections::BTreeSet;

use crate::rego::Value;

/// Words that may stand at the end of a message and that nobody changed: a rule may word an absence differently.
const MOST_NEW_WORDS: usize = 3;

/// The words in a value's scalars.
pub(super) struct Words(BTreeSet<String>);

impl Words {
    pub(super) fn of(value: &Value) -> Words {
        let mut words = BTreeSet::new();
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items.iter()),
                Value::Object(members) => open.extend(members.values()),
                Value::String(text) => words.extend(split(text).map(str::to_owned)),
                Value::Undefined => {}
                other => words.extend(split(&other.to_string()).map(str::to_owned)),
            }
        }
        Words(words)
    }
}

/// Whether `other` says what `result` says, but for words of what was changed and for numbers (places in lists move).
pub(super) fn is_reworded(result: &Value, other: &Value, old: &Words, new: &Words) -> bool {
    let (result, other) = (message(result), message(other));
    let keep = |words: &Words, word: &str| !is_number(word) && !words.0.contains(word);
    let kept: Vec<&str> = split(&result).filter(|word| keep(old, word)).collect();
    let mut rest: Vec<&str> = split(&other).filter(|word| keep(new, word)).collect();
    for word in &kept {
        match rest.iter().position(|other| other == word) {
            Some(place) => drop(rest.swap_remove(place)),
            None => return false,
        }
    }
    rest.len() <= MOST_NEW_WORDS
}

/// What a result says.
pub(super) fn message(result: &Value) -> String {
    let text = |value: &Value| value.as_string().map(|text| text.to_string()).ok();
    let named = |name: &str| match result {
        Value::Object(members) => members.get(&Value::from(name)).and_then(text),
        _ => None,
    };
    text(result).or_else(|| named("msg")).or_else(|| named("message")).unwrap_or_else(|| result.to_string())
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(result: &str, other: &str, old: &str, new: &str) -> bool {
        let value = |text: &str| Value::from(text);
        is_reworded(&value(result), &value(other), &Words::of(&value(old)), &Words::of(&value(new)))
    }

    #[test]
    fn only_what_was_changed_may_differ() {
        assert!(check("container web runs as root", "container probe runs as root", "web", "probe"));
        assert!(check("container 3 runs as root", "container 2 runs as root", "", ""));
        assert!(!check("container web is privileged", "container web has no limits", "true", ""));
        assert!(!check("set privileged to false", "set runAsNonRoot to true", "true", ""));
        assert!(check("image nginx has no tag", "image  has no tag", "nginx", ""));
    }
}
