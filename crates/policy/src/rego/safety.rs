//! Variables that nothing gives a value. OPA refuses them; the engine lets some pass and takes the body for undefined, so that a
//! mistyped name would find nothing, silently.
//!
//! What may give a value is taken generously: a variable is refused only if it stands nowhere where it could get one.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{AssignOp, BUILTINS, Expr, Literal, Rule, RuleHead, Span};

use super::module::Module;
use super::negation::directly_negated;
use super::reference::Reference;
use super::walk::{Part, walk, walk_expr};
use crate::{Lint, PolicyError};

/// Every variable of a module that can have no value. `globals` are the names of the package's rules.
pub(super) fn check(module: &Module, globals: &BTreeSet<String>) -> Vec<PolicyError> {
    let mut errors = Vec::new();
    for rule in module.rules() {
        let mut variables = Variables::default();
        variables.see(rule.syntax());
        for (name, span) in &variables.used {
            let is_global = ["input", "data"].contains(&name.as_str())
                || globals.contains(name)
                || module.imports.iter().any(|(alias, _)| alias == name);
            if !is_global && !variables.bound.contains(name) {
                errors.push(unsafe_variable(module, name, span));
            }
        }
        errors.extend(variables.wildcards.iter().map(|span| {
            let message =
                "`_` in a negation never has a value; bring the element out with `some … in …` before the `not`";
            PolicyError::at(&module.file, span.line, span.col, message).of(Lint::WildcardInNegation)
        }));
    }
    errors
}

fn unsafe_variable(module: &Module, name: &str, span: &Span) -> PolicyError {
    let message = format!("`{name}` never has a value: no rule has that name, and nothing in this rule gives it one");
    PolicyError::at(&module.file, span.line, span.col, message).of(Lint::UnboundVariable)
}

#[derive(Default)]
struct Variables {
    /// Each with the first place it is used.
    used: BTreeMap<String, Span>,
    bound: BTreeSet<String>,
    /// `_` directly in a negation.
    wildcards: Vec<Span>,
}

impl Variables {
    fn see(&mut self, rule: &Rule) {
        if let Rule::Spec { head: RuleHead::Func { args, .. }, .. } | Rule::Default { args, .. } = rule {
            args.iter().for_each(|argument| self.bind(argument));
        }
        let mut negated: BTreeSet<*const Expr> = BTreeSet::new();
        walk(rule, &mut |part| match part {
            Part::Statement(statement) => {
                statement.with_mods.iter().for_each(|modifier| self.see_replaced(&modifier.refr, &modifier.r#as));
                match &statement.literal {
                    Literal::SomeVars { .. } | Literal::Expr { .. } => {}
                    Literal::SomeIn { key, value, .. } => {
                        key.iter().for_each(|key| self.bind(key));
                        self.bind(value);
                    }
                    Literal::Every { key, value, .. } => {
                        self.bound.extend(key.iter().chain([value]).map(|name| name.text().to_owned()));
                    }
                    Literal::NotExpr { expr, .. } => negated.extend(directly_negated(expr)),
                }
            }
            Part::Expr(expr) => self.see_expr(expr, negated.contains(&(&raw const *expr))),
            Part::Query(_) => {}
        });
    }

    /// `with time.now_ns as 0`: the name of a builtin is no variable there, nor on the other side.
    fn see_replaced(&mut self, replaced: &Expr, by: &Expr) {
        let path = |expr: &Expr| {
            let reference = Reference::of(expr)?;
            let base = reference.base.text().to_owned();
            let path = std::iter::once(base.clone()).chain(reference.known()).collect::<Vec<_>>().join(".");
            Some((base, path))
        };
        self.bound.extend(path(replaced).map(|(base, _)| base));
        self.bound.extend(path(by).filter(|(_, path)| BUILTINS.contains_key(path.as_str())).map(|(base, _)| base));
    }

    fn see_expr(&mut self, expr: &Expr, is_negated: bool) {
        match expr {
            Expr::Var { span, .. } => self.use_name(span, is_negated),
            Expr::AssignExpr { op, lhs, rhs, .. } if !is_negated => {
                self.bind(lhs);
                // `=` gives values both ways.
                if *op == AssignOp::Eq {
                    self.bind(rhs);
                }
            }
            // The last argument may be where a function puts its answer.
            Expr::Call { params, .. } if !is_negated && params.len() > 1 => {
                params.iter().rev().take(1).for_each(|last| self.bind(last));
            }
            Expr::RefDot { .. } | Expr::RefBrack { .. } => self.see_reference(expr, is_negated),
            _ => {}
        }
    }

    /// A name a reference starts with must be known; a name in its brackets takes every key.
    fn see_reference(&mut self, mut expr: &Expr, is_negated: bool) {
        loop {
            match expr {
                Expr::RefDot { refr, .. } => expr = refr,
                Expr::RefBrack { refr, index, .. } => {
                    if !is_negated {
                        self.bind(index);
                    }
                    expr = refr;
                }
                Expr::Var { span, .. } => return self.use_name(span, false),
                _ => return,
            }
        }
    }

    fn use_name(&mut self, span: &Span, is_negated: bool) {
        match span.text() {
            "_" if is_negated => self.wildcards.push(span.clone()),
            "_" => {}
            name => {
                self.used.entry(name.to_owned()).or_insert_with(|| span.clone());
            }
        }
    }

    /// Every variable of a pattern.
    fn bind(&mut self, pattern: &Expr) {
        walk_expr(pattern, &mut |part| {
            if let Part::Expr(Expr::Var { span, .. }) = part {
                self.bound.insert(span.text().to_owned());
            }
        });
    }
}
