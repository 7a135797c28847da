//! What stands in which brackets, and which of them has no other half.

use super::super::token::{Kind, Place, Token};

/// What is around a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// Nothing: heads of rules, imports.
    File,
    /// The braces of a rule or of `every`, or a comprehension behind its `|`: statements.
    Body,
    /// A list, set or object: values with `,` between them.
    Literal,
    /// The arguments of a function.
    Call,
    /// A value in brackets, or what picks an element.
    Value,
}

/// A bracket without its other half, with what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unmatched {
    pub(super) place: Place,
    pub(super) message: String,
}

/// What each token stands in; a bracket stands in what is around it.
pub(super) fn insides(tokens: &[Token<'_>]) -> Vec<Inside> {
    let mut open: Vec<Inside> = Vec::new();
    let mut insides = Vec::new();
    let mut is_every = false;
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let around = open.last().copied().unwrap_or(Inside::File);
        match token.text {
            ")" | "]" | "}" if token.kind == Kind::Sign => {
                open.pop();
                insides.push(open.last().copied().unwrap_or(Inside::File));
                continue;
            }
            "every" if token.kind == Kind::Word => is_every = true,
            "|" if token.kind == Kind::Sign => {
                if let Some(inner) = open.last_mut().filter(|inner| **inner == Inside::Literal) {
                    *inner = Inside::Body;
                }
            }
            _ => {}
        }
        insides.push(around);
        if token.kind != Kind::Sign {
            continue;
        }
        let is_behind_value = before.is_some_and(Token::ends_value);
        match token.text {
            "{" => {
                let is_body = before.is_some_and(|before| before.is("if") || before.is("else"))
                    || (is_behind_value && (around == Inside::File || is_every));
                is_every &= !is_body;
                open.push(if is_body { Inside::Body } else { Inside::Literal });
            }
            "[" if token.is_close && is_behind_value => open.push(Inside::Value),
            "[" => open.push(Inside::Literal),
            "(" if token.is_close && is_behind_value => open.push(Inside::Call),
            "(" => open.push(Inside::Value),
            _ => {}
        }
    }
    insides
}

/// The first bracket without its other half.
pub(super) fn unmatched(tokens: &[Token<'_>]) -> Option<Unmatched> {
    let mut open: Vec<&Token<'_>> = Vec::new();
    // The innermost one that is open where another rule begins.
    let mut at_rule: Option<(&Token<'_>, Place)> = None;
    for token in tokens.iter().filter(|token| token.kind != Kind::Text) {
        match token.text {
            "(" | "[" | "{" => open.push(token),
            ")" | "]" | "}" => match open.pop() {
                None => {
                    let message = format!("nothing is open that this `{}` closes; take it away", token.text);
                    return Some(Unmatched { place: token.place, message });
                }
                Some(opening) if other(opening.text) != token.text => {
                    return Some(match at_rule {
                        Some((opening, rule)) => before_rule(opening, rule),
                        None => closed_by_other(opening, token),
                    });
                }
                Some(opening) => at_rule = at_rule.filter(|(known, _)| known.place != opening.place),
            },
            _ if token.kind == Kind::Word && token.place.column == 1 && at_rule.is_none() => {
                at_rule = open.last().map(|opening| (*opening, token.place));
            }
            _ => {}
        }
    }
    let last = open.pop()?;
    Some(match at_rule {
        Some((opening, rule)) => before_rule(opening, rule),
        None => Unmatched {
            place: last.place,
            message: format!("this `{}` is never closed; write the `{}` that is missing", last.text, other(last.text)),
        },
    })
}

fn before_rule(opening: &Token<'_>, rule: Place) -> Unmatched {
    let (sign, end) = (opening.text, other(opening.text));
    let message = format!("this `{sign}` is not closed before what begins on line {}; write `{end}` there", rule.line);
    Unmatched { place: opening.place, message }
}

fn closed_by_other(opening: &Token<'_>, closing: &Token<'_>) -> Unmatched {
    let (sign, end) = (opening.text, other(opening.text));
    let (line, column) = (closing.place.line, closing.place.column);
    let message =
        format!("this `{sign}` is not closed before the `{}` of {line}:{column}; write `{end}` there", closing.text);
    Unmatched { place: opening.place, message }
}

fn other(bracket: &str) -> &'static str {
    match bracket {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}
