//! Texts of others, made safe to show: what was scanned must not steer a terminal or hide in a viewer.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text on one line: runs of blanks and line breaks are one blank, what cannot be seen is escaped.
pub fn line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// The text with everything that cannot be seen, or changes how the rest is seen, as `\u{…}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    text.chars().for_each(|character| push(&mut shown, character));
    Cow::Owned(shown)
}

/// Appends one character, escaped where it cannot be seen.
pub(crate) fn push(shown: &mut String, character: char) {
    if is_unseen(character) {
        write!(shown, "\\u{{{:x}}}", u32::from(character)).expect("a String takes every write");
    } else {
        shown.push(character);
    }
}

/// Controls (C0, DEL, C1), marks that reorder text, and characters without width or ink.
fn is_unseen(character: char) -> bool {
    // Most characters are these, and the list is long.
    !matches!(character, ' '..='~')
        && (character.is_control()
            || matches!(character,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn terminals_are_not_steered() {
        assert_eq!(visible("\x1b[2J\u{9b}1m\x7f"), r"\u{1b}[2J\u{9b}1m\u{7f}");
        assert_eq!(visible("user\u{202e}nimda"), r"user\u{202e}nimda");
        assert_eq!(visible("plain, é, 漢字, 🦀"), "plain, é, 漢字, 🦀");
        assert_eq!(line(" a\r\n\tb  c\0"), r"a b c\u{0}");
    }

    proptest! {
        #[test]
        fn nothing_unseen_is_left(text in any::<String>()) {
            prop_assert!(!visible(&text).chars().any(is_unseen));
            prop_assert!(!line(&text).contains('\n'));
            let once = visible(&text).into_owned();
            prop_assert_eq!(visible(&once), once.as_str());
        }
    }
}
