//! Where a secret stands in a file: about the finding that is about it, however it is written there.

use std::ops::Range;

use memchr::memmem;
use model::Location;

/// The most lines that one instruction goes on for, and of a value that are looked for one by one.
const MOST_LINES: usize = 100;
/// Of longer lines only so much about a finding: a file may be one line with all its secrets.
const LONGEST_LINE: usize = 4 << 10;

/// Where a finding about a secret is.
pub(super) struct Place<'t> {
    pub(super) text: &'t [u8],
    pub(super) location: &'t Location,
    /// The last key of the path that the rule names.
    pub(super) key: Option<&'t str>,
}

impl Place<'_> {
    /// Where the secret stands: in the value that the finding is at, or else on its lines, or else anywhere. Where it is written
    /// otherwise than it is read, all of the value is taken for it, or of the lines.
    pub(super) fn of(&self, secret: &str, left: &mut usize) -> Vec<Range<usize>> {
        let Some(span) = self.location.span else { return Vec::new() };
        let start = (span.start.offset as usize).min(self.text.len());
        let end = (span.end.offset as usize).clamp(start, self.text.len());
        let lines = logical_lines(self.text, start, end);
        let parts: Vec<&str> = secret.lines().map(str::trim).filter(|part| !part.is_empty()).collect();
        let value = self.key.and_then(|key| behind_key(self.text, start..end, key));
        if parts.len() > MOST_LINES {
            return vec![value.unwrap_or(start..lines.end)];
        }
        let all_in = |within: Range<usize>| {
            let found = parts.iter().map(|part| occurrences(self.text, within.clone(), part));
            found.collect::<Vec<_>>()
        };
        let found = all_in(value.clone().unwrap_or(lines.clone()));
        let mut places = found.concat();
        if found.iter().any(Vec::is_empty) {
            let cost = self.text.len() * parts.len();
            if cost <= *left {
                *left -= cost;
                places.extend(all_in(0..self.text.len()).concat());
            }
            places.push(value.unwrap_or_else(|| self.behind(start, end, lines.end)));
        }
        places
    }

    /// What stands behind the beginning of a finding: of one that is at a key, a name or an option, what follows it on its line.
    fn behind(&self, start: usize, end: usize, stop: usize) -> Range<usize> {
        let word = &self.text[start..end];
        let is_key = self.key.is_some_and(|key| unquoted(word) == key.as_bytes()) || is_name(word);
        let signs = self.text[end..stop].iter().take_while(|byte| is_sign(**byte)).count();
        match is_key {
            _ if self.text[end..stop].trim_ascii() == b"{" => end..end,
            true => end + signs..stop,
            false => start..stop,
        }
    }
}

/// From the beginning of the first line to the end of the last, or of what that goes on with.
fn logical_lines(text: &[u8], start: usize, end: usize) -> Range<usize> {
    let start = start.min(text.len());
    let begin = memchr::memrchr(b'\n', &text[..start]).map_or(0, |at| at + 1);
    let end_of_line = |from: usize| memchr::memchr(b'\n', &text[from..]).map_or(text.len(), |at| from + at);
    let mut stop = end_of_line(end.clamp(start, text.len()));
    for _ in 0..MOST_LINES {
        let is_continued = text[begin..stop].trim_ascii_end().ends_with(b"\\");
        if !is_continued || stop == text.len() {
            break;
        }
        stop = end_of_line(stop + 1);
    }
    begin.max(start.saturating_sub(LONGEST_LINE))..stop.min(end.max(start) + LONGEST_LINE)
}

/// Where a text stands as a word of its own, else where it stands at all.
fn occurrences(text: &[u8], within: Range<usize>, part: &str) -> Vec<Range<usize>> {
    let is_of_word = |at: Option<&u8>| at.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let found = memmem::find_iter(&text[within.clone()], part).map(|at| within.start + at);
    let found: Vec<Range<usize>> = found.map(|at| at..at + part.len()).collect();
    let is_alone = |range: &&Range<usize>| {
        let before = range.start.checked_sub(1).and_then(|at| text.get(at));
        !is_of_word(before) && !is_of_word(text.get(range.end))
    };
    let alone: Vec<Range<usize>> = found.iter().filter(is_alone).cloned().collect();
    if alone.is_empty() { found } else { alone }
}

/// The value in a piece that begins with its key; `None` where there is no such key, or only the key.
fn behind_key(text: &[u8], piece: Range<usize>, key: &str) -> Option<Range<usize>> {
    let rest = text.get(piece.clone())?;
    let quoted = usize::from(rest.first().is_some_and(|byte| b"\"'".contains(byte)));
    let behind = rest[quoted..].strip_prefix(key.as_bytes())?;
    let signs = behind.iter().take_while(|byte| is_sign(**byte)).count();
    let start = piece.end - behind.len() + signs;
    (behind[..signs].iter().any(|byte| b":=".contains(byte)) && start < piece.end).then_some(start..piece.end)
}

fn unquoted(word: &[u8]) -> &[u8] {
    let inner = |quote: &[u8]| word.strip_prefix(quote)?.strip_suffix(quote);
    inner(b"\"").or_else(|| inner(b"'")).unwrap_or(word)
}

/// `DB_PASSWORD`, `--password`: read as it is written, so that it is not itself what is written otherwise.
fn is_name(word: &[u8]) -> bool {
    let is_first = word.first().is_some_and(|byte| byte.is_ascii_alphabetic() || b"_-".contains(byte));
    is_first && word.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
}

/// What stands between a key and its value.
fn is_sign(byte: u8) -> bool {
    b"\"' \t:=".contains(&byte)
}
