//! Counts as people write them: `1 finding`, `2 findings`, `62,110 records`, `2 critical, 3 high`.

use model::Severity;

/// The number with its noun, which takes an `s` unless the number is one.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{} {}", grouped(number as u64), plural(number, noun))
}

/// The noun as it follows the number.
pub(crate) fn plural(number: usize, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if number == 1 => noun.to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// Digits in groups of three.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// Bytes in the largest decimal unit that leaves a whole part: `41.2 kB`.
pub(crate) fn bytes(number: u64) -> String {
    let units = ["kB", "MB", "GB", "TB", "PB", "EB"];
    let mut amount = number as f64;
    let mut unit = "B";
    for larger in units {
        if amount < 999.95 {
            break;
        }
        amount /= 1000.0;
        unit = larger;
    }
    if unit == "B" { format!("{number} B") } else { format!("{amount:.1} {unit}") }
}

/// `2 critical, 3 high`, worst first; empty for none.
pub(crate) fn severities(all: impl Iterator<Item = Severity>) -> String {
    let mut numbers = [0_usize; Severity::WORST_FIRST.len()];
    for severity in all {
        if let Some(place) = Severity::WORST_FIRST.iter().position(|other| *other == severity) {
            numbers[place] += 1;
        }
    }
    let pairs = numbers.iter().zip(Severity::WORST_FIRST).filter(|(number, _)| **number > 0);
    pairs.map(|(number, severity)| format!("{} {severity}", grouped(*number as u64))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_these() {
        assert_eq!(count(1, "vulnerability"), "1 vulnerability");
        assert_eq!(count(1_000, "vulnerability"), "1,000 vulnerabilities");
        assert_eq!(count(2, "day"), "2 days");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(
            [bytes(999), bytes(1_000), bytes(999_950), bytes(u64::MAX)],
            ["999 B", "1.0 kB", "1.0 MB", "18.4 EB"]
        );
        assert_eq!(severities([Severity::Low, Severity::High, Severity::Low].into_iter()), "1 high, 2 low");
    }
}
