//! Sentences: messages begin with one that stands alone.

/// The first sentence, and what follows it.
///
/// A sentence ends at a line break, or at `.`, `!` or `?` before a blank and no lower-case letter: `1.2.3` and `e.g. a` go on.
pub(crate) fn split_first(text: &str) -> (&str, &str) {
    let text = text.trim();
    for (at, character) in text.char_indices() {
        let rest = &text[at + character.len_utf8()..];
        let ends = match character {
            '\n' => true,
            '.' | '!' | '?' => {
                let next = rest.trim_start().chars().next();
                rest.starts_with(char::is_whitespace) && !next.is_some_and(char::is_lowercase)
            }
            _ => false,
        };
        if ends {
            return (text[..at + character.len_utf8()].trim_end(), rest.trim_start());
        }
    }
    (text, "")
}

/// The sentence with a full stop, unless it ends in a mark already.
pub(crate) fn with_stop(sentence: &str) -> String {
    let sentence = sentence.trim_end();
    if sentence.is_empty() || sentence.ends_with(['.', '!', '?', ':', '…']) {
        sentence.to_owned()
    } else {
        format!("{sentence}.")
    }
}

/// The sentence without its full stop, for a headline.
pub(crate) fn without_stop(sentence: &str) -> &str {
    sentence.trim_end().strip_suffix('.').unwrap_or(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, first: &str, rest: &str) {
        assert_eq!(split_first(text), (first, rest), "{text:?}");
    }

    #[test]
    fn first_sentences() {
        check(
            "lodash 4.17.4 is bad; fixed in 4.17.21. Upgrade it.",
            "lodash 4.17.4 is bad; fixed in 4.17.21.",
            "Upgrade it.",
        );
        check("use a tag, e.g. one of ours", "use a tag, e.g. one of ours", "");
        check("one line\nand another", "one line", "and another");
        check("really? Yes.", "really?", "Yes.");
        check("  ", "", "");
        check("漢字. 漢字", "漢字.", "漢字");
    }

    #[test]
    fn stops() {
        assert_eq!(with_stop("a "), "a.");
        assert_eq!(with_stop("a!"), "a!");
        assert_eq!(with_stop(""), "");
        assert_eq!(without_stop("a."), "a");
    }
}
