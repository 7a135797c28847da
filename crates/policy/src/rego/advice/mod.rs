//! What whoever wrote a policy that does not parse most probably meant: the place, and what to write instead. The engine stops where it
//! can go no further, often far behind the slip, and says what it would have liked there.
//!
//! Nothing here decides whether a policy is right; it is looked at only where the parser refuses it.

mod bracket;
mod head;
mod pair;

use super::token::{self, Kind, Slip, Token};
use bracket::Unmatched;

/// Where the slip is, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Advice {
    /// 1-based.
    pub(super) line: u32,
    /// 1-based, in characters.
    pub(super) column: u32,
    pub(super) message: String,
}

/// The first slip of a text that the parser refuses; nothing where it has none of those that are known. `is_v0` is whether the text
/// was read as version 0 of the language.
pub(super) fn advice(text: &str, is_v0: bool) -> Option<Advice> {
    let (tokens, slip) = token::tokens(text);
    let slip = slip.map(|(place, slip)| (place, told(slip)));
    // Behind a slip nothing is known of brackets.
    let unmatched = if slip.is_none() { bracket::unmatched(&tokens) } else { None };
    let unmatched = unmatched.map(|Unmatched { place, message }| (place, message));
    let insides = bracket::insides(&tokens);
    let found = [slip, unmatched, head::check(&tokens, &insides, is_v0), pair::check(&tokens, &insides)];
    let (place, message) = found.into_iter().flatten().min_by_key(|(place, _)| *place)?;
    Some(Advice { line: place.line, column: place.column, message })
}

fn told(slip: Slip) -> String {
    match slip {
        Slip::OpenText => {
            "this string has no closing `\"`; it must end on its line (one of several lines stands in backquotes)"
                .into()
        }
        Slip::OpenRaw => "this string begins with a backquote and never ends; write the other one".into(),
        Slip::Escape(character) => format!(
            "strings know no `\\{character}`; write a pattern in backquotes, `\\{character}` as it is, or double the backslash"
        ),
        Slip::Quote(_) => "strings stand in double quotes, `\"…\"`".into(),
        Slip::Template => "version 0 has no template strings; write `sprintf(\"… %v\", [x])`".into(),
        Slip::Unseen(character) => {
            format!("the character U+{:04X} may stand in strings and comments only; take it away", u32::from(character))
        }
        Slip::Line => "this line ends in a carriage return alone; save the file with line feeds".into(),
        Slip::Letter(letter) => {
            format!("names are of ASCII letters, digits and `_`, and `{letter}` is none; text stands in double quotes")
        }
    }
}

impl Token<'_> {
    /// This word or sign, and no text.
    fn is(&self, text: &str) -> bool {
        self.kind != Kind::Text && self.text == text
    }

    /// A word that is no name.
    fn is_keyword(&self) -> bool {
        const KEYWORDS: &[&str] =
            &["as", "contains", "default", "else", "every", "if", "import", "in", "not", "package", "some", "with"];
        self.kind == Kind::Word && KEYWORDS.contains(&self.text)
    }

    /// Whether a value may end with it.
    fn ends_value(&self) -> bool {
        match self.kind {
            Kind::Word => !self.is_keyword(),
            Kind::Sign => [")", "]", "}"].contains(&self.text),
            Kind::Number | Kind::Text => true,
        }
    }

    /// Whether a value may begin with it.
    fn begins_value(&self) -> bool {
        match self.kind {
            Kind::Word => !self.is_keyword(),
            Kind::Sign => self.text == "{" || (["(", "["].contains(&self.text) && !self.is_close),
            Kind::Number | Kind::Text => true,
        }
    }
}
