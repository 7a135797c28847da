//! Words of a command in the source of a Dockerfile, where it may go on in the next line, with comments between.

use std::ops::Range;

/// Longer texts are not looked for: nobody reads them, and where they begin alike over and over the search takes long.
const LONGEST: usize = 4 << 10;
/// Characters that one search may compare.
const MOST_COMPARED: usize = 4 << 20;

/// The escape character that a directive at the top of the file may set.
pub(super) fn escape(text: &[u8]) -> char {
    let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let directives = lines.map_while(|line| line.strip_prefix(b"#")).map(<[u8]>::to_ascii_lowercase);
    let mut values =
        directives.filter_map(|line| Some(line.trim_ascii().strip_prefix(b"escape")?.trim_ascii().to_vec()));
    let is_other = values.next().and_then(|value| Some(value.strip_prefix(b"=")?.trim_ascii() == b"`"));
    if is_other == Some(true) { '`' } else { '\\' }
}

/// Where the words of a text first stand, with blanks or the end of a continued line wherever the text has a blank; rather as words of
/// their own than inside of longer ones.
pub(super) fn find(source: &str, text: &str, escape: char) -> Option<Range<usize>> {
    let first = text.chars().next().filter(|_| text.len() <= LONGEST)?;
    let mut inside = None;
    let mut left = MOST_COMPARED;
    for (start, _) in source.match_indices(first).filter(|(start, _)| !is_comment(&source[..*start])) {
        let Some(length) = length_at(&source[start..], text, escape, &mut left) else { continue };
        let place = start..start + length;
        if is_whole(source, &place) {
            return Some(place);
        }
        inside.get_or_insert(place);
    }
    inside
}

/// How much of the source the text takes where it begins there.
fn length_at(source: &str, text: &str, escape: char, left: &mut usize) -> Option<usize> {
    let mut rest = source;
    for character in text.chars() {
        *left = left.checked_sub(1)?;
        if character.is_whitespace() {
            let after = past_blanks(rest, escape);
            if after.len() == rest.len() {
                return None;
            }
            rest = after;
        } else {
            let mut after = rest;
            // A word may be written over two lines, too.
            while !after.starts_with(character) {
                after = past_line_end(after, escape)?;
            }
            rest = &after[character.len_utf8()..];
        }
    }
    Some(source.len() - rest.len())
}

/// Past blanks and ends of continued lines.
fn past_blanks(text: &str, escape: char) -> &str {
    let mut rest = text;
    loop {
        let after = rest.trim_start();
        let after = past_line_end(after, escape).unwrap_or(after);
        if after.len() == rest.len() {
            return rest;
        }
        rest = after;
    }
}

/// Past the end of a line that goes on in the next, and lines of comments behind it.
fn past_line_end(text: &str, escape: char) -> Option<&str> {
    let (blanks, mut rest) = text.strip_prefix(escape)?.split_once('\n')?;
    if !blanks.trim().is_empty() {
        return None;
    }
    while let Some((line, next)) = rest.split_once('\n') {
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') {
            break;
        }
        rest = next;
    }
    Some(rest)
}

/// True where the line that the text breaks off in is a comment.
fn is_comment(before: &str) -> bool {
    before.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('#'))
}

/// True where neither end is inside a word.
fn is_whole(source: &str, place: &Range<usize>) -> bool {
    let is_inside = |character: char| {
        character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | '/' | '=' | '@' | ':' | '$')
    };
    !source[..place.start].ends_with(is_inside) && !source[place.end..].starts_with(is_inside)
}

#[cfg(test)]
mod tests {
    use super::{escape, find};

    #[track_caller]
    fn check(source: &str, text: &str, expected: Option<&str>) {
        assert_eq!(find(source, text, '\\').map(|place| &source[place]), expected);
    }

    #[test]
    fn words_are_found_over_continued_lines() {
        let source = "RUN set -e; \\\n  # why\n\n  apt-get \\ \n    install c\\\nurl git && digit";
        check(source, "apt-get install curl git", Some("apt-get \\ \n    install c\\\nurl git"));
        check(source, "set -e", Some("set -e"));
        check(source, "apt-get update", None);
        check(source, "git", Some("git"));
        check(source, "why", None);
        assert_eq!(find("digit git", "git", '\\'), Some(6..9));
        assert_eq!(find("digit", "git", '\\'), Some(2..5));
        assert_eq!(find("a `\n b", "a b", '`'), Some(0..6));
        assert_eq!(find("a \\b", "a b", '\\'), None);
        assert_eq!(find("", "", '\\'), None);
    }

    #[test]
    fn searches_end() {
        let text = "a ".repeat(2000);
        assert_eq!(find(&"a ".repeat(1 << 18), &format!("{text}b"), '\\'), None);
    }

    #[test]
    fn the_escape_character_is_read() {
        assert_eq!(escape(b"# syntax=x\n# Escape = `\nFROM a"), '`');
        assert_eq!(escape(b"FROM a\n# escape=`\n"), '\\');
        assert_eq!(escape(b""), '\\');
    }
}
