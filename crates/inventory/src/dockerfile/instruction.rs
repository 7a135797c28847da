//! Instructions: lines joined where they go on, without comments and without what stands in here-documents.

use std::borrow::Cow;
use std::ops::Range;

use crate::lines::{Line, lines};

/// One instruction with its flags and words.
pub(super) struct Instruction<'t> {
    pieces: Vec<Line<'t>>,
    words: Vec<&'t str>,
}

impl<'t> Instruction<'t> {
    pub(super) fn keyword(&self) -> &'t str {
        self.words.first().copied().unwrap_or_default()
    }

    /// What stands behind the flags.
    pub(super) fn words(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let words: Vec<&'t str> =
            self.words.iter().skip(1).skip_while(|word| word.starts_with("--")).copied().collect();
        words.into_iter()
    }

    /// Values of a flag that may be given several times.
    pub(super) fn flags(&self, name: &str) -> impl Iterator<Item = &'t str> {
        let flags = self.words.iter().skip(1).take_while(|word| word.starts_with("--"));
        flags.filter_map(move |word| word[2..].strip_prefix(name)?.strip_prefix('='))
    }

    pub(super) fn flag(&self, name: &str) -> Option<&'t str> {
        self.flags(name).next()
    }

    /// From its first line to the end of its first: what a person looks for.
    pub(super) fn range(&self) -> Range<usize> {
        self.pieces.first().map_or(0..0, |line| line.range())
    }
}

/// All instructions of a text.
pub(super) fn instructions(text: &str) -> Vec<Instruction<'_>> {
    let escape = escape(text);
    let mut found = Vec::new();
    let mut open: Vec<Line<'_>> = Vec::new();
    let mut heredocs: Vec<Cow<'_, str>> = Vec::new();
    for line in lines(text) {
        if let Some(end) = heredocs.first() {
            if line.text.trim_start_matches('\t') == end {
                heredocs.remove(0);
            }
            continue;
        }
        let trimmed = line.trimmed();
        if trimmed.starts_with('#') || (trimmed.is_empty() && open.is_empty()) {
            continue;
        }
        open.push(line);
        if !trimmed.ends_with(escape) {
            let instruction = join(std::mem::take(&mut open), escape);
            heredocs = ends_of_heredocs(&instruction);
            found.push(instruction);
        }
    }
    if !open.is_empty() {
        found.push(join(open, escape));
    }
    found
}

/// `# escape=` before the first instruction changes what joins lines.
fn escape(text: &str) -> char {
    let comments = text.lines().map(str::trim).take_while(|line| line.starts_with('#'));
    let directive = comments.filter_map(|line| line[1..].trim().strip_prefix("escape")).next();
    let value = directive.and_then(|rest| rest.trim().strip_prefix('=')?.trim().chars().next());
    value.filter(|value| *value == '`').unwrap_or('\\')
}

fn join(pieces: Vec<Line<'_>>, escape: char) -> Instruction<'_> {
    let words = pieces.iter().flat_map(|line| line.trimmed().trim_end_matches(escape).split_whitespace()).collect();
    Instruction { pieces, words }
}

/// Words that end the here-documents of an instruction, in their order: `<<EOF`, `<<-"EOF"`.
fn ends_of_heredocs<'t>(instruction: &Instruction<'t>) -> Vec<Cow<'t, str>> {
    if !["RUN", "COPY", "ADD"].iter().any(|known| instruction.keyword().eq_ignore_ascii_case(known)) {
        return Vec::new();
    }
    let marks = instruction.words.iter().filter_map(|word| word.split_once("<<").map(|(_, rest)| rest));
    let ends = marks.map(|rest| rest.trim_start_matches('-').trim_matches(['"', '\'']));
    ends.filter(|end| end.starts_with(|first: char| first.is_alphabetic() || first == '_')).map(Cow::Borrowed).collect()
}
