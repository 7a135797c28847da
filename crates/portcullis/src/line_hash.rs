//! The rolling hash of source lines that code-scanning services compute themselves, so that theirs and ours agree.
//!
//! Source: the fingerprints of `github/codeql-action` (a window of 100 characters without blanks and tabs, base 37,
//! 64 bits wrapping; `hash:occurrence`).

use std::collections::HashMap;

const WINDOW: usize = 100;
const BASE: u64 = 37;
/// Marks the end of the text.
const END: u16 = u16::MAX;
const LINE_END: u16 = b'\n' as u16;
/// Lines beyond so many are numbered all at once, those before one by one.
const FEW: u32 = 64;

/// The hashes of the lines of one text.
pub(crate) struct LineHashes {
    sums: Vec<u64>,
    /// Which of its equals each line is, once many were asked for.
    occurrences: Vec<u32>,
    asked: u32,
}

impl LineHashes {
    pub(crate) fn of(text: &[u8]) -> LineHashes {
        let mut window = Window::new();
        // Most texts: a unit is a byte, and one way of ending a line is all there is.
        if text.is_ascii() && !text.contains(&b'\r') {
            let units = text.iter().filter(|byte| !matches!(byte, b' ' | b'\t'));
            units.for_each(|byte| window.enter(u16::from(*byte)));
        } else {
            squeeze(&String::from_utf8_lossy(text), |unit| window.enter(unit));
        }
        LineHashes { sums: window.end(), occurrences: Vec::new(), asked: 0 }
    }

    /// The hash of a line by its 0-based number.
    pub(crate) fn get(&mut self, line: usize) -> Option<String> {
        let sum = *self.sums.get(line)?;
        self.asked += 1;
        if self.asked == FEW {
            self.occurrences = occurrences(&self.sums);
        }
        let occurrence = match self.occurrences.get(line) {
            Some(occurrence) => *occurrence as usize,
            None => self.sums[..=line].iter().filter(|other| **other == sum).count(),
        };
        Some(format!("{sum:x}:{occurrence}"))
    }
}

/// The last units of a text, and the sum over them.
struct Window {
    units: [u16; Window::ROOM],
    /// Where the next one goes.
    at: usize,
    sum: u64,
    /// What a unit weighs that leaves.
    oldest: u64,
    /// The sums over the windows that start with each line.
    sums: Vec<u64>,
}

impl Window {
    /// A power of two: places are found without a division.
    const ROOM: usize = WINDOW.next_power_of_two();

    /// As if a line had ended before the text, and nothing had been before that.
    fn new() -> Window {
        let mut units = [0; Window::ROOM];
        units[Window::ROOM - 1] = LINE_END;
        let oldest = (0..WINDOW).fold(1_u64, |power, _| power.wrapping_mul(BASE));
        Window { units, at: 0, sum: u64::from(LINE_END), oldest, sums: Vec::new() }
    }

    /// A unit comes, the oldest leaves. If that ended a line, the window is the one that starts with the next.
    #[inline]
    fn enter(&mut self, unit: u16) {
        let leaving = self.units[self.at.wrapping_sub(WINDOW) % Window::ROOM];
        self.units[self.at % Window::ROOM] = unit;
        self.at = self.at.wrapping_add(1);
        let change = u64::from(unit).wrapping_sub(self.oldest.wrapping_mul(u64::from(leaving)));
        self.sum = self.sum.wrapping_mul(BASE).wrapping_add(change);
        if leaving == LINE_END {
            self.sums.push(self.sum);
        }
    }

    /// At the end there is a mark, and behind it are zeros.
    fn end(mut self) -> Vec<u64> {
        self.enter(END);
        (1..WINDOW).for_each(|_| self.enter(0));
        self.sums
    }
}

/// Calls `each` with the units that count, with one way of ending a line.
fn squeeze(text: &str, mut each: impl FnMut(u16)) {
    const RETURN: u16 = b'\r' as u16;
    let mut after_return = false;
    for unit in text.encode_utf16() {
        let is_blank = unit == u16::from(b' ') || unit == u16::from(b'\t');
        let ends_nothing = after_return && unit == LINE_END;
        if !is_blank && !ends_nothing {
            each(if unit == RETURN { LINE_END } else { unit });
        }
        after_return = unit == RETURN;
    }
}

fn occurrences(sums: &[u64]) -> Vec<u32> {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let mut number = |sum: &u64| {
        let occurrence = seen.entry(*sum).or_default();
        *occurrence += 1;
        *occurrence
    };
    sums.iter().map(&mut number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line_hashes(text: &str) -> Vec<String> {
        let mut hashes = LineHashes::of(text.as_bytes());
        (0..).map_while(|line| hashes.get(line)).collect()
    }

    /// Recomputes one line's hash from the definition: the sum over the window that starts there.
    fn naive(units: &[u16], start: usize) -> u64 {
        (0..WINDOW).fold(0_u64, |sum, offset| {
            sum.wrapping_mul(BASE).wrapping_add(u64::from(units.get(start + offset).copied().unwrap_or(0)))
        })
    }

    #[test]
    fn agrees_with_the_definition() {
        let text = "first line\n\tsecond\r\nthird\n".repeat(9);
        let squeezed = text.replace("\r\n", "\n").replace([' ', '\t'], "");
        let units: Vec<u16> = squeezed.encode_utf16().chain([END]).collect();
        let mut starts = vec![0];
        starts.extend(units.iter().enumerate().filter(|(_, unit)| **unit == u16::from(b'\n')).map(|(at, _)| at + 1));
        let hashes = line_hashes(&text);
        assert_eq!(hashes.len(), starts.len());
        for (hash, start) in hashes.iter().zip(starts) {
            let (sum, _) = hash.split_once(':').expect("hash and occurrence");
            assert_eq!(sum, format!("{:x}", naive(&units, start)));
        }
    }

    /// Values that the action's own tests expect.
    #[test]
    fn agrees_with_the_action() {
        let expected = ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"];
        assert_eq!(line_hashes(" a\nb\n  \t\tc\n d"), expected);
    }

    #[test]
    fn equal_lines_are_numbered() {
        let tail = "x".repeat(200);
        let hashes = line_hashes(&format!("{tail}\n{tail}\n{tail}\n"));
        assert!(hashes[0].ends_with(":1") && hashes[1].ends_with(":2"), "{hashes:?}");
    }

    #[test]
    fn many_and_few_are_numbered_alike() {
        let text = "same line\n".repeat(300);
        let of_many = line_hashes(&text);
        let of_one = |line: usize| LineHashes::of(text.as_bytes()).get(line);
        assert!((0..300).all(|line| of_one(line).as_ref() == of_many.get(line)));
    }
}
