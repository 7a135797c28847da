//! Texts as short as the API allows.

/// Characters of one warning, and of all: API servers cut and drop what is longer.
const LONGEST_WARNING: usize = 256;
const MOST_OF_WARNINGS: usize = 4096;
/// Kept for the last warning, which says how many there are more.
const FOR_THE_REST: usize = 32;
/// Characters of the name of an annotation.
const LONGEST_KEY: usize = 63;

/// The text on one line, cut behind so many characters. A character that steers terminals becomes a blank: warnings are shown by
/// command-line tools.
pub(super) fn cut(text: &str, most: usize) -> String {
    let plain = || text.chars().map(|one| if one.is_control() { ' ' } else { one });
    if plain().count() <= most {
        return plain().collect();
    }
    plain().take(most - 1).chain(['…']).collect()
}

/// As many warnings as are shown, and how many more there are.
pub(super) fn warnings(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut left = MOST_OF_WARNINGS - FOR_THE_REST;
    let mut kept = Vec::new();
    let mut dropped = 0;
    for warning in all {
        let warning = cut(&warning, LONGEST_WARNING);
        match left.checked_sub(warning.chars().count()).filter(|_| dropped == 0) {
            Some(rest) => {
                left = rest;
                kept.push(warning);
            }
            None => dropped += 1,
        }
    }
    if dropped > 0 {
        kept.push(format!("and {dropped} more"));
    }
    kept
}

/// A rule id as the name of an annotation: letters, digits, `-`, `_` and `.`, a letter or digit at both ends.
pub(super) fn annotation_key(rule: &str) -> String {
    let allowed = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.');
    let key: String = rule.chars().map(|one| if allowed(one) { one } else { '.' }).take(LONGEST_KEY).collect();
    let key = key.trim_matches(|one: char| !one.is_ascii_alphanumeric());
    if key.is_empty() { "rule".to_owned() } else { key.to_owned() }
}
