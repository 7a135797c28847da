//! The rolling hash of source lines that code-scanning services compute themselves, so that theirs and ours agree.
//!
//! Source: the fingerprints of `github/codeql-action` (a window of 100 characters without blanks and tabs, base 37,
//! 64 bits wrapping; `hash:occurrence`).

use std::collections::HashMap;

const WINDOW: usize = 100;
const BASE: u64 = 37;
/// Marks the end of the text.
const END: u16 = u16::MAX;

/// The hash of every line of a text, first line first.
pub(crate) fn line_hashes(text: &str) -> Vec<String> {
    let mut hasher = Hasher::new();
    let mut after_return = false;
    for unit in text.encode_utf16() {
        const SPACE: u16 = b' ' as u16;
        const TAB: u16 = b'\t' as u16;
        const LINE_FEED: u16 = b'\n' as u16;
        const RETURN: u16 = b'\r' as u16;
        if unit == SPACE || unit == TAB || (after_return && unit == LINE_FEED) {
            after_return = false;
            continue;
        }
        after_return = unit == RETURN;
        hasher.push(if unit == RETURN { LINE_FEED } else { unit });
    }
    hasher.push(END);
    hasher.finish()
}

struct Hasher {
    window: [u16; WINDOW],
    /// The line that starts at a place of the window.
    line_starts: [Option<usize>; WINDOW],
    at: usize,
    sum: u64,
    /// What the oldest character weighs.
    oldest: u64,
    at_line_start: bool,
    lines: Vec<String>,
    seen: HashMap<u64, u32>,
}

impl Hasher {
    fn new() -> Hasher {
        let oldest = (0..WINDOW).fold(1_u64, |power, _| power.wrapping_mul(BASE));
        Hasher {
            window: [0; WINDOW],
            line_starts: [None; WINDOW],
            at: 0,
            sum: 0,
            oldest,
            at_line_start: true,
            lines: Vec::new(),
            seen: HashMap::new(),
        }
    }

    fn push(&mut self, unit: u16) {
        self.emit();
        if self.at_line_start {
            self.at_line_start = false;
            self.line_starts[self.at] = Some(self.lines.len());
            self.lines.push(String::new());
        }
        self.at_line_start = unit == u16::from(b'\n');
        self.update(unit);
    }

    /// Writes the hash of the line that began a window ago, now that the window behind it is full.
    fn emit(&mut self) {
        let Some(line) = self.line_starts[self.at].take() else { return };
        let occurrence = self.seen.entry(self.sum).or_default();
        *occurrence += 1;
        self.lines[line] = format!("{:x}:{occurrence}", self.sum);
    }

    fn update(&mut self, unit: u16) {
        let leaving = self.oldest.wrapping_mul(u64::from(self.window[self.at]));
        self.window[self.at] = unit;
        self.sum = self.sum.wrapping_mul(BASE).wrapping_add(u64::from(unit)).wrapping_sub(leaving);
        self.at = (self.at + 1) % WINDOW;
    }

    fn finish(mut self) -> Vec<String> {
        for _ in 0..WINDOW {
            self.emit();
            self.update(0);
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
