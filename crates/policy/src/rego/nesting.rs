//! How deep brackets nest, told from the text alone: the parser's time doubles with each level of a literal.
//!
//! Measured with regorus 0.14.1: 14 levels take a second, 18 take thirteen. Its time limits do not apply to parsing, so what is
//! too deep must be found before it starts.

use crate::PolicyError;

/// Levels of brackets of any kind. The deepest literal of a Kubernetes object written out in a test has about ten.
const DEEPEST: usize = 13;

/// Refuses a text whose brackets nest too deep. Brackets in strings, raw strings and comments do not count.
pub(super) fn check(file: &str, text: &str) -> Result<(), PolicyError> {
    let mut depth = 0usize;
    let mut characters = text.chars().peekable();
    let (mut line, mut column) = (1, 0);
    let mut state = State::Code;
    while let Some(character) = characters.next() {
        column += 1;
        if character == '\n' {
            (line, column) = (line + 1, 0);
        }
        state = match (state, character) {
            (State::Code, '"') => State::Text,
            (State::Code, '`') => State::Raw,
            (State::Code, '#') => State::Comment,
            (State::Code, '(' | '[' | '{') => {
                depth += 1;
                if depth > DEEPEST {
                    let message = format!(
                        "brackets nest more than {DEEPEST} deep, which takes the parser too long; \
                         give the value a name outside and use the name here"
                    );
                    return Err(PolicyError::at(file, line, column, message));
                }
                State::Code
            }
            (State::Code, ')' | ']' | '}') => {
                depth = depth.saturating_sub(1);
                State::Code
            }
            (State::Text, '\\') => {
                // What is escaped ends nothing; a line break ends the string whatever stands before it.
                if characters.next_if(|next| *next != '\n').is_some() {
                    column += 1;
                }
                State::Text
            }
            (State::Text, '"' | '\n') | (State::Raw, '`') | (State::Comment, '\n') => State::Code,
            (state, _) => state,
        };
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum State {
    Code,
    Text,
    Raw,
    Comment,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: usize) -> String {
        format!("package a\nx := {}1{}\n", "[".repeat(levels), "]".repeat(levels))
    }

    #[test]
    fn the_limit_is_exact_and_located() {
        assert_eq!(check("a.rego", &nested(DEEPEST)), Ok(()));
        let error = check("a.rego", &nested(DEEPEST + 1)).expect_err("one deeper");
        assert_eq!((error.line, error.column), (Some(2), Some(19)));
    }

    #[test]
    fn strings_and_comments_hold_no_brackets() {
        let deep = "[".repeat(50);
        for text in [format!("x := \"\\\"{deep}\""), format!("x := `{deep}\n{deep}`"), format!("# \" {deep}\nx := 1")] {
            assert_eq!(check("a.rego", &text), Ok(()), "{text}");
        }
        // A string that is not closed ends at the line's end: what comes after it counts again.
        assert!(check("a.rego", &format!("x := \"\\\n{deep}")).is_err());
        assert!(check("a.rego", &format!("x := `a` {deep}")).is_err());
    }
}
