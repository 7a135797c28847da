//! Rules: one of their definitions has to hold.

use regorus::unstable::{Expr, Query, Rule, RuleBody, RuleHead};

use super::clauses::Needs;
use super::scope::{Constants, Scope};
use super::{Mode, View};
use crate::rego::module::{Module, RuleSyntax};

impl<'m> View<'_, 'm> {
    /// What a rule needs, called with arguments of which these values are known.
    pub(super) fn rule(&self, path: &[String], arguments: Vec<Option<Constants>>, mode: Mode) -> Needs {
        let asked = (path.to_vec(), arguments, mode);
        if let Some(known) = self.known.borrow().get(&asked) {
            return known.clone();
        }
        // What goes in circles needs nothing.
        self.known.borrow_mut().insert(asked.clone(), Needs::default());
        let definitions = self.rules.get(path);
        if definitions.is_empty() {
            return Needs::default();
        }
        let needs =
            Needs::either(definitions.iter().map(|(module, rule)| self.definition(module, rule, &asked.1, mode)));
        self.known.borrow_mut().insert(asked, needs.clone());
        needs
    }

    pub(super) fn definition(
        &self,
        module: &'m Module,
        rule: &'m RuleSyntax,
        arguments: &[Option<Constants>],
        mode: Mode,
    ) -> Needs {
        let scope = Scope::new(module, rule.syntax(), arguments.to_vec());
        match rule.syntax() {
            Rule::Default { value, .. } => self.value(value, &scope, mode),
            Rule::Spec { head: RuleHead::Set { refr, key, .. }, bodies, .. } => {
                let (true, Mode::Filled) = (matches!(&**refr, Expr::Var { .. }), mode) else { return Needs::default() };
                let key = key.as_ref().map_or_else(Needs::default, |key| self.value(key, &scope, Mode::Defined));
                Needs::either(queries(bodies).map(|query| self.query(query, &scope))).or_nothing(bodies).and(key)
            }
            Rule::Spec { head: RuleHead::Compr { refr, assign, .. }, bodies, .. } => {
                if !matches!(&**refr, Expr::Var { .. }) {
                    return Needs::default();
                }
                self.bodies(assign.as_ref().map(|assign| &*assign.value), bodies, &scope, mode)
            }
            Rule::Spec { head: RuleHead::Func { assign, .. }, bodies, .. } => {
                self.bodies(assign.as_ref().map(|assign| &*assign.value), bodies, &scope, mode)
            }
        }
    }

    /// One of the bodies has to hold, and what it gives has to be so.
    fn bodies(&self, value: Option<&'m Expr>, bodies: &'m [RuleBody], scope: &Scope<'m>, mode: Mode) -> Needs {
        let given = |value: Option<&'m Expr>| value.map_or_else(Needs::default, |value| self.value(value, scope, mode));
        let body = |body: &'m RuleBody| {
            let own = body.assign.as_ref().map(|assign| &*assign.value);
            let value = if body.is_else { own } else { own.or(value) };
            self.query(&body.query, scope).and(given(value))
        };
        if bodies.is_empty() { given(value) } else { Needs::either(bodies.iter().map(body)) }
    }

    pub(super) fn query(&self, query: &'m Query, scope: &Scope<'m>) -> Needs {
        Needs::all(query.stmts.iter().map(|statement| self.statement(statement, scope)))
    }
}

fn queries(bodies: &[RuleBody]) -> impl Iterator<Item = &Query> {
    bodies.iter().map(|body| &*body.query)
}

impl Needs {
    /// A rule without bodies holds always.
    fn or_nothing(self, bodies: &[RuleBody]) -> Needs {
        if bodies.is_empty() { Needs::default() } else { self }
    }
}
