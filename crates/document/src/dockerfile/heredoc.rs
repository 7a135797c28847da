//! Here-documents: `RUN <<EOF`, `COPY <<"EOF" /target`.

use std::ops::Range;

use super::words;

/// A here-document behind an instruction.
#[derive(Debug)]
pub(super) struct HereDocument {
    /// Its lines.
    pub(super) content: Range<usize>,
    /// Its lines and the one that ends it.
    pub(super) range: Range<usize>,
    /// False when the file ends first.
    pub(super) is_closed: bool,
    pub(super) start: Start,
}

/// The word that announces a here-document.
#[derive(Debug)]
pub(super) struct Start {
    /// What the line that ends it says.
    pub(super) name: String,
    /// `<<-`: tabs in front of its lines do not count.
    strips_tabs: bool,
    /// Where `<<` stands in the instruction.
    pub(super) at: usize,
}

impl Start {
    /// True for the line that ends the document.
    pub(super) fn is_end(&self, line: &str) -> bool {
        let line = if self.strips_tabs { line.trim_start_matches('\t') } else { line };
        line == self.name
    }
}

/// The here-documents an instruction announces. Only RUN, COPY and ADD can, also behind ONBUILD.
pub(super) fn starts(instruction: &str, escape: char) -> Vec<Start> {
    let words = words::quoted(instruction, 0, escape);
    let mut keywords = words.iter().map(|range| instruction[range.clone()].to_ascii_uppercase());
    let keyword = match keywords.next() {
        Some(word) if word == "ONBUILD" => keywords.next(),
        other => other,
    };
    if !keyword.is_some_and(|word| matches!(word.as_str(), "RUN" | "COPY" | "ADD")) {
        return Vec::new();
    }
    words.iter().filter_map(|range| start(&instruction[range.clone()], range.start)).collect()
}

/// `<<EOF`, `<<-EOF`, `3<<"EOF"`; `<<<` is another thing.
fn start(word: &str, at: usize) -> Option<Start> {
    let after = word.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let at = at + word.len() - after.len();
    let name = after.strip_prefix("<<")?;
    let (name, strips_tabs) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
    if name.is_empty() || name.contains('<') {
        return None;
    }
    let name: String = name.chars().filter(|character| !matches!(character, '"' | '\'' | '\\')).collect();
    (!name.is_empty()).then_some(Start { name, strips_tabs, at })
}
