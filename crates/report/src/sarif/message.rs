//! Plain messages as SARIF viewers read them: a small language with embedded links and placeholders.
//!
//! What was scanned must not be able to write in it.

use crate::foreign;

/// The longest description services accept, in UTF-16 units.
const MOST_DESCRIPTION: usize = 1024;

/// A foreign text as plain SARIF text: no embedded links, no placeholders.
pub(super) fn plain(text: &str) -> String {
    escape_plain(&foreign::line(text))
}

/// A foreign text of several lines, as plain SARIF text.
pub(super) fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A foreign text between the brackets of an embedded link.
pub(super) fn link_text(text: &str) -> String {
    foreign::line(text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// A description, cut to what services accept.
pub(super) fn description(text: &str) -> String {
    cut(text, MOST_DESCRIPTION)
}

/// The text, cut at a character to so many UTF-16 units, with an ellipsis.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.len() <= most || text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |character: &char| {
        units += character.len_utf16();
        units < most
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push('…');
    cut
}

/// `](` makes an embedded link and `{0}` a placeholder; nothing else has a meaning, so nothing else is touched.
fn escape_plain(text: &str) -> String {
    let text = if text.contains("](") {
        text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        text.to_owned()
    };
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(open) = rest.find('{') {
        let inner = &rest[open + 1..];
        let digits = inner.len() - inner.trim_start_matches(|character: char| character.is_ascii_digit()).len();
        shown.push_str(&rest[..open]);
        if digits > 0 && inner[digits..].starts_with('}') {
            shown.push_str(&format!("{{{{{}}}}}", &inner[..digits]));
            rest = &inner[digits + 1..];
        } else {
            shown.push('{');
            rest = inner;
        }
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_text_makes_no_links_and_no_placeholders() {
        assert_eq!(plain("see [here](http://evil)"), r"see \[here\](http://evil)");
        assert_eq!(plain("array[0] of {{ .Values }}"), "array[0] of {{ .Values }}");
        assert_eq!(plain("{0} and {12}{x}"), "{{0}} and {{12}}{x}");
        assert_eq!(plain("a\nb\x07"), r"a b\u{{7}}");
    }

    proptest! {
        #[test]
        fn descriptions_fit(text in "[a-z🦀é]{0,3000}") {
            prop_assert!(description(&text).encode_utf16().count() <= MOST_DESCRIPTION);
        }

        #[test]
        fn nothing_panics(text in any::<String>()) {
            let _ = (plain(&text), plain_lines(&text), link_text(&text));
        }
    }
}
