//! Slips between two words or signs that stand beside each other.

use super::super::token::{Kind, Place, Token};
use super::bracket::Inside;

/// Signs of other languages, and what to write instead.
const SIGNS: &[(&str, &str)] = &[
    (
        "&&",
        "there is no `&&`: all statements of a body must hold, so write two, on lines of their own or with `;` between",
    ),
    ("||", "there is no `||`: write a rule of the same name for each case, or `x in {a, b}`"),
    ("===", "write `==`"),
    ("!==", "write `!=`"),
    ("<>", "write `!=`"),
    ("=~", "write `regex.match(pattern, text)`"),
    ("=>", "there is no `=>`: what follows from a condition is the head of a rule, `name := value if { … }`"),
    ("->", "there is no `->`: a function is `name(x) := value if { … }`"),
    ("//", "a comment begins with `#`"),
    ("/*", "a comment begins with `#`, on every line of it"),
    ("++", "a variable has one value; give the sum another name"),
    ("+=", "a variable has one value; give the sum another name, or ask for `sum([…])`"),
    ("-=", "a variable has one value; give the difference another name"),
    ("!", "there is no `!`: write `not`"),
    ("?", "there is no `? :`: write a rule with `else := …`"),
];

/// Words of other languages at the beginning of a statement, and what to write instead.
const BEGINNINGS: &[(&str, &str)] = &[
    ("for", "there is no `for`: write `some x in list`, or `every x in list { … }` where all must hold"),
    ("foreach", "there is no `foreach`: write `some x in list`"),
    ("while", "there is no `while`: write `some x in list`"),
    ("return", "there is no `return`: the head of the rule names what it gives, `f(x) := value if { … }`"),
    ("let", "leave `let` out: `x := value`"),
    ("var", "leave `var` out: `x := value`"),
    ("const", "leave `const` out: `x := value`"),
    ("elif", "there is no `elif`: a rule goes on with `else := value if { … }` behind its `}`"),
    ("unless", "there is no `unless`: write `not`"),
];

/// The same between two values.
const BETWEEN: &[(&str, &str)] = &[
    (
        "and",
        "there is no `and`: all statements of a body must hold, so write two, on lines of their own or with `;` between",
    ),
    ("or", "there is no `or`: write a rule of the same name for each case, or `x in {a, b}`"),
    ("is", "write `==`"),
    ("then", "there is no `then`: what follows from a condition is the head of a rule"),
    ("matches", "write `regex.match(pattern, text)`"),
];

const ONE_CONDITION: &str =
    "a negation has one condition; `not` of several is `not` of a rule that has them as its body";

/// The first slip.
pub(super) fn check(tokens: &[Token<'_>], insides: &[Inside]) -> Option<(Place, String)> {
    let mut statement = 0;
    for at in 0..tokens.len() {
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let around = insides[at];
        let begins_line = before.is_none_or(|before| before.place.line < tokens[at].place.line);
        if around == Inside::Body
            && (begins_line || before.is_some_and(|b| [";", "{", "|"].iter().any(|sign| b.is(sign))))
        {
            statement = at;
        }
        let here = Here { tokens, at, statement, around, begins_line };
        if let Some(found) = here.check() {
            return Some(found);
        }
    }
    None
}

/// A token and what is known around it.
struct Here<'a, 't> {
    tokens: &'a [Token<'t>],
    at: usize,
    /// Where the statement begins that it is in; means something in a body only.
    statement: usize,
    around: Inside,
    begins_line: bool,
}

impl Here<'_, '_> {
    fn check(&self) -> Option<(Place, String)> {
        let token = self.token();
        let said = self.foreign().or_else(|| self.blank()).or_else(|| self.in_body()).or_else(|| self.in_list());
        if let Some(text) = said {
            return Some((token.place, text));
        }
        let before = self.before()?;
        let is_end = token.kind == Kind::Sign && [")", "]", "}", ";"].contains(&token.text);
        if is_end && self.wants_value(before) {
            return Some((before.place, format!("a value is missing behind this `{}`", before.text)));
        }
        self.between(before)
    }

