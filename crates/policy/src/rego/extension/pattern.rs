//! Patterns as OPA's engine reads them, written for ours: `\w`, `\d`, `\s` and `\b` are of ASCII, `{` that begins no count and `[` in a class
//! are themselves, `\Q…\E` quotes, and nothing is repeated more than a thousand times.

use std::cell::RefCell;
use std::collections::HashMap;

use anyhow::Context as _;
use regex::Regex;

/// The largest count of a repetition.
const MOST_REPEATED: u32 = 1000;
/// Patterns that are kept compiled.
const MOST_KEPT: usize = 256;

thread_local! {
    static KEPT: RefCell<HashMap<String, Regex>> = RefCell::new(HashMap::new());
}

/// A pattern of ours, compiled once.
pub(super) fn compiled(pattern: &str) -> anyhow::Result<Regex> {
    if let Some(regex) = KEPT.with_borrow(|kept| kept.get(pattern).cloned()) {
        return Ok(regex);
    }
    let regex = Regex::new(pattern).context("invalid regex")?;
    KEPT.with_borrow_mut(|kept| {
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(pattern.to_owned(), regex.clone());
    });
    Ok(regex)
}

/// A pattern of OPA's as one of ours.
pub(super) fn translated(pattern: &str) -> anyhow::Result<String> {
    let mut reader = Reader { rest: pattern, out: String::with_capacity(pattern.len()), is_in_class: false };
    while let Some(character) = reader.next() {
        reader.take(character)?;
    }
    Ok(reader.out)
}

struct Reader<'t> {
    rest: &'t str,
    out: String,
    is_in_class: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let character = self.rest.chars().next()?;
        self.rest = &self.rest[character.len_utf8()..];
        Some(character)
    }

    fn take(&mut self, character: char) -> anyhow::Result<()> {
        match character {
            '\\' => self.escape(),
            '[' if !self.is_in_class => self.class(),
            '[' if self.rest.starts_with(':') && self.rest[1..].contains(":]") => {
                let end = self.rest.find(":]").map_or(self.rest.len(), |end| end + 2);
                let (name, rest) = self.rest.split_at(end);
                self.out.push('[');
                self.out += name;
                self.rest = rest;
            }
            '[' => self.out += "\\[",
            '&' | '~' if self.is_in_class => {
                self.out.push('\\');
                self.out.push(character);
            }
            ']' => {
                self.is_in_class = false;
                self.out.push(']');
            }
            '{' if !self.is_in_class => return self.count(),
            other => self.out.push(other),
        }
        Ok(())
    }

    /// What a class begins with: `^`, and `]` that is in it.
    fn class(&mut self) {
        self.is_in_class = true;
        self.out.push('[');
        if let Some(rest) = self.rest.strip_prefix('^') {
            self.out.push('^');
            self.rest = rest;
        }
        if let Some(rest) = self.rest.strip_prefix(']') {
            self.out += "\\]";
            self.rest = rest;
        }
    }

    fn escape(&mut self) {
        let Some(escaped) = self.next() else { return self.out.push('\\') };
        let ascii = match (escaped, self.is_in_class) {
            ('d', true) => "0-9",
            ('w', true) => "0-9A-Za-z_",
            ('s', true) => "\\t\\n\\f\\r\\x20",
            ('d', false) => "[0-9]",
            ('w', false) => "[0-9A-Za-z_]",
            ('s', false) => "[\\t\\n\\f\\r\\x20]",
            ('D', _) => "[^0-9]",
            ('W', _) => "[^0-9A-Za-z_]",
            ('S', _) => "[^\\t\\n\\f\\r\\x20]",
            ('b', false) => "(?-u:\\b)",
            ('<' | '>', _) => {
                if escaped == '<' {
                    "<"
                } else {
                    ">"
                }
            }
            ('Q', false) => return self.quote(),
            _ => "",
        };
        if !ascii.is_empty() {
            self.out += ascii;
            return;
        }
        self.out.push('\\');
        self.out.push(escaped);
        if matches!(escaped, 'p' | 'P' | 'x') && self.rest.starts_with('{') {
            let end = self.rest.find('}').map_or(self.rest.len(), |end| end + 1);
            let (name, rest) = self.rest.split_at(end);
            self.out += name;
            self.rest = rest;
        }
    }

    fn quote(&mut self) {
        let (quoted, rest) = self.rest.split_once("\\E").unwrap_or((self.rest, ""));
        self.out += &regex::escape(quoted);
        self.rest = rest;
    }

    /// `{2}`, `{2,}` or `{2,3}`; anything else is itself.
    fn count(&mut self) -> anyhow::Result<()> {
        let counts = self.rest.split_once('}').map(|(counts, _)| counts);
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (least, most) = counts.map_or(("", ""), |counts| counts.split_once(',').unwrap_or((counts, counts)));
        if !is_number(least) || !(most.is_empty() || is_number(most)) {
            self.out += "\\{";
            return Ok(());
        }
        let is_too_many =
            |count: &str| !count.is_empty() && count.parse::<u32>().is_ok_and(|count| count > MOST_REPEATED);
        anyhow::ensure!(!is_too_many(least) && !is_too_many(most), "a repetition of more than {MOST_REPEATED}");
        self.out.push('{');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: &str) {
        assert_eq!(translated(pattern).expect("a pattern"), expected, "{pattern}");
    }

    #[test]
    fn what_is_read_otherwise() {
        check(r"^\d+\.\w*$", r"^[0-9]+\.[0-9A-Za-z_]*$");
        check(r"[\d.\s-]", r"[0-9.\t\n\f\r\x20-]");
        check(r"\bx\b", r"(?-u:\b)x(?-u:\b)");
        check("{{.*}}", r"\{\{.*}}");
        check("a{2,3}b{2}c{2,}d{,2}", r"a{2,3}b{2}c{2,}d\{,2}");
        check(r"\Qa.b\E+", r"a\.b+");
        check("[[a]", r"[\[a]");
        check("[]a]", r"[\]a]");
        check("[[:alpha:]&&]", r"[[:alpha:]\&\&]");
        check(r"\pL\p{Greek}\x{61}\<", r"\pL\p{Greek}\x{61}<");
        assert!(translated("a{1001}").is_err());
    }
}
