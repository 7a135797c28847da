//! How much one file can make us believe: hostile databases are small, and say much.

/// Whole archives of distributions have fewer packages than this.
pub(crate) const MAX_PACKAGES: usize = 200_000;

/// Edges between the packages of one file.
pub(crate) const MAX_DEPENDENCIES: usize = 500_000;

/// The longest name or version.
const MAX_WORD: usize = 512;

/// A name or a version: short, and nothing in it steers a terminal.
pub(crate) fn check_word(text: &str) -> Result<&str, &'static str> {
    if text.len() > MAX_WORD {
        Err("is longer than 512 bytes")
    } else if holds_control(text) {
        Err("holds control characters")
    } else {
        Ok(text)
    }
}

/// Almost all words are ASCII, whose control characters are single bytes.
fn holds_control(text: &str) -> bool {
    if text.is_ascii() { text.bytes().any(|byte| byte.is_ascii_control()) } else { text.chars().any(char::is_control) }
}

/// A text from the input for a message: cut, and control characters escaped.
pub(crate) fn quote(text: &str) -> String {
    const MAX_QUOTED: usize = 100;
    let mut quoted: String = text.chars().take(MAX_QUOTED).flat_map(escape).collect();
    if text.chars().nth(MAX_QUOTED).is_some() {
        quoted.push('…');
    }
    quoted
}

fn escape(character: char) -> impl Iterator<Item = char> {
    let escaped = character.is_control().then(|| character.escape_default());
    let plain = escaped.is_none().then_some(character);
    escaped.into_iter().flatten().chain(plain)
}

/// Hands out what is left of a count.
pub(crate) struct Budget {
    left: usize,
    refused: bool,
}

impl Budget {
    pub(crate) fn new(left: usize) -> Budget {
        Budget { left, refused: false }
    }

    /// True while there is one left.
    pub(crate) fn take(&mut self) -> bool {
        self.refused |= self.left == 0;
        self.left = self.left.saturating_sub(1);
        !self.refused
    }

    /// True once one was asked for too many.
    pub(crate) fn is_spent(&self) -> bool {
        self.refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        assert_eq!(check_word("1:2.3-4"), Ok("1:2.3-4"));
        assert!(check_word("a\u{1b}[2J").is_err());
        assert!(check_word("é\u{85}").is_err() && check_word("a\u{7f}").is_err());
        assert!(check_word(&"a".repeat(513)).is_err());
    }

    #[test]
    fn quotes() {
        assert_eq!(quote("a\u{1b}\né"), "a\\u{1b}\\né");
        assert_eq!(quote(&"é".repeat(200)).chars().count(), 101);
    }

    #[test]
    fn budgets() {
        let mut budget = Budget::new(2);
        assert!(budget.take() && budget.take() && !budget.is_spent());
        assert!(!budget.take() && budget.is_spent());
    }
}
