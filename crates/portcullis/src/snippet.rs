//! The source lines a finding points at, kept with it so that a report needs no file.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use model::{Finding, LineIndex, Location, Origin, Snippet};

use crate::credential::covered;
use crate::line_hash::LineHashes;
use crate::secrets::{Secrets, shown_line};

/// Lines shown before and after the span.
const CONTEXT: u32 = 1;
/// The most lines one snippet shows.
const MOST_LINES: u32 = 8;
/// Longer lines are left out: they are data, not text somebody reads.
const LONGEST_LINE: usize = 400;
/// Line hashes are not computed for larger files.
const LARGEST_HASHED: usize = 16 << 20;

/// The text of a file: the buffer it was read into, so that it need not be copied.
pub(crate) type Text = Arc<Vec<u8>>;

/// The texts of one target that findings may point into.
#[derive(Default)]
pub(crate) struct Texts(HashMap<Origin, Text>);

impl Texts {
    pub(crate) fn insert(&mut self, origin: Origin, bytes: Text) {
        self.0.insert(origin, bytes);
    }

    /// Gives every finding the lines it points at, without secrets, and the hash of the first.
    pub(crate) fn illustrate(&self, findings: &mut [Finding], secrets: &Secrets) {
        let mut hashes: HashMap<&Origin, LineHashes<'_>> = HashMap::new();
        let mut indexes: HashMap<&Origin, (LineIndex<'_>, Vec<Range<usize>>)> = HashMap::new();
        for finding in findings {
            for (place, location) in finding.locations.iter_mut().enumerate() {
                let Some((origin, bytes)) = self.text_of(location) else { continue };
                let file = || (LineIndex::new(bytes), secrets.of_file(origin, bytes));
                let (index, covered) = indexes.entry(origin).or_insert_with(file);
                location.snippet = snippet(index, location, covered);
                if place == 0 && bytes.len() <= LARGEST_HASHED {
                    let hashes = hashes.entry(origin).or_insert_with(|| LineHashes::of(bytes, index));
                    let line = location.line().map_or(0, |line| line as usize - 1);
                    finding.line_hash = hashes.get(index, line);
                }
            }
        }
    }

    /// The text a location points into.
    pub(crate) fn text_of(&self, location: &Location) -> Option<(&Origin, &Text)> {
        location.span?;
        let origin = Origin { path: location.path.clone(), layer: location.layer };
        self.0.get_key_value(&origin)
    }
}

fn snippet(index: &LineIndex<'_>, location: &Location, secrets: &[Range<usize>]) -> Option<Snippet> {
    let span = location.span?;
    let first = span.start.line.saturating_sub(CONTEXT).max(1);
    let last = (span.end.line + CONTEXT).min(first + MOST_LINES - 1).min(index.lines());
    let lines: Vec<(usize, &[u8])> = (first..=last)
        .map_while(|line| Some((*index.starts().get(line as usize - 1)? as usize, index.line(line)?)))
        .collect();
    if lines.is_empty() || lines.iter().any(|(_, line)| line.len() > LONGEST_LINE) {
        return None;
    }
    let lines: Vec<String> = lines.into_iter().map(|(start, line)| shown_line(line, start, secrets)).collect();
    Some(Snippet { line: first, text: covered(&lines.join("\n")).into_owned() })
}
