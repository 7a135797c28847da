//! The rolling hash of source lines that code-scanning services compute themselves, so that theirs and ours agree.
//!
//! Source: the fingerprints of `github/codeql-action` (a window of 100 characters without blanks and tabs, base 37,
//! 64 bits wrapping; `hash:occurrence`).

use std::collections::HashMap;

use model::{LineIndex, word_of};

const WINDOW: usize = 100;
const BASE: u64 = 37;
/// Marks the end of the text.
const END: u16 = u16::MAX;
const LINE_END: u16 = b'\n' as u16;
/// Beyond it an offset of the index may not be one.
const LARGEST: usize = u32::MAX as usize;
/// Lines are hashed one by one while no more than so many were looked at; beyond that all of them are, at once.
const MOST_COMPARED: usize = 1 << 20;

/// The hashes of the lines of one text.
pub(crate) struct LineHashes<'t> {
    text: &'t [u8],
    /// A unit is a byte and a line ends in one way, as in most texts.
    is_plain: bool,
    /// Of such a text: the lines that begin alike, by how they begin.
    alike: HashMap<Head, Vec<Start>>,
    compared: usize,
    all: Option<All>,
}

/// The first two units of a line. Lines with the same window have the same.
type Head = [u8; 2];

/// Where a line starts.
#[derive(Clone, Copy)]
struct Start {
    line: u32,
    offset: u32,
    /// Lines with the same window have the same.
    key: u32,
}

/// The sums of all lines, and which of its equals each is.
struct All {
    sums: Vec<u64>,
    occurrences: Vec<u32>,
}

impl<'t> LineHashes<'t> {
    pub(crate) fn of(text: &'t [u8], index: &LineIndex<'_>) -> LineHashes<'t> {
        let is_plain = text.len() <= LARGEST && index.is_ascii() && memchr::memchr(b'\r', text).is_none();
        LineHashes { text, is_plain, alike: HashMap::new(), compared: 0, all: None }
    }

    /// The hash of a line by its 0-based number. `index` is the one of the text.
    pub(crate) fn get(&mut self, index: &LineIndex<'_>, line: usize) -> Option<String> {
        let (sum, occurrence) = match self.one(index.starts(), line) {
            Some(found) => found,
            None => {
                let all = self.all.get_or_insert_with(|| All::of(self.text));
                (*all.sums.get(line)?, *all.occurrences.get(line)?)
            }
        };
        Some(format!("{sum:x}:{occurrence}"))
    }

    /// The sum over the window of one line, and how many lines up to it have that window. `None` where all lines are better hashed at
    /// once, and of a line that there is not.
    fn one(&mut self, starts: &[u32], line: usize) -> Option<(u64, u32)> {
        if !self.is_plain || self.compared > MOST_COMPARED {
            return None;
        }
        let text = self.text;
        let head = head(line_of(text, starts, line)?);
        let alike = self.alike.entry(head).or_insert_with(|| {
            self.compared += starts.len();
            alike(text, starts, head)
        });
        let before = alike.partition_point(|start| (start.line as usize) < line);
        self.compared += before;
        let window = |start: &Start| units(&text[start.offset as usize..]).take(WINDOW);
        let own = alike.get(before)?;
        let is_same = |other: &&Start| other.key == own.key && window(other).eq(window(own));
        let occurrence = alike[..before].iter().filter(is_same).count() as u32 + 1;
        let padded = window(own).map(u16::from).chain([END]).chain(std::iter::repeat(0)).take(WINDOW);
        let sum = padded.fold(0_u64, |sum, unit| sum.wrapping_mul(BASE).wrapping_add(u64::from(unit)));
        Some((sum, occurrence))
    }
}

impl All {
    fn of(text: &[u8]) -> All {
        let mut window = Window::new();
        if is_plain(text) {
            units(text).for_each(|byte| window.enter(u16::from(byte)));
        } else {
            squeeze(&String::from_utf8_lossy(text), |unit| window.enter(unit));
        }
        let sums = window.end();
        All { occurrences: occurrences(&sums), sums }
    }
}

fn is_plain(text: &[u8]) -> bool {
    text.is_ascii() && memchr::memchr(b'\r', text).is_none()
}

