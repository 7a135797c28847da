//! How long the parser will take, told from the text alone: every array, set or object literal is read twice, and so what stands
//! in `n` of them is read `2^n` times.
//!
//! Measured with regorus 0.14.1: 10 levels take 20 milliseconds, 14 a second in a policy of a few lines, 18 thirteen seconds. Its
//! time limits do not apply to parsing, so what takes too long must be found before it starts. Parentheses, calls and
//! comprehensions do not double.

use crate::{Lint, PolicyError};

/// What reading a bracket and a byte costs, in microseconds; twice that inside each literal.
const BRACKET: f64 = 16.0;
const BYTE: f64 = 0.2;
/// What one file may cost, in microseconds on a slow machine: a Kubernetes object written out in a test costs a tenth of a second.
const BUDGET: f64 = 4e6;

/// Refuses a text that the parser would take too long for. Brackets in strings, raw strings and comments do not count.
pub(super) fn check(file: &str, text: &str) -> Result<(), PolicyError> {
    let mut depth: i32 = 0;
    let mut spent = 0.0;
    let mut characters = text.chars().peekable();
    let (mut line, mut column) = (1, 0);
    let mut state = State::Code;
    while let Some(character) = characters.next() {
        column += 1;
        if character == '\n' {
            (line, column) = (line + 1, 0);
        }
        spent += BYTE * 2f64.powi(depth);
        state = match (state, character) {
            (State::Code, '"') => State::Text,
            (State::Code, '`') => State::Raw,
            (State::Code, '#') => State::Comment,
            (State::Code, '[' | '{') => {
                depth += 1;
                spent += BRACKET * 2f64.powi(depth);
                State::Code
            }
            (State::Code, ']' | '}') => {
                depth = (depth - 1).max(0);
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
        if spent > BUDGET {
            let message = format!(
                "literals nest so deep, here {depth} levels, that the parser takes too long; \
                 give inner values names outside and use the names, or give the value as data"
            );
            return Err(PolicyError::at(file, line, column, message).of(Lint::Nesting));
        }
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
    fn deep_literals_are_refused_where_they_are_too_deep() {
        assert_eq!(check("a.rego", &nested(12)), Ok(()));
        let error = check("a.rego", &nested(40)).expect_err("too deep");
        assert_eq!((error.line, error.column), (Some(2), Some(22)));
        // What is twelve deep is fine once, and not a hundred times.
        assert!(check("a.rego", &nested(12).repeat(100)).is_err());
        // Long and flat is fine.
        assert_eq!(check("a.rego", &"x := [1, {\"a\": 2}]\n".repeat(10_000)), Ok(()));
        assert_eq!(check("a.rego", &format!("x := {}1{}", "(".repeat(60), ")".repeat(60))), Ok(()));
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