    fn token(&self) -> &Token<'_> {
        &self.tokens[self.at]
    }

    fn before(&self) -> Option<&Token<'_>> {
        Some(&self.tokens[self.at.checked_sub(1)?])
    }

    fn next(&self) -> Option<&Token<'_>> {
        self.tokens.get(self.at + 1)
    }

    /// Whether it is the name of a field: any word may be one.
    fn is_field(&self) -> bool {
        self.before().is_some_and(|before| before.is(".")) || self.next().is_some_and(|next| next.is(":"))
    }

    fn foreign(&self) -> Option<String> {
        let token = self.token();
        let text = |table: &[(&str, &str)]| {
            table.iter().find(|(word, _)| *word == token.text).map(|(_, text)| (*text).to_owned())
        };
        match token.kind {
            Kind::Sign => text(SIGNS),
            Kind::Word if self.is_field() => None,
            Kind::Word => {
                let is_followed = self.next().is_some_and(|next| {
                    next.place.line == token.place.line && (next.begins_value() || next.is("not") || next.is("some"))
                });
                let is_behind = !self.begins_line && self.before().is_some_and(Token::ends_value);
                let begins = is_followed.then(|| text(BEGINNINGS)).flatten();
                begins.or_else(|| (is_followed && is_behind).then(|| text(BETWEEN)).flatten())
            }
            _ => None,
        }
    }

    /// In a path.
    fn blank(&self) -> Option<String> {
        let (token, before) = (self.token(), self.before()?);
        let is_apart = !token.is_close && !self.begins_line;
        let is_in_path = (token.is(".") && before.ends_value()) || (before.is(".") && token.kind == Kind::Word);
        (is_apart && is_in_path).then(|| "a path has no blanks around its `.`".to_owned())
    }

    fn in_body(&self) -> Option<String> {
        if self.around != Inside::Body || self.is_field() {
            return None;
        }
        let token = self.token();
        let beginning = &self.tokens[self.statement];
        let is_behind = !self.begins_line && self.before().is_some_and(Token::ends_value);
        let text = match token.text {
            _ if token.kind == Kind::Text => return None,
            "if" | "else" => {
                "no condition stands in a body: write it as a statement, or a rule for each case, `name := value if { … }`"
            }
            "not" if is_behind && self.next().is_some_and(|next| next.is("in")) => "write `not x in y`",
            "contains" if is_behind && !self.next().is_some_and(|next| next.is("(") && next.is_close) => {
                "write `y in x` of lists and sets, `contains(x, y)` of texts"
            }
            "," if self.ends_line() && !beginning.is("some") && !beginning.is("every") => {
                "statements stand on lines of their own, or have `;` between; take the `,` away"
            }
            ":" => "a name is given its value by `:=`; `:` stands in objects",
            ":=" | "=" if beginning.is("some") => {
                "`some x in list` goes through a list; a value alone is given without `some`, `x := value`"
            }
            "{" if beginning.is("some") && is_behind => {
                "`some` has no braces: what is asked of each is the next statement"
            }
            ":=" if beginning.is("not") => "a negation gives no value; write the `:=` before it, and `not` of the name",
            _ => return None,
        };
        Some(text.to_owned())
    }

    fn in_list(&self) -> Option<String> {
        let token = self.token();
        if !matches!(self.around, Inside::Literal | Inside::Call | Inside::Value) || token.kind != Kind::Sign {
            return None;
        }
        match token.text {
            ";" if self.is_in_negation() => Some(ONE_CONDITION.to_owned()),
            ";" => Some("values have `,` between them".to_owned()),
            ":=" | "=" => {
                Some("no name is given a value here; do it in a statement before, or write `key: value`".to_owned())
            }
            _ => None,
        }
    }

    /// Whether the innermost bracket follows a `not`.
    fn is_in_negation(&self) -> bool {
        let mut depth = 0_i32;
        for at in (0..self.at).rev() {
            match self.tokens[at].text {
                ")" | "]" | "}" => depth += 1,
                "(" | "[" | "{" if depth == 0 => return at > 0 && self.tokens[at - 1].is("not"),
                "(" | "[" | "{" => depth -= 1,
                _ => {}
            }
        }
        false
    }

    fn ends_line(&self) -> bool {
        self.next().is_none_or(|next| next.place.line > self.token().place.line)
    }

    fn wants_value(&self, before: &Token<'_>) -> bool {
        const WANTING: &[&str] =
            &[":=", "=", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "|", "&", ".", ":", "in", "not"];
        before.kind != Kind::Text && WANTING.contains(&before.text)
    }

    /// Two values without anything between them.
    fn between(&self, before: &Token<'_>) -> Option<(Place, String)> {
        let token = self.token();
        if self.is_field() && self.around != Inside::Literal || !before.ends_value() || !token.begins_value() {
            return None;
        }
        let (left, right) = (shown(before), shown(token));
        let text = match self.around {
            Inside::Literal if self.begins_line && self.is_in_negation() => ONE_CONDITION.to_owned(),
            Inside::Literal | Inside::Call => format!("a `,` is missing between {left} and {right}"),
            Inside::Value => format!("something is missing between {left} and {right}"),
            Inside::Body if self.begins_line || self.opens_body() => return None,
            Inside::Body if self.tokens[self.statement].is("every") => {
                "`every x in list { … }` has its conditions in braces".to_owned()
            }
            Inside::Body => {
                format!("between {left} and {right} an operator is missing, or the `;` or new line of two statements")
            }
            Inside::File => return None,
        };
        Some((token.place, text))
    }

    /// `every x in list {`.
    fn opens_body(&self) -> bool {
        self.token().is("{") && self.tokens[self.statement..self.at].iter().any(|token| token.is("every"))
    }
}

fn shown(token: &Token<'_>) -> String {
    let short: String = token.text.lines().next().unwrap_or_default().chars().take(24).collect();
    if short.len() < token.text.len() { format!("`{short}…`") } else { format!("`{short}`") }
}
