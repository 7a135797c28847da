//! `known := input.name in names`: where the name is undefined so is the whole for OPA, and `false` for the engine. So wherever `in` gives a
//! value it is written as a call of a builtin, which is undefined where an argument is.

use std::collections::BTreeSet;
use std::ops::Range;

use regorus::unstable::{Expr, Literal};

use super::bodies::Scanner;
use super::module::{Module, whole};
use super::walk::{Part, walk, walk_expr};

/// What `in` is called that gives a value, without a key and with one.
pub(super) const MEMBER: &str = "portcullis.member";
pub(super) const MEMBER_AT: &str = "portcullis.member_at";

/// An `in` that gives a value.
pub(super) struct Place {
    pub(super) range: Range<usize>,
    /// Where in it the word stands.
    pub(super) word: Range<usize>,
    pub(super) name: &'static str,
}

/// Every `in` that gives a value which may be undefined, what is around others first. A statement by itself is undone either way. With a
/// key `in` is never true of a set for the engine, and of what is in it with itself as the key for OPA.
pub(super) fn places(module: &Module) -> Vec<Place> {
    let mut places = Vec::new();
    for rule in module.rules() {
        let mut statements: BTreeSet<*const Expr> = BTreeSet::new();
        walk(rule.syntax(), &mut |part| match part {
            Part::Statement(statement) => {
                if let Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } = &statement.literal {
                    statements.insert(&raw const **expr);
                }
            }
            Part::Expr(expr @ Expr::Membership { .. }) => {
                places.extend(place(&module.text, expr, statements.contains(&(&raw const *expr))));
            }
            _ => {}
        });
    }
    places
}

fn place(text: &str, membership: &Expr, is_statement: bool) -> Option<Place> {
    let Expr::Membership { span, key, value, collection, .. } = membership else { return None };
    if key.is_none() && (is_statement || !may_be_undefined(value) && !may_be_undefined(collection)) {
        return None;
    }
    let range = whole(text, span);
    let word = word(text, range.start..whole(text, collection.span()).start)?;
    Some(Place { range, word, name: if key.is_some() { MEMBER_AT } else { MEMBER } })
}

/// The last `in` of a piece that is in no brackets.
fn word(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let is_part = |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.');
    let (mut depth, mut found) = (0_u32, None);
    for (at, character) in (Scanner { text: text.get(..range.end)?, at: range.start }) {
        match character {
            '[' | '{' | '(' => depth += 1,
            ']' | '}' | ')' => depth = depth.saturating_sub(1),
            'i' if depth == 0 && text[at..].starts_with("in") => {
                let is_word = !is_part(text[..at].chars().next_back()) && !is_part(text[at + 2..].chars().next());
                found = if is_word { Some(at..at + 2) } else { found };
            }
            _ => {}
        }
    }
    found
}

/// Not so of what stands in the text itself, and of lists that are made of what there is.
fn may_be_undefined(expr: &Expr) -> bool {
    if matches!(expr, Expr::ArrayCompr { .. } | Expr::SetCompr { .. } | Expr::ObjectCompr { .. }) {
        return false;
    }
    let mut may_be = false;
    walk_expr(expr, &mut |part| {
        may_be |= !matches!(
            part,
            Part::Expr(
                Expr::String { .. }
                    | Expr::RawString { .. }
                    | Expr::Number { .. }
                    | Expr::Bool { .. }
                    | Expr::Null { .. }
                    | Expr::Array { .. }
                    | Expr::Set { .. }
                    | Expr::Object { .. }
            )
        );
    });
    may_be
}
