//! Control-file stanzas (deb822), read in place: each field is a piece of the file and knows its line.

use model::ProblemKind;

use crate::fault_log::FaultLog;

/// One stanza: the fields this room reads, the first of each name.
pub(super) struct Stanza<'a> {
    bytes: &'a [u8],
    line: Option<u32>,
    fields: [Option<Place>; FIELDS.len()],
}

/// A field of a stanza.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    /// 1-based line of the name.
    pub(super) line: u32,
    /// From after the colon to the end of the last continuation line.
    pub(super) raw: &'a [u8],
}

/// Iterates over the stanzas of a file.
pub(super) struct Stanzas<'a> {
    bytes: &'a [u8],
    /// Start of the next line.
    at: usize,
    /// 1-based number of the next line.
    line: u32,
}

/// Where a field's value is.
#[derive(Clone, Copy)]
struct Place {
    line: u32,
    start: usize,
    end: usize,
}

/// What a line is.
enum Line<'a> {
    Blank,
    Continuation,
    Field { name: &'a [u8] },
    Garbage,
}

/// The fields this room reads, compared without case.
const FIELDS: [&str; 8] =
    ["package", "version", "architecture", "source", "status", "depends", "pre-depends", "provides"];

/// The place of `package` among them.
const PACKAGE: usize = 0;

impl<'a> Stanza<'a> {
    /// A field by its lower-case name.
    pub(super) fn field(&self, name: &str) -> Option<Field<'a>> {
        let place = self.fields[slot(name.as_bytes())?]?;
        Some(Field { line: place.line, raw: &self.bytes[place.start..place.end] })
    }

    /// 1-based line of the first field.
    pub(super) fn line(&self) -> u32 {
        self.line.unwrap_or(1)
    }
}

impl<'a> Field<'a> {
    /// The value of a field that has one line: what follows the name on it, trimmed; `None` when empty.
    pub(super) fn line_value(&self) -> Option<&'a [u8]> {
        let first = self.raw.split(|byte| *byte == b'\n').next().unwrap_or_default();
        Some(first.trim_ascii()).filter(|value| !value.is_empty())
    }
}

impl<'a> Stanzas<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Stanzas<'a> {
        Stanzas { bytes, at: 0, line: 1 }
    }

    /// The next stanza with at least one field.
    pub(super) fn next(&mut self, faults: &mut FaultLog<'_>) -> Option<Stanza<'a>> {
        let mut stanza = Stanza { bytes: self.bytes, line: None, fields: [None; FIELDS.len()] };
        // The field whose value goes on, if it is one that this room reads.
        let mut open: Option<usize> = None;
        while self.at < self.bytes.len() {
            let end = self.line_end();
            match classify(&self.bytes[self.at..end]) {
                Line::Blank if stanza.line.is_some() => break,
                Line::Blank => {}
                Line::Continuation if stanza.line.is_some() => {
                    open.and_then(|slot| stanza.fields[slot].as_mut()).into_iter().for_each(|place| place.end = end);
                }
                // A second `Package` means that the empty line before it was lost; one stanza would hide a package.
                Line::Field { name } if stanza.fields[PACKAGE].is_some() && slot(name) == Some(PACKAGE) => {
                    let message = "a `Package` field without an empty line before it is taken as the next package";
                    faults.warning(ProblemKind::Syntax, Some(self.line), message);
                    return Some(stanza);
                }
                Line::Field { name } => {
                    let place = Place { line: self.line, start: self.at + name.len() + 1, end };
                    stanza.line.get_or_insert(self.line);
                    open = slot(name).filter(|slot| stanza.keep(*slot, place, faults));
                }
                Line::Continuation | Line::Garbage => {
                    let message = "this line is no `Name: value` field: what it says of its package is not read";
                    faults.error(ProblemKind::Syntax, Some(self.line), message);
                }
            }
            self.at = end + 1;
            self.line = self.line.saturating_add(1);
        }
        Some(stanza).filter(|stanza| stanza.line.is_some())
    }

    /// Where the present line ends, without its line break.
    fn line_end(&self) -> usize {
        let rest = &self.bytes[self.at..];
        self.at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
    }
}

impl Stanza<'_> {
    fn keep(&mut self, slot: usize, place: Place, faults: &mut FaultLog<'_>) -> bool {
        if self.fields[slot].is_some() {
            let message = format!("a second `{}` field in one package is ignored: the first counts", FIELDS[slot]);
            faults.warning(ProblemKind::Shape, Some(place.line), message);
            return false;
        }
        self.fields[slot] = Some(place);
        true
    }
}

fn classify(line: &[u8]) -> Line<'_> {
    if line.trim_ascii().is_empty() {
        return Line::Blank;
    }
    if matches!(line[0], b' ' | b'\t') {
        return Line::Continuation;
    }
    match line.iter().position(|byte| *byte == b':') {
        Some(colon) if is_name(&line[..colon]) => Line::Field { name: &line[..colon] },
        _ => Line::Garbage,
    }
}

/// Field names are printable ASCII without spaces.
fn is_name(name: &[u8]) -> bool {
    !name.is_empty() && name[0] != b'-' && name.iter().all(u8::is_ascii_graphic)
}

fn slot(name: &[u8]) -> Option<usize> {
    FIELDS.iter().position(|field| field.as_bytes().eq_ignore_ascii_case(name))
}
