//! What stands in a negation and is undefined: OPA works out the operands first, and if one is undefined so is the whole body;
//! for the engine the negation is then true. Both agree if the operands are asked for before the negation, which is what is
//! written into the text that the engine gets, on the same line.
//!
//! `not startswith(input.a, "x")` becomes `__operand_0 := input.a; not startswith(input.a, "x")`.
//!
//! With `import future.keywords.not`, which `import future.keywords` has in it, the negation is true for OPA too, and nothing is rewritten.
//!
//! OPA leaves where it stands a reference that is itself negated, or that is an operand of `==` or `=`. What stands in its
//! brackets is worked out first all the same.

use std::collections::BTreeSet;

use regorus::unstable::{AssignOp, BoolOp, Expr, Literal, LiteralStmt, Ref};

use super::edit::{Edit, on_one_line};
use super::module::{Module, whole};
use super::walk::{Part, walk, walk_statements};
use crate::{Lint, PolicyError};

/// What to change in the text for the engine; errors are negations that cannot be written so.
pub(super) fn edits(module: &Module, rules: &BTreeSet<String>) -> (Vec<Edit>, Vec<PolicyError>) {
    if module.negates_undefined {
        return (Vec::new(), Vec::new());
    }
    let mut rewriting = Rewriting { module, rules, edits: Vec::new(), errors: Vec::new(), names: 0 };
    for rule in module.rules() {
        walk_statements(rule.syntax(), &mut |statement, is_bare| rewriting.statement(statement, is_bare));
    }
    (rewriting.edits, rewriting.errors)
}

/// Bodies of nothing but `not true`, which OPA takes for `true` where something has to be worked out for the head.
pub(super) fn of_nothing(module: &Module) -> Vec<PolicyError> {
    let mut errors = Vec::new();
    for rule in module.rules().iter().filter(|_| module.text.contains("not")) {
        walk(rule.syntax(), &mut |part| {
            let Part::Query(query) = part else { return };
            let [LiteralStmt { literal: Literal::NotExpr { expr, .. }, span, .. }] = &query.stmts[..] else { return };
            if matches!(&**expr, Expr::Bool { value, .. } if *value == regorus::Value::Bool(true)) {
                let message = "OPA may take a body of `not true` alone for `true`; write `false`";
                errors.push(PolicyError::at(&module.file, span.line, span.col, message).of(Lint::Syntax));
            }
        });
    }
    errors
}

struct Rewriting<'m> {
    module: &'m Module,
    /// Names of rules: unlike local variables they may be undefined.
    rules: &'m BTreeSet<String>,
    edits: Vec<Edit>,
    errors: Vec<PolicyError>,
    names: usize,
}

impl Rewriting<'_> {
    fn statement(&mut self, statement: &LiteralStmt, is_bare: bool) {
        let Literal::NotExpr { expr, .. } = &statement.literal else { return };
        let mut operands = Vec::new();
        self.operands_of_negated(expr, &mut operands);
        if operands.is_empty() {
            return;
        }
        let end = whole(&self.module.text, &statement.span).end;
        let with = statement.with_mods.first().map(|first| first.span.start as usize..end);
        let Some(with) = with.map_or(Some(String::new()), |range| self.on_one_line(range)) else {
            return self.refuse(statement);
        };
        let mut before = String::new();
        for operand in operands {
            let span = operand.span();
            let Some(operand) = self.on_one_line(whole(&self.module.text, span)) else {
                return self.refuse(statement);
            };
            before += &format!("__operand_{} := {operand} {with}; ", self.names);
            self.names += 1;
        }
        if is_bare {
            before.insert_str(0, "{ ");
            self.edits.push(Edit::insert(end, " }"));
        }
        self.edits.push(Edit::insert(whole(&self.module.text, &statement.span).start, before));
    }

    fn operands_of_negated<'e>(&self, expr: &'e Expr, operands: &mut Vec<&'e Expr>) {
        match expr {
            Expr::Call { params, .. } => params.iter().for_each(|param| self.operand(param, operands)),
            Expr::BoolExpr { op: BoolOp::Eq, lhs, rhs, .. } | Expr::AssignExpr { op: AssignOp::Eq, lhs, rhs, .. } => {
                for side in [lhs, rhs] {
                    match &**side {
                        Expr::RefDot { .. } | Expr::RefBrack { .. } => self.in_brackets(side, operands),
                        Expr::Var { .. } => {}
                        other => self.operand(other, operands),
                    }
                }
            }
            Expr::BoolExpr { lhs, rhs, .. } | Expr::ArithExpr { lhs, rhs, .. } | Expr::BinExpr { lhs, rhs, .. } => {
                self.operand(lhs, operands);
                self.operand(rhs, operands);
            }
            Expr::Membership { key, value, collection, .. } => {
                key.iter().for_each(|key| self.operand(key, operands));
                self.operand(value, operands);
                self.operand(collection, operands);
            }
            Expr::UnaryExpr { expr, .. } => self.operand(expr, operands),
            Expr::RefDot { .. } | Expr::RefBrack { .. } => self.in_brackets(expr, operands),
            _ => {}
        }
    }

    /// What may be undefined and is no local variable.
    fn operand<'e>(&self, expr: &'e Expr, operands: &mut Vec<&'e Expr>) {
        match expr {
            Expr::String { .. }
            | Expr::RawString { .. }
            | Expr::Number { .. }
            | Expr::Bool { .. }
            | Expr::Null { .. }
            | Expr::ArrayCompr { .. }
            | Expr::SetCompr { .. }
            | Expr::ObjectCompr { .. } => {}
            Expr::Var { span, .. } => {
                let name = span.text();
                if name == "input" || name == "data" || self.rules.contains(name) {
                    operands.push(expr);
                }
            }
            Expr::Array { items, .. } | Expr::Set { items, .. } if items.is_empty() => {}
            other => operands.push(other),
        }
    }

    fn in_brackets<'e>(&self, mut expr: &'e Expr, operands: &mut Vec<&'e Expr>) {
        loop {
            match expr {
                Expr::RefDot { refr, .. } => expr = refr,
                Expr::RefBrack { refr, index, .. } => {
                    self.operand(index, operands);
                    expr = refr;
                }
                Expr::Var { .. } => return,
                other => return self.operand(other, operands),
            }
        }
    }

    fn on_one_line(&self, range: std::ops::Range<usize>) -> Option<String> {
        on_one_line(&self.module.piece(range)?)
    }

    fn refuse(&mut self, statement: &LiteralStmt) {
        let message = "this negation is too long to be read as OPA does; give its operands names before it";
        self.errors.push(
            PolicyError::at(&self.module.file, statement.span.line, statement.span.col, message).of(Lint::LongNegation),
        );
    }
}

/// The expressions of a negation that are not inside a comprehension, which has variables of its own.
pub(super) fn directly_negated(expr: &Ref<Expr>) -> BTreeSet<*const Expr> {
    let mut found = BTreeSet::new();
    let mut inside: BTreeSet<*const Expr> = BTreeSet::new();
    super::walk::walk_expr(expr, &mut |part| {
        if let Part::Expr(expr) = part {
            let is_comprehension =
                matches!(expr, Expr::ArrayCompr { .. } | Expr::SetCompr { .. } | Expr::ObjectCompr { .. });
            if is_comprehension && !inside.contains(&(&raw const *expr)) {
                super::walk::walk_expr(expr, &mut |part| {
                    if let Part::Expr(inner) = part {
                        inside.insert(&raw const *inner);
                    }
                });
            }
            if !inside.contains(&(&raw const *expr)) {
                found.insert(&raw const *expr);
            }
        }
    });
    found
}
