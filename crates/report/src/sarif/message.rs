//! Messages as SARIF viewers read them: plain text with embedded links, and Markdown.
//!
//! Both are languages, and what was scanned must not be able to write in them.

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

/// A foreign text as Markdown that shows just it.
pub(super) fn markdown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 8);
    for character in foreign::line(text).chars() {
        match character {
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' => {
                shown.push('\\');
                shown.push(character);
            }
            // Autolinks need no brackets: `www.` and `scheme:` become links on their own.
            '@' => shown.push_str("&#64;"),
            ':' => shown.push_str("&#58;"),
            other => shown.push(other),
        }
    }
    shown
}

/// A foreign text of several paragraphs as Markdown.
pub(super) fn markdown_lines(text: &str) -> String {
    text.lines().map(markdown).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A foreign text as a Markdown code span.
pub(super) fn code(text: &str) -> String {
    let text = foreign::line(text);
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest > 0 || text.is_empty() { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// An address that may become a link: http or https, a host, and no character that ends a link or hides in one.
pub(super) fn link(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&byte);
    let has_host = host.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte));
    let escapes_are_whole = address.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let fits = address.len() <= 2_000 && has_host && escapes_are_whole && address.bytes().all(is_plain);
    (fits && rest.matches('#').count() <= 1).then_some(address)
}

/// Cuts to what services accept, at a character, with an ellipsis.
pub(super) fn description(text: &str) -> String {
    if text.encode_utf16().count() <= MOST_DESCRIPTION {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |character: &char| {
        units += character.len_utf16();
        units < MOST_DESCRIPTION
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
        assert_eq!(plain("a\nb\x07"), r"a b\u{7}");
    }

    #[test]
    fn markdown_shows_what_it_is_given() {
        assert_eq!(markdown("<img src=x> [a](b) *c* `d`"), r"&lt;img src=x&gt; \[a\](b) \*c\* \`d\`");
        assert_eq!(markdown("http://evil @team"), "http&#58;//evil &#64;team");
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "``` a``b ```");
        assert_eq!(code(""), "`  `");
    }

    #[test]
    fn links() {
        for good in ["https://example.test/a?b=c#d", "http://h.test", "https://h.test/%20"] {
            assert_eq!(link(good), Some(good));
        }
        for bad in ["javascript:alert(1)", "https://", "https:///x", "https://h/ x", "https://h/<b>", "https://h/%2", "ftp://h"] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn descriptions_fit(text in "[a-z🦀é]{0,3000}") {
            prop_assert!(description(&text).encode_utf16().count() <= MOST_DESCRIPTION);
        }

        #[test]
        fn nothing_panics(text in any::<String>()) {
            let _ = (plain(&text), plain_lines(&text), markdown(&text), code(&text), link(&text));
        }
    }
}
