//! All parts of a rule, without recursion: references come as a whole, then what stands in their brackets.

use std::collections::BTreeSet;

use regorus::unstable::{Expr, Literal, LiteralStmt, Query, Ref, Rule, RuleHead};

/// A part of a rule.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    Expr(&'a Expr),
    Statement(&'a LiteralStmt),
    Query(&'a Query),
}

/// Calls `see` for every part of a rule, outer parts before inner ones.
pub(crate) fn walk<'a>(rule: &'a Rule, see: &mut dyn FnMut(Part<'a>)) {
    let mut open = Vec::new();
    of_rule(rule, &mut open);
    walk_parts(open, see);
}

/// Every statement of a rule, those of queries inside others too, and whether it is a body by itself without braces, which needs them for
/// two.
pub(crate) fn walk_statements<'a>(rule: &'a Rule, see: &mut dyn FnMut(&'a LiteralStmt, bool)) {
    let bodies = match rule {
        Rule::Spec { bodies, .. } => &bodies[..],
        Rule::Default { .. } => &[],
    };
    let bare: BTreeSet<*const Query> = bodies.iter().map(|body| &raw const *body.query).collect();
    walk(rule, &mut |part| {
        let Part::Query(query) = part else { return };
        for statement in &query.stmts {
            let is_body = bare.contains(&(&raw const *query)) && query.span.start == statement.span.start;
            see(statement, is_body);
        }
    });
}

/// The same for an expression.
pub(crate) fn walk_expr<'a>(expr: &'a Expr, see: &mut dyn FnMut(Part<'a>)) {
    walk_parts(vec![Part::Expr(expr)], see);
}

/// The same for a statement.
pub(crate) fn walk_statement<'a>(statement: &'a LiteralStmt, see: &mut dyn FnMut(Part<'a>)) {
    walk_parts(vec![Part::Statement(statement)], see);
}

fn walk_parts<'a>(mut open: Vec<Part<'a>>, see: &mut dyn FnMut(Part<'a>)) {
    open.reverse();
    while let Some(part) = open.pop() {
        see(part);
        let before = open.len();
        match part {
            Part::Expr(expr) => of_expr(expr, &mut open),
            Part::Query(query) => open.extend(query.stmts.iter().map(Part::Statement)),
            Part::Statement(statement) => of_statement(statement, &mut open),
        }
        open[before..].reverse();
    }
}

fn of_rule<'a>(rule: &'a Rule, open: &mut Vec<Part<'a>>) {
    match rule {
        Rule::Default { value, .. } => open.push(Part::Expr(value)),
        Rule::Spec { head, bodies, .. } => {
            match head {
                RuleHead::Compr { refr, assign, .. } => {
                    in_brackets(refr, open);
                    open.extend(assign.iter().map(|assign| Part::Expr(&assign.value)));
                }
                RuleHead::Set { refr, key, .. } => {
                    in_brackets(refr, open);
                    open.extend(key.iter().map(|key| Part::Expr(key)));
                }
                RuleHead::Func { args, assign, .. } => {
                    open.extend(exprs(args));
                    open.extend(assign.iter().map(|assign| Part::Expr(&assign.value)));
                }
            }
            for body in bodies {
                open.extend(body.assign.iter().map(|assign| Part::Expr(&assign.value)));
                open.push(Part::Query(&body.query));
            }
        }
    }
}

fn of_statement<'a>(statement: &'a LiteralStmt, open: &mut Vec<Part<'a>>) {
    match &statement.literal {
        Literal::SomeVars { .. } => {}
        Literal::SomeIn { key, value, collection, .. } => {
            open.extend(key.iter().map(|key| Part::Expr(key)));
            open.extend([Part::Expr(value), Part::Expr(collection)]);
        }
        Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => open.push(Part::Expr(expr)),
        Literal::Every { domain, query, .. } => open.extend([Part::Expr(domain), Part::Query(query)]),
    }
    for modifier in &statement.with_mods {
        open.extend([Part::Expr(&modifier.refr), Part::Expr(&modifier.r#as)]);
    }
}

fn of_expr<'a>(expr: &'a Expr, open: &mut Vec<Part<'a>>) {
    match expr {
        Expr::String { .. }
        | Expr::RawString { .. }
        | Expr::Number { .. }
        | Expr::Bool { .. }
        | Expr::Null { .. }
        | Expr::Var { .. } => {}
        Expr::Array { items, .. } | Expr::Set { items, .. } => open.extend(exprs(items)),
        Expr::Object { fields, .. } => {
            open.extend(fields.iter().flat_map(|(_, key, value)| [Part::Expr(key), Part::Expr(value)]));
        }
        Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
            open.extend([Part::Expr(term), Part::Query(query)]);
        }
        Expr::ObjectCompr { key, value, query, .. } => {
            open.extend([Part::Expr(key), Part::Expr(value), Part::Query(query)]);
        }
        // The name of a function is no reference to a value.
        Expr::Call { params, .. } => open.extend(exprs(params)),
        Expr::UnaryExpr { expr, .. } => open.push(Part::Expr(expr)),
        Expr::RefDot { .. } | Expr::RefBrack { .. } => in_brackets(expr, open),
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => open.extend([Part::Expr(lhs), Part::Expr(rhs)]),
        Expr::Membership { key, value, collection, .. } => {
            open.extend(key.iter().map(|key| Part::Expr(key)));
            open.extend([Part::Expr(value), Part::Expr(collection)]);
        }
    }
}

/// What stands in the brackets of a reference, and what it starts from if that is no name.
fn in_brackets<'a>(mut expr: &'a Expr, open: &mut Vec<Part<'a>>) {
    loop {
        match expr {
            Expr::RefDot { refr, .. } => expr = refr,
            Expr::RefBrack { refr, index, .. } => {
                if !matches!(&**index, Expr::String { .. } | Expr::RawString { .. }) {
                    open.push(Part::Expr(index));
                }
                expr = refr;
            }
            Expr::Var { .. } => return,
            other => {
                open.push(Part::Expr(other));
                return;
            }
        }
    }
}

fn exprs(items: &[Ref<Expr>]) -> impl Iterator<Item = Part<'_>> {
    items.iter().map(|item| Part::Expr(item))
}
