//! Records of apk's database, read in place: `X:value` lines up to an empty one.

use model::ProblemKind;

use crate::fault_log::FaultLog;

/// One record: the lines this room reads, the first of each key, and the lines of its files.
pub(super) struct Record<'a> {
    start: Option<u32>,
    lines: [Option<Line<'a>>; KEYS.len()],
    bytes: &'a [u8],
}

/// One line of it.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// 1-based.
    pub(super) number: u32,
    pub(super) key: u8,
    pub(super) value: &'a [u8],
}

/// Iterates over the records of a file.
pub(super) struct Records<'a> {
    bytes: &'a [u8],
    /// Start of the next line.
    at: usize,
    /// 1-based number of the next line.
    number: u32,
}

/// Name, version, architecture, origin, licence, dependencies, provided names, faults of the installation.
const KEYS: &[u8; 8] = b"PVAoLDpf";

impl<'a> Record<'a> {
    /// The first line with this key.
    pub(super) fn line(&self, key: u8) -> Option<Line<'a>> {
        self.lines[slot(key)?]
    }

    /// 1-based line it begins on.
    pub(super) fn start(&self) -> u32 {
        self.start.unwrap_or(1)
    }

    /// Calls with folder and name of each file: `R` names it, the `F` before names its folder.
    pub(super) fn files(&self, mut each: impl FnMut(&[u8], &[u8])) {
        let mut folder: &[u8] = b"";
        for line in self.bytes.split(|byte| *byte == b'\n') {
            match line {
                [b'F', b':', value @ ..] => folder = value.trim_ascii_end(),
                [b'R', b':', value @ ..] => each(folder, value.trim_ascii_end()),
                _ => {}
            }
        }
    }
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Records<'a> {
        Records { bytes, at: 0, number: 1 }
    }

    /// The next record with at least one line.
    pub(super) fn next(&mut self, faults: &mut FaultLog<'_>) -> Option<Record<'a>> {
        let mut record = Record { start: None, lines: [None; KEYS.len()], bytes: &[] };
        let first = self.at;
        while self.at < self.bytes.len() {
            let rest = &self.bytes[self.at..];
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            match rest[..end].trim_ascii_end() {
                [] if record.start.is_none() => {}
                [] => break,
                // A second name means that the empty line before it was lost; one record would hide a package.
                [b'P', b':', ..] if record.line(b'P').is_some() => {
                    let message = "a second `P:` line without an empty line before it is taken as the next package";
                    faults.warning(ProblemKind::Syntax, Some(self.number), message);
                    break;
                }
                [key, b':', value @ ..] if key.is_ascii_alphabetic() => {
                    record.start.get_or_insert(self.number);
                    record.keep(Line { number: self.number, key: *key, value });
                }
                _ => {
                    let message = "this line is no `X:value` field: what it says of its package is not read";
                    faults.error(ProblemKind::Syntax, Some(self.number), message);
                }
            }
            self.at = (self.at + end + 1).min(self.bytes.len());
            self.number = self.number.saturating_add(1);
        }
        record.bytes = &self.bytes[first..self.at];
        Some(record).filter(|record| record.start.is_some())
    }
}

impl<'a> Record<'a> {
    fn keep(&mut self, line: Line<'a>) {
        if let Some(slot) = slot(line.key) {
            self.lines[slot].get_or_insert(line);
        }
    }
}

fn slot(key: u8) -> Option<usize> {
    KEYS.iter().position(|known| *known == key)
}
