//! Counts as people write them: `1 finding`, `2 findings`.

/// The number with its noun, which takes an `s` unless the number is one.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
