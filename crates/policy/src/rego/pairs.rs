//! `[path, value] := walk(x)`: for OPA `walk` is one pair after the other wherever it stands, for the engine only as a statement that names
//! the pair, `walk(x, pair)`; anywhere else it is silently nothing. So the statement is written before the one that wants the pair, on its line.

use regorus::unstable::{Expr, Literal, LiteralStmt, Span};

use super::edit::{Edit, applied, before_statement};
use super::module::{Module, whole};
use super::walk::walk_statements;

/// The builtin.
pub(super) const WALK: &str = "walk";

/// The text with every pair named; nothing where there is none.
pub(super) fn named(module: &Module) -> Option<String> {
    if !module.text.contains(WALK)
        || module.rules().iter().any(|rule| rule.name.first().is_some_and(|name| name == WALK))
    {
        return None;
    }
    let mut naming = Naming { module, edits: Vec::new(), names: 0 };
    for rule in module.rules() {
        walk_statements(rule.syntax(), &mut |statement, is_bare| naming.statement(statement, is_bare));
    }
    (!naming.edits.is_empty()).then(|| applied(&module.text, naming.edits))
}

/// Whether a call is one of `walk` that names no pair.
pub(super) fn is_unnamed(function: &Expr, arguments: usize) -> bool {
    matches!(function, Expr::Var { span, .. } if span.text() == WALK) && arguments == 1
}

struct Naming<'m> {
    module: &'m Module,
    edits: Vec<Edit>,
    names: usize,
}

impl Naming<'_> {
    fn statement(&mut self, statement: &LiteralStmt, is_bare: bool) {
        let sides = match &statement.literal {
            Literal::Expr { expr, .. } => vec![&**expr],
            Literal::SomeIn { value, collection, .. } => vec![&**value, &**collection],
            _ => return,
        };
        let text = &self.module.text[..];
        let end = whole(text, &statement.span).end;
        let with = statement.with_mods.first().and_then(|first| text.get(first.span.start as usize..end));
        let mut before = String::new();
        let mut edits = Vec::new();
        for call in sides.into_iter().flat_map(calls) {
            let range = whole(text, call.0);
            let Some(argument) = text.get(whole(text, call.1)) else { return };
            let name = format!("__pair_{}", self.names);
            before += &format!("{WALK}({argument}, {name}) {}; ", with.unwrap_or_default());
            let breaks = text[range.clone()].matches('\n').count();
            edits.push(Edit { range, text: format!("{name}{}", "\n".repeat(breaks)) });
            self.names += 1;
        }
        // What stands on lines of its own would need them twice; it is refused.
        if before.is_empty() || before.contains(['\n', '#']) {
            return;
        }
        self.edits.extend(before_statement(text, statement, is_bare, before));
        self.edits.append(&mut edits);
    }
}

/// Calls that name no pair, outside of the queries in an expression, which have statements of their own: the call and its argument.
fn calls(expr: &Expr) -> Vec<(&Span, &Span)> {
    let mut found = Vec::new();
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Call { span, fcn, params, .. } => match &params[..] {
                [argument] if is_unnamed(fcn, 1) => found.push((span, argument.span())),
                _ => open.extend(params.iter().map(|param| &**param)),
            },
            Expr::Array { items, .. } | Expr::Set { items, .. } => open.extend(items.iter().map(|item| &**item)),
            Expr::Object { fields, .. } => open.extend(fields.iter().flat_map(|(_, key, value)| [&**key, &**value])),
            Expr::BinExpr { lhs, rhs, .. }
            | Expr::BoolExpr { lhs, rhs, .. }
            | Expr::ArithExpr { lhs, rhs, .. }
            | Expr::AssignExpr { lhs, rhs, .. } => open.extend([&**lhs, &**rhs]),
            Expr::UnaryExpr { expr, .. } => open.push(expr),
            Expr::RefDot { refr, .. } => open.push(refr),
            Expr::RefBrack { refr, index, .. } => open.extend([&**refr, &**index]),
            Expr::Membership { key, value, collection, .. } => {
                open.extend(key.iter().map(|key| &**key));
                open.extend([&**value, &**collection]);
            }
            _ => {}
        }
    }
    found
}
