//! What stands in the head of a rule that makes a set or an object, and is undefined: OPA leaves that element out, the engine gives
//! up the whole rule. Both agree if the body gives the piece of the head a name, on the same line.
//!
//! `deny contains item.name if some item in input` becomes `deny contains __head_0 if { some item in input; __head_0 := item.name }`.

use std::collections::BTreeSet;
use std::ops::Range;

use regorus::unstable::{AssignOp, Expr, Query, Rule, RuleAssign, RuleBody, RuleHead};

use super::bodies::Scanner;
use super::edit::{Edit, on_one_line, start_of};
use super::module::{Module, RuleSyntax, whole};
use super::walk::{Part, walk_expr};

/// What to change in the text for the engine. A head that other changes touch stays: the engine then says that it gave up.
pub(super) fn edits(module: &Module, rules: &BTreeSet<String>, others: &[Edit]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut names = 0;
    for rule in module.rules() {
        let Rule::Spec { head, bodies, .. } = rule.syntax() else { continue };
        for (pieces, body) in parts(head, bodies) {
            let pieces: Vec<Piece> = pieces.into_iter().filter(|piece| piece.may_be_undefined(rules)).collect();
            edits.extend(named(module, rule, &pieces, &body, others, &mut names).unwrap_or_default());
        }
    }
    edits
}

/// The pieces of a rule's head with its body, then the value of each `else` with its own.
fn parts<'m>(head: &'m RuleHead, bodies: &'m [RuleBody]) -> Vec<(Vec<Piece<'m>>, Body<'m>)> {
    let (first, others) = match bodies {
        [] => return vec![(pieces(head), Body(None))],
        [first, others @ ..] => (first, others),
    };
    let in_head = pieces(head);
    // A key is the same in all of them.
    let is_plain = others.is_empty() || in_head.iter().all(|piece| piece.is_value);
    if !is_plain || others.iter().any(|body| !body.is_else) {
        return Vec::new();
    }
    // A function whose value is undefined does not go on to its `else` for the engine.
    let is_value = others.is_empty() || !matches!(head, RuleHead::Func { .. });
    let in_head = in_head.into_iter().map(|piece| Piece { is_value: piece.is_value && is_value, ..piece }).collect();
    let others = others.iter().filter_map(|body| {
        let query = (!body.query.stmts.is_empty()).then_some(&*body.query);
        body.assign.as_ref().map(|assign| (vec![value(assign, is_value)], Body(query)))
    });
    std::iter::once((in_head, Body(Some(&first.query)))).chain(others).collect()
}

/// A body, where there is one: only the last of a rule may have none.
struct Body<'m>(Option<&'m Query>);

/// A piece of a head.
struct Piece<'m> {
    expr: &'m Expr,
    /// What it stands behind where its own place does not say where it begins: a place, or the word `contains`.
    behind: Option<usize>,
    /// It is the whole value of the rule, which is undefined only if it is for every element that it goes through.
    is_value: bool,
}

/// The pieces of a head that are worked out for every element.
fn pieces(head: &RuleHead) -> Vec<Piece<'_>> {
    let key = |expr| Piece { expr, behind: None, is_value: false };
    match head {
        RuleHead::Set { refr, key: element, .. } => {
            in_brackets(refr).into_iter().chain(element.as_deref()).map(key).collect()
        }
        RuleHead::Compr { refr, assign, .. } => {
            let keys = in_brackets(refr);
            let is_value = keys.is_empty();
            keys.into_iter().map(key).chain(assign.iter().map(|assign| value(assign, is_value))).collect()
        }
        RuleHead::Func { assign, .. } => assign.iter().map(|assign| value(assign, true)).collect(),
    }
}

fn value(assign: &RuleAssign, is_value: bool) -> Piece<'_> {
    let sign = if matches!(assign.op, AssignOp::ColEq) { ":=" } else { "=" };
    Piece { expr: &assign.value, behind: Some(assign.span.start as usize + sign.len()), is_value }
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

impl Piece<'_> {
    /// Not so of literals and of what the body gives a value.
    fn may_be_undefined(&self, rules: &BTreeSet<String>) -> bool {
        let (mut may_be, mut goes_through) = (false, false);
        walk_expr(self.expr, &mut |part| {
            may_be |= match part {
                Part::Expr(Expr::Var { span, .. }) => {
                    let name = span.text();
                    goes_through |= name == "_";
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
        may_be && (goes_through || !self.is_value)
    }
}

/// Names for the pieces in the head, and their values behind the last statement of the body, which is made where there is none.
fn named(
    module: &Module,
    rule: &RuleSyntax,
    pieces: &[Piece],
    body: &Body,
    others: &[Edit],
    names: &mut usize,
) -> Option<Vec<Edit>> {
    if pieces.is_empty() {
        return None;
    }
    let mut edits = Vec::new();
    let mut values = Vec::new();
    for piece in pieces {
        let range = range(&module.text, rule, piece)?;
        if others.iter().any(|edit| touches(&edit.range, &range)) {
            return None;
        }
        let value = on_one_line(&module.piece(range.clone())?)?;
        let breaks = module.text.get(range.clone())?.matches('\n').count();
        values.push(format!("__head_{names} := {value}"));
        edits.push(Edit { range, text: format!("__head_{names}{}", "\n".repeat(breaks)) });
        *names += 1;
    }
    edits.extend(behind_body(module, rule, body, &values)?);
    Some(edits)
}

/// Puts statements behind the last of a body, which is made where there is none; nothing where that cannot be.
fn behind_body(module: &Module, rule: &RuleSyntax, body: &Body, statements: &[String]) -> Option<Vec<Edit>> {
    let statements = statements.join("; ");
    let Body(Some(body)) = body else {
        let word = if module.is_v0 { "" } else { "if " };
        return Some(vec![Edit::insert(rule.range.end, format!(" {word}{{ {statements} }}"))]);
    };
    let (first, last) = (body.stmts.first()?, body.stmts.last()?);
    let end = whole(&module.text, &last.span).end;
    let start = start_of(&module.text, first);
    match [first.span.start as usize, start].contains(&(body.span.start as usize)) {
        true => Some(vec![Edit::insert(start, "{ "), Edit::insert(end, format!("; {statements} }}"))]),
        false => Some(vec![Edit::insert(end, format!("; {statements}"))]),
    }
}

/// Where a piece stands. The engine gives an object of several members the span of one of them: it is what stands behind `contains`
/// or the sign of the value.
fn range(text: &str, rule: &RuleSyntax, piece: &Piece) -> Option<Range<usize>> {
    let range = whole(text, piece.expr.span());
    if !matches!(piece.expr, Expr::Object { .. }) {
        return closed(text, range);
    }
    let behind = match piece.behind {
        Some(place) => place,
        None => rule.range.start + text.get(rule.range.start..=range.start)?.rfind("contains")? + "contains".len(),
    };
    let start = behind + text.get(behind..)?.find(|c: char| !c.is_whitespace())?;
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
