//! Records of apk's database, read in place: `X:value` lines up to an empty one.

use model::ProblemKind;

use crate::fault_log::FaultLog;

/// One record.
pub(super) struct Record<'a> {
    lines: Vec<Line<'a>>,
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
    lines: std::iter::Peekable<std::iter::Zip<std::ops::RangeFrom<u32>, std::slice::Split<'a, u8, fn(&u8) -> bool>>>,
}

impl<'a> Record<'a> {
    /// The first line with this key.
    pub(super) fn line(&self, key: u8) -> Option<Line<'a>> {
        self.lines.iter().find(|line| line.key == key).copied()
    }

    /// 1-based line it begins on.
    pub(super) fn start(&self) -> u32 {
        self.lines.first().map_or(1, |line| line.number)
    }

    /// Calls with each file: `R` names it, the `F` before names its folder.
    pub(super) fn files(&self, mut each: impl FnMut(&[u8])) {
        let mut folder: &[u8] = b"";
        for line in &self.lines {
            match line.key {
                b'F' => folder = line.value,
                b'R' => each(&[folder, b"/", line.value].concat()),
                _ => {}
            }
        }
    }
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Records<'a> {
        let is_break: fn(&u8) -> bool = |byte| *byte == b'\n';
        Records { lines: (1..).zip(bytes.split(is_break)).peekable() }
    }

    /// The next record with at least one line.
    pub(super) fn next(&mut self, faults: &mut FaultLog<'_>) -> Option<Record<'a>> {
        let mut lines: Vec<Line<'a>> = Vec::new();
        while let Some((number, text)) = self.lines.peek().copied() {
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            match text {
                [] if lines.is_empty() => {}
                [] => break,
                // A second name means that the empty line before it was lost; one record would hide a package.
                [b'P', b':', ..] if lines.iter().any(|line| line.key == b'P') => {
                    let message = "a second `P:` line without an empty line before it is taken as the next package";
                    faults.warning(ProblemKind::Syntax, Some(number), message);
                    break;
                }
                [key, b':', value @ ..] if key.is_ascii_alphabetic() => {
                    lines.push(Line { number, key: *key, value });
                }
                _ => {
                    let message = "this line is no `X:value` field: what it says of its package is not read";
                    faults.error(ProblemKind::Syntax, Some(number), message);
                }
            }
            self.lines.next();
        }
        Some(Record { lines }).filter(|record| !record.lines.is_empty())
    }
}
