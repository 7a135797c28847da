//! `known := input.name in names`: where the name is undefined so is the whole for OPA, and `false` for the engine. So what is looked for,
//! and in what, gets a name in a statement of its own, on the same line, wherever `in` gives a value.

use regorus::unstable::{AssignOp, Expr, Literal, LiteralStmt, Rule, RuleHead};

use super::edit::{Edit, applied, before_statement, on_one_line};
use super::head::{Body, behind_body};
use super::module::{Module, RuleSyntax, whole};
use super::walk::walk_statements;

/// The text with names; nothing where none are needed.
pub(super) fn named(module: &Module) -> Option<String> {
    let mut naming = Naming { module, edits: Vec::new(), names: 0 };
    for rule in module.rules() {
        naming.head(rule);
        walk_statements(rule.syntax(), &mut |statement, is_bare| naming.statement(statement, is_bare));
    }
    (!naming.edits.is_empty()).then(|| applied(&module.text, naming.edits))
}

struct Naming<'m> {
    module: &'m Module,
    edits: Vec<Edit>,
    names: usize,
}

impl Naming<'_> {
    fn head(&mut self, rule: &RuleSyntax) {
        let Rule::Spec { head: RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. }, bodies, .. } =
            rule.syntax()
        else {
            return;
        };
        let (Some(assign), Some(body)) = (assign, Body::of(bodies)) else { return };
        let Some((edits, values)) = self.operands(&assign.value, true) else { return };
        if let Some(behind) = behind_body(self.module, rule, &body, &values) {
            self.edits.extend(edits.into_iter().chain(behind));
        }
    }

    fn statement(&mut self, statement: &LiteralStmt, is_bare: bool) {
        let Literal::Expr { expr, .. } = &statement.literal else { return };
        let Some((edits, values)) = self.operands(expr, false) else { return };
        let text = &self.module.text[..];
        let end = whole(text, &statement.span).end;
        let with = statement.with_mods.first().map(|first| first.span.start as usize..end);
        let with =
            with.and_then(|range| on_one_line(text.get(range)?)).map_or(String::new(), |with| format!(" {with}"));
        let before: String = values.iter().map(|value| format!("{value}{with}; ")).collect();
        self.edits.extend(before_statement(text, statement, is_bare, before));
        self.edits.extend(edits);
    }

    /// Names in the place of operands, and the statements that give these values.
    fn operands(&mut self, expr: &Expr, is_value: bool) -> Option<(Vec<Edit>, Vec<String>)> {
        let (mut edits, mut values) = (Vec::new(), Vec::new());
        for operand in memberships(expr, is_value) {
            let range = whole(&self.module.text, operand.span());
            let text = self.module.text.get(range.clone())?;
            let breaks = text.matches('\n').count();
            values.push(format!("__member_{} := {}", self.names, on_one_line(text)?));
            edits.push(Edit { range, text: format!("__member_{}{}", self.names, "\n".repeat(breaks)) });
            self.names += 1;
        }
        (!edits.is_empty()).then_some((edits, values))
    }
}

/// What may be undefined of every `in` that gives a value; a statement by itself is undone either way.
fn memberships(expr: &Expr, is_value: bool) -> Vec<&Expr> {
    let mut found = Vec::new();
    let mut open = vec![(expr, is_value)];
    while let Some((expr, is_value)) = open.pop() {
        match expr {
            Expr::Membership { key, value, collection, .. } if is_value => {
                let operands = key.iter().map(|key| &**key).chain([&**value, &**collection]);
                found.extend(operands.filter(|operand| may_be_undefined(operand)));
            }
            Expr::AssignExpr { op, lhs, rhs, .. } => {
                open.push((rhs, true));
                if *op == AssignOp::Eq {
                    open.push((lhs, true));
                }
            }
            Expr::BoolExpr { lhs, rhs, .. } => open.extend([(&**lhs, true), (&**rhs, true)]),
            Expr::Call { params, .. } => open.extend(params.iter().map(|param| (&**param, true))),
            Expr::Array { items, .. } => open.extend(items.iter().map(|item| (&**item, true))),
            _ => {}
        }
    }
    found
}

fn may_be_undefined(expr: &Expr) -> bool {
    match expr {
        Expr::RefDot { .. } | Expr::RefBrack { .. } => true,
        Expr::Call { fcn, .. } => !matches!(&**fcn, Expr::Var { span, .. } if span.text() == "walk"),
        _ => false,
    }
}