/// The bytes that count.
fn units(text: &[u8]) -> impl Iterator<Item = u8> {
    text.iter().copied().filter(|byte| !is_blank(*byte))
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// A line with its break.
fn line_of<'t>(text: &'t [u8], starts: &[u32], line: usize) -> Option<&'t [u8]> {
    let end = starts.get(line + 1).map_or(text.len(), |next| *next as usize);
    text.get(*starts.get(line)? as usize..end)
}

fn head(line: &[u8]) -> Head {
    let Some(first) = line.iter().position(|byte| !is_blank(*byte)) else { return Head::default() };
    let second = line[first + 1..].iter().find(|byte| !is_blank(**byte));
    [line[first], second.copied().unwrap_or_default()]
}

/// The lines that begin so, in their order. Of a lockfile a line of each package does, and others need not be looked at further.
fn alike(text: &[u8], starts: &[u32], begin: Head) -> Vec<Start> {
    let lines =
        starts.iter().enumerate().filter_map(|(line, offset)| Some((line, *offset, line_of(text, starts, line)?)));
    let lines = lines.filter(|(.., bytes)| head(bytes) == begin);
    lines.map(|(line, offset, bytes)| Start { line: line as u32, offset, key: key(bytes) }).collect()
}

/// The sum of the line's units where its window holds all of them, and one value for all longer lines.
fn key(line: &[u8]) -> u32 {
    let (words, tail) = line.as_chunks::<8>();
    let (mut count, mut key) = (0, 0);
    for word in words.iter().map(|word| u64::from_le_bytes(*word)).chain([word_of(tail, b' ')]) {
        let blanks = blanks(word);
        count += 8 - (blanks.wrapping_mul(ONES) >> 56);
        let word = word & !(blanks * 0xFF);
        // Neighbours are added up, in four lanes of which none overflows: 100 units are in the window.
        key += (word & LANES) + (word >> 8 & LANES);
        if count > WINDOW as u64 {
            return 0;
        }
    }
    (key.wrapping_mul(0x0001_0001_0001_0001) >> 48) as u32
}

/// One in every byte, and every other byte.
const ONES: u64 = u64::MAX / 255;
const LANES: u64 = 0x00FF_00FF_00FF_00FF;

/// One in every byte of ASCII that is a blank or a tab.
fn blanks(word: u64) -> u64 {
    let zeros = |word: u64| !((word + ONES * 0x7F) | word) >> 7 & ONES;
    zeros(word ^ (ONES * u64::from(b' '))) | zeros(word ^ (ONES * u64::from(b'\t')))
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
        let index = LineIndex::new(text.as_bytes());
        let mut hashes = LineHashes::of(text.as_bytes(), &index);
        (0..).map_while(|line| hashes.get(&index, line)).collect()
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
    fn keys_do_not_depend_on_blanks() {
        for length in [0, 1, 7, 8, 9, 63, 99, 100, 101, 300] {
            let line: Vec<u8> = (0..length).map(|at| b'!' + (at * 7 % 90) as u8).collect();
            let spread: Vec<u8> = line.iter().flat_map(|byte| [b' ', *byte, b'\t']).collect();
            let sum: u32 = line.iter().map(|byte| u32::from(*byte)).sum();
            let expected = if length > WINDOW { 0 } else { sum };
            assert_eq!((key(&line), key(&spread)), (expected, expected), "{length}");
        }
    }

    #[test]
    fn equal_lines_are_numbered() {
        let tail = "x".repeat(200);
        let hashes = line_hashes(&format!("{tail}\n{tail}\n{tail}\n"));
        assert!(hashes[0].ends_with(":1") && hashes[1].ends_with(":2"), "{hashes:?}");
    }

    #[test]
    fn one_by_one_and_all_at_once_are_alike() {
        let text = "same line\n\n \tother\n".repeat(100) + "a long one ".repeat(30).as_str() + "\n\t\nend";
        let index = LineIndex::new(text.as_bytes());
        let (mut each, all) = (LineHashes::of(text.as_bytes(), &index), All::of(text.as_bytes()));
        let of_all = |line: usize| format!("{:x}:{}", all.sums[line], all.occurrences[line]);
        assert!((0..all.sums.len()).all(|line| each.get(&index, line) == Some(of_all(line))));
        assert!(each.all.is_none());
        each.compared = MOST_COMPARED + 1;
        assert_eq!((each.get(&index, 1), each.all.is_some()), (Some(of_all(1)), true));
        assert_eq!(LineHashes::of(text.as_bytes(), &index).get(&index, all.sums.len()), None);
    }
}
