//! Names that an instruction of a history gives values.
//!
//! Builders write instructions as people do (`ENV A=1 B="two words"`, `ARG A`), as commands that did nothing
//! (`/bin/sh -c #(nop)  ENV A=1`), and with the build's arguments in front of a command (`RUN |1 A=1 /bin/sh -c make`).

use super::shape::Variable;

/// Variables of one instruction; more help nobody.
const MOST: usize = 100;
/// An instruction that runs a whole script is read so far.
const LONGEST: usize = 64 << 10;

/// `NAME=value`; without a value it is empty.
pub(super) fn variable(text: &str) -> Variable {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    Variable { name: name.to_owned(), value: value.to_owned() }
}

/// Every `NAME=value` word of an instruction, quotes taken off.
pub(super) fn variables(instruction: &str) -> Vec<Variable> {
    let end = (0..=LONGEST.min(instruction.len())).rev().find(|end| instruction.is_char_boundary(*end)).unwrap_or(0);
    // What stands before the mark of old builders is how nothing was run.
    let text = &instruction[..end];
    let done = text.split_once("#(nop)").filter(|(before, _)| !before.contains('='));
    let words = words(done.map_or(text, |(_, rest)| rest));
    let mut found: Vec<Variable> =
        words.iter().filter(|word| is_assignment(word)).map(|word| variable(word)).take(MOST).collect();
    found.extend(old_form(&words));
    found
}

/// `ENV NAME some words`: the form of old, without `=`.
fn old_form(words: &[String]) -> Option<Variable> {
    let [first, name, value @ ..] = words else { return None };
    (first == "ENV" && is_name(name) && !value.is_empty())
        .then(|| Variable { name: name.clone(), value: value.join(" ") })
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| is_name(name))
}

fn is_name(text: &str) -> bool {
    !text.starts_with(|first: char| first.is_ascii_digit())
        && !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
        && !text.starts_with('-')
}

/// Words as a shell has them: blanks and separators of commands part them, quotes and `\` hold them together.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let word = words.last_mut().expect("there is one from the start");
        match (character, quote) {
            ('\\', None | Some('"')) => word.extend(characters.next()),
            (_, Some(open)) if character == open => quote = None,
            ('"' | '\'', None) => quote = Some(character),
            (' ' | '\t' | '\n' | '\r' | ';' | '&' | '|' | '(' | ')', None) => words.push(String::new()),
            _ => word.push(character),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(instruction: &str, expected: &[(&str, &str)]) {
        let found = variables(instruction);
        let found: Vec<(&str, &str)> = found.iter().map(|found| (found.name.as_str(), found.value.as_str())).collect();
        assert_eq!(found, expected, "{instruction}");
    }

    #[test]
    fn as_builders_write_them() {
        check("ENV A=1 B=\"two words\" C='x=y'", &[("A", "1"), ("B", "two words"), ("C", "x=y")]);
        check("/bin/sh -c #(nop)  ENV API_TOKEN=abc", &[("API_TOKEN", "abc")]);
        check("/bin/sh -c #(nop)  ENV OLD some words", &[("OLD", "some words")]);
        check("ENV OLD some words", &[("OLD", "some words")]);
        check("ARG A", &[]);
        check("ARG A=b", &[("A", "b")]);
        check("RUN |2 TOKEN=a b=c /bin/sh -c make # buildkit", &[("TOKEN", "a"), ("b", "c")]);
        check("|1 TOKEN=a /bin/sh -c make", &[("TOKEN", "a")]);
        check("RUN /bin/sh -c export A=\"b c\"; D=e make&&F=g make", &[("A", "b c"), ("D", "e"), ("F", "g")]);
        check("LABEL org.example.a=b", &[("org.example.a", "b")]);
    }

    #[test]
    fn what_is_none() {
        check("RUN make --prefix=/usr 1A=b =c", &[]);
        check("COPY a b # buildkit", &[]);
        check("RUN ENV A", &[]);
        check("", &[]);
        check("RUN \"", &[]);
        check("RUN \\", &[]);
    }

    #[test]
    fn no_more_than_help() {
        let many = "A=b ".repeat(1000);
        assert_eq!(variables(&format!("RUN {many}")).len(), MOST);
        assert!(variables(&"ä".repeat(LONGEST)).is_empty());
    }

    proptest::proptest! {
        /// Nothing grows: names and values are pieces of the instruction.
        #[test]
        fn any_instruction(text in "((RUN|ENV|ARG|\\|1|#\\(nop\\)) )?([A-Za-z_=\"'\\\\;&|() ä]|.){0,80}") {
            let found = variables(&text);
            let bytes: usize = found.iter().map(|found| found.name.len() + found.value.len()).sum();
            proptest::prop_assert!(bytes <= 2 * text.len(), "{found:?}");
            proptest::prop_assert!(found.iter().all(|found| is_name(&found.name)), "{found:?}");
        }
    }
}
