//! Markdown that shows foreign texts as they are: what was scanned must not be able to write in it.

use crate::foreign;

/// A foreign text as Markdown that shows just it.
pub(crate) fn markdown(text: &str) -> String {
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
            '.' if ends_in_www(&shown) => shown.push_str("&#46;"),
            other => shown.push(other),
        }
    }
    shown
}

fn ends_in_www(shown: &str) -> bool {
    let start = shown.len().saturating_sub(3);
    shown.get(start..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// A foreign text of several paragraphs as Markdown.
pub(crate) fn markdown_lines(text: &str) -> String {
    text.lines().map(markdown).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A foreign text as a Markdown code span.
pub(crate) fn code(text: &str) -> String {
    let text = foreign::line(text);
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest > 0 || text.is_empty() { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// A foreign text as a code span in a cell of a table, where a bar ends the cell even in code. A backslash before an
/// escaped bar would take its escape away, and nothing escapes a backslash in code: such a text is shown without code.
pub(crate) fn code_in_cell(text: &str) -> String {
    if text.contains('\\') && text.contains('|') { markdown(text) } else { code(text).replace('|', "\\|") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markdown_shows_what_it_is_given() {
        assert_eq!(markdown("<img src=x> [a](b) *c* `d`"), r"&lt;img src=x&gt; \[a\](b) \*c\* \`d\`");
        assert_eq!(markdown("http://evil @team"), "http&#58;//evil &#64;team");
        assert_eq!(markdown("www.evil.example"), "www&#46;evil.example");
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "``` a``b ```");
        assert_eq!(code(""), "`  `");
    }

    proptest! {
        #[test]
        fn stays_on_one_line(text in any::<String>()) {
            for shown in [markdown(&text), code(&text), code_in_cell(&text)] {
                prop_assert!(!shown.contains(['\n', '\r']));
            }
            prop_assert!(!markdown(&text).contains('<'));
        }
    }
}
