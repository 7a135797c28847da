//! What stands in the head of a rule that makes a set or an object, and is undefined: OPA leaves that element out, the engine gives
//! up the whole rule. Both agree if the body gives the piece of the head a name, on the same line.
//!
//! `deny contains item.name if some item in input` becomes `deny contains __head_0 if { some item in input; __head_0 := item.name }`.

use std::collections::BTreeSet;
use std::ops::Range;

use regorus::unstable::{Expr, Literal, Query, Rule, RuleHead};

use super::bodies::Scanner;
use super::edit::{Edit, on_one_line};
use super::module::{Module, whole};
use super::walk::{Part, walk_expr};

/// What to change in the text for the engine. A head that other changes touch stays: the engine then says that it gave up.
pub(super) fn edits(module: &Module, rules: &BTreeSet<String>, others: &[Edit]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut names = 0;
    for rule in module.rules() {
        let Rule::Spec { head, bodies, .. } = rule.syntax() else { continue };
        let [body] = &bodies[..] else { continue };
        let pieces: Vec<&Expr> = pieces(head).into_iter().filter(|piece| may_be_undefined(piece, rules)).collect();
        edits.extend(named(module, &pieces, &body.query, others, &mut names).unwrap_or_default());
    }
    edits
}

/// The pieces of a head that are worked out for every element.
fn pieces(head: &RuleHead) -> Vec<&Expr> {
    match head {
        RuleHead::Set { refr, key, .. } => in_brackets(refr).into_iter().chain(key.as_deref()).collect(),
        RuleHead::Compr { refr, assign, .. } => {
            let keys = in_brackets(refr);
            let value = assign.as_ref().map(|assign| &*assign.value).filter(|_| !keys.is_empty());
            keys.into_iter().chain(value).collect()
        }
        RuleHead::Func { .. } => Vec::new(),
    }
}

fn in_brackets(mut expr: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    loop {
        match expr {
            Expr::RefDot { refr, .. } => expr = refr,
            Expr::RefBrack { refr, index, .. } => {
                found.push(&**index);
                expr = refr;
            }
            _ => return found,
        }
    }
}

/// Not so of literals and of what the body gives a value.
fn may_be_undefined(piece: &Expr, rules: &BTreeSet<String>) -> bool {
    let mut may_be = false;
    walk_expr(piece, &mut |part| {
        may_be |= match part {
            Part::Expr(Expr::Var { span, .. }) => {
                let name = span.text();
                name == "input" || name == "data" || rules.contains(name)
            }
            Part::Expr(
                Expr::RefDot { .. }
                | Expr::RefBrack { .. }
                | Expr::Call { .. }
                | Expr::ArithExpr { .. }
                | Expr::BinExpr { .. }
                | Expr::BoolExpr { .. },
            ) => true,
            _ => false,
        };
    });
    may_be
}

/// Names for the pieces in the head, and their values behind the last statement of the body.
fn named(module: &Module, pieces: &[&Expr], body: &Query, others: &[Edit], names: &mut usize) -> Option<Vec<Edit>> {
    let (first, last) = (body.stmts.first()?, body.stmts.last()?);
    let is_bare = body.span.start == first.span.start;
    if pieces.is_empty() || (is_bare && matches!(first.literal, Literal::NotExpr { .. })) {
        return None;
    }
    let mut edits = Vec::new();
    let mut values = String::new();
    for piece in pieces {
        let range = range(&module.text, piece)?;
        if others.iter().any(|edit| touches(&edit.range, &range)) {
            return None;
        }
        let value = on_one_line(&module.piece(range.clone())?)?;
        let breaks = module.text.get(range.clone())?.matches('\n').count();
        values += &format!("; __head_{names} := {value}");
        edits.push(Edit { range, text: format!("__head_{names}{}", "\n".repeat(breaks)) });
        *names += 1;
    }
    if is_bare {
        edits.push(Edit::insert(first.span.start as usize, "{ "));
        values += " }";
    }
    edits.push(Edit::insert(whole(&module.text, &last.span).end, values));
    Some(edits)
}

/// Where a piece stands. The engine gives an object of several members the span of one of them: it is what stands behind `contains`.
fn range(text: &str, piece: &Expr) -> Option<Range<usize>> {
    let range = whole(text, piece.span());
    if !matches!(piece, Expr::Object { .. }) {
        return closed(text, range);
    }
    let word = text.get(..=range.start)?.rfind("contains")? + "contains".len();
    let start = word + text.get(word..)?.find(|c: char| !c.is_whitespace())?;
    text[start..].starts_with('{').then(|| closed(text, start..start + 1))?
}

/// A piece ends where its brackets are closed.
fn closed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let mut depth = 0_i32;
    for (at, character) in (Scanner { text, at: range.start }) {
        if at >= range.end && depth == 0 {
            return Some(range);
        }
        match character {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
        if at >= range.end && depth == 0 {
            return Some(range.start..at + 1);
        }
    }
    (depth == 0).then_some(range)
}

fn touches(edit: &Range<usize>, piece: &Range<usize>) -> bool {
    edit.start <= piece.end && piece.start <= edit.end
}
