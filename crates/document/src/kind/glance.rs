//! A look at a text that knows nothing of its structure: which words may be keys in it.

/// A text before it is parsed.
pub(super) struct Glance<'t> {
    /// `None` when anything may stand in it: bytes that are not UTF-8, letters written as escapes.
    text: Option<&'t str>,
    /// A key may stand far from its colon (`? key`), or be an alias (`*name : value`).
    is_loose: bool,
}

impl<'t> Glance<'t> {
    /// Of the text of a file, if it is UTF-8.
    pub(super) fn of(text: Option<&'t str>) -> Glance<'t> {
        let is_plain = |text: &&str| memchr::memchr(0, text.as_bytes()).is_none() && !has_letters_escaped(text);
        let text = text.filter(is_plain);
        Glance { text, is_loose: text.is_some_and(|text| memchr::memchr2(b'?', b'*', text.as_bytes()).is_some()) }
    }

    /// False when no mapping in the text has this key with a value.
    pub(super) fn may_have(&self, key: &str) -> bool {
        let Some(text) = self.text else { return true };
        let mut found = memchr::memmem::find_iter(text.as_bytes(), key);
        found.any(|at| self.is_loose || is_key(&text[..at], &text[at + key.len()..]))
    }

    /// False when no mapping in the text has one of these keys with a value.
    pub(super) fn may_have_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.may_have(key))
    }
}

/// Whether a letter may be written as `\\x6f`, or a word be continued on the next line.
fn has_letters_escaped(text: &str) -> bool {
    let writes = |rest: &str| rest.is_empty() || rest.starts_with(['x', 'u', 'U', '\n', '\r', ' ', '\t']);
    memchr::memchr_iter(b'\\', text.as_bytes()).any(|at| writes(&text[at + 1..]))
}

/// Whether what stands between the two may be a key: a whole word, perhaps in quotes, with a colon behind it. In braces there
/// may be a comment and a new line before the colon.
fn is_key(before: &str, after: &str) -> bool {
    let is_whole = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let rest = after.strip_prefix(['"', '\'']).unwrap_or(after);
    is_whole && rest.trim_start().starts_with([':', '#'])
}
