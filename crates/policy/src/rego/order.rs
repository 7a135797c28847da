//! `x := …` that stands behind a use of `x`: OPA puts statements in the order they need, the engine refuses it. Written before the
//! first use it means the same.

use std::collections::BTreeSet;

use regorus::unstable::{AssignOp, Expr, Literal, LiteralStmt, Query};

use super::edit::Edit;
use super::module::{Module, whole};
use super::reference::Reference;
use super::walk::{Part, walk, walk_expr, walk_statement};

/// What to change in the text for the engine.
pub(super) fn edits(module: &Module) -> Vec<Edit> {
    let mut edits = Vec::new();
    for rule in module.rules() {
        walk(rule.syntax(), &mut |part| {
            if let Part::Query(query) = part {
                of_query(module, query, &mut edits);
            }
        });
    }
    edits
}

fn of_query(module: &Module, query: &Query, edits: &mut Vec<Edit>) {
    let Some(order) = order(query) else { return };
    let text_of = |place: &Place| {
        let range = whole(&module.text, &query.stmts[place.statement].span);
        module.piece(range).unwrap_or_default()
    };
    // A comment inside would take the rest of its new line with it; the engine then says what it does not like.
    if order.iter().any(|place| place.is_moved && text_of(place).contains('#')) {
        return;
    }
    let mut ahead = String::new();
    for place in order {
        let range = whole(&module.text, &query.stmts[place.statement].span);
        if !place.is_moved {
            if !ahead.is_empty() {
                edits.push(Edit::insert(range.start, std::mem::take(&mut ahead)));
            }
            continue;
        }
        let text = text_of(&place);
        ahead += &format!("{}; ", text.replace(['\n', '\r'], " "));
        let breaks = text.matches('\n').count();
        edits.push(Edit { range, text: format!("true{}", "\n".repeat(breaks)) });
    }
}

/// A statement in its new place.
struct Place {
    statement: usize,
    is_moved: bool,
}

/// The order that the statements need; nothing when they are in it.
fn order(query: &Query) -> Option<Vec<Place>> {
    let names: Vec<BTreeSet<&str>> = query.stmts.iter().map(mentioned).collect();
    let mut order: Vec<Place> = (0..query.stmts.len()).map(|statement| Place { statement, is_moved: false }).collect();
    // Each statement moves up at most once for every other.
    for _ in 0..order.len() {
        let moved = (0..order.len()).find_map(|at| Some((at, earlier(query, &names, &order, at)?)));
        let Some((from, to)) = moved else { break };
        let place = order.remove(from);
        order.insert(to, Place { is_moved: true, ..place });
    }
    order.iter().any(|place| place.is_moved).then_some(order)
}

/// Where the statement at a place must go: before the first that uses what it gives a value.
fn earlier(query: &Query, names: &[BTreeSet<&str>], order: &[Place], at: usize) -> Option<usize> {
    let (name, needed) = assignment(&query.stmts[order[at].statement])?;
    let mentions = |places: &[Place], name: &str| places.iter().any(|place| names[place.statement].contains(name));
    let first = order[..at].iter().position(|place| names[place.statement].contains(name))?;
    let is_known = |needed: &&str| mentions(&order[..first], needed) || !mentions(&order[first..at], needed);
    needed.iter().all(is_known).then_some(first)
}

/// The name that a statement gives a value, and the names that the value is made of.
fn assignment(statement: &LiteralStmt) -> Option<(&str, BTreeSet<&str>)> {
    let Literal::Expr { expr, .. } = &statement.literal else { return None };
    let Expr::AssignExpr { op: AssignOp::ColEq, lhs, rhs, .. } = &**expr else { return None };
    let Expr::Var { span, .. } = &**lhs else { return None };
    let mut names = BTreeSet::new();
    walk_expr(rhs, &mut |part| see(part, &mut names));
    let is_plain = statement.with_mods.is_empty() && !names.contains(span.text());
    names.retain(|name| !["input", "data"].contains(name));
    is_plain.then(|| (span.text(), names))
}

/// Every name in a statement.
fn mentioned(statement: &LiteralStmt) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    walk_statement(statement, &mut |part| see(part, &mut names));
    names
}

fn see<'a>(part: Part<'a>, names: &mut BTreeSet<&'a str>) {
    match part {
        Part::Expr(expr) => names.extend(Reference::of(expr).map(|reference| reference.base.text())),
        Part::Statement(statement) => {
            if let Literal::SomeVars { vars, .. } = &statement.literal {
                names.extend(vars.iter().map(|name| name.text()));
            }
        }
        Part::Query(_) => {}
    }
}
