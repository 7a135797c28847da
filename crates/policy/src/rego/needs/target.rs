//! Where a reference begins, and its way from there.

use std::collections::BTreeMap;

use regorus::unstable::Expr;

use super::scope::{Binding, Scope};
use crate::rego::module::{Module, RuleSyntax};
use crate::rego::reference::text_of;

/// All rules by the path of their package and their first name.
pub(super) struct Rules<'m>(BTreeMap<Vec<String>, Vec<(&'m Module, &'m RuleSyntax)>>);

/// A reference.
pub(super) struct Way<'m> {
    pub(super) from: From<'m>,
    pub(super) steps: Vec<Step<'m>>,
}

/// Where a reference begins.
pub(super) enum From<'m> {
    Input,
    /// A variable, and what it stands for.
    Variable(Binding<'m>),
    /// A rule, by its path.
    Rule(Vec<String>),
    /// Data that is given.
    Data,
    /// All rules of a package or more of them.
    Package,
    /// The value of another expression.
    Value(&'m Expr),
}

/// One step of it.
#[derive(Clone)]
pub(super) enum Step<'m> {
    Key(String),
    By(&'m Expr),
}

impl<'m> Rules<'m> {
    pub(super) fn of(modules: &[&'m Module]) -> Rules<'m> {
        let mut rules: BTreeMap<Vec<String>, Vec<(&Module, &RuleSyntax)>> = BTreeMap::new();
        for module in modules.iter().copied() {
            for rule in module.rules() {
                let path = module.package.iter().chain(rule.name.first()).cloned().collect();
                rules.entry(path).or_default().push((module, rule));
            }
        }
        Rules(rules)
    }

    /// The definitions of a rule.
    pub(super) fn get(&self, path: &[String]) -> &[(&'m Module, &'m RuleSyntax)] {
        self.0.get(path).map_or(&[], Vec::as_slice)
    }

    /// Where a reference leads that is seen in a scope; a name that the rule binds is a variable.
    pub(super) fn way(&self, expr: &'m Expr, scope: &Scope<'m>) -> Way<'m> {
        let (base, steps) = flattened(expr);
        let Expr::Var { span, .. } = base else {
            return Way { from: From::Value(base), steps };
        };
        let outside = self.way_outside(span.text(), steps.clone(), scope.module);
        match (scope.binding(span), &outside.from) {
            (None, _) => outside,
            (Some(binding), From::Variable(_)) => Way { from: From::Variable(binding), steps },
            // A variable of the name of something else: it may be the one or the other.
            (Some(_), _) => Way { from: From::Variable(Binding::Unknown), steps },
        }
    }

    /// The same as if no name were a variable: what is called, or might be meant.
    pub(super) fn unbound(&self, expr: &'m Expr, module: &Module) -> Way<'m> {
        let (base, steps) = flattened(expr);
        match base {
            Expr::Var { span, .. } => self.way_outside(span.text(), steps, module),
            _ => Way { from: From::Value(base), steps },
        }
    }

    fn way_outside(&self, name: &'m str, steps: Vec<Step<'m>>, module: &Module) -> Way<'m> {
        let import = module.imports.iter().find(|(alias, _)| alias == name);
        let path = import.map_or_else(|| vec![name.to_owned()], |(_, path)| path.clone());
        let of_import = path[1..].iter().cloned().map(Step::Key);
        let steps: Vec<Step<'m>> = of_import.chain(steps).collect();
        match path[0].as_str() {
            "input" => Way { from: From::Input, steps },
            "data" => self.way_in_data(steps),
            name => {
                let path: Vec<String> = module.package.iter().cloned().chain([name.to_owned()]).collect();
                // What is bound nowhere stands for anything.
                let is_rule = !self.get(&path).is_empty();
                Way { from: if is_rule { From::Rule(path) } else { From::Variable(Binding::Unknown) }, steps }
            }
        }
    }

    fn way_in_data(&self, steps: Vec<Step<'m>>) -> Way<'m> {
        let known = steps.iter().map_while(|step| match step {
            Step::Key(key) => Some(key.clone()),
            Step::By(_) => None,
        });
        let known: Vec<String> = known.collect();
        if let Some(length) = (1..=known.len()).find(|length| self.0.contains_key(&known[..*length])) {
            return Way { from: From::Rule(known[..length].to_vec()), steps: steps[length..].to_vec() };
        }
        let is_above = self.0.keys().any(|path| path.starts_with(&known));
        Way { from: if is_above { From::Package } else { From::Data }, steps }
    }
}

fn flattened(mut expr: &Expr) -> (&Expr, Vec<Step<'_>>) {
    let mut steps = Vec::new();
    loop {
        match expr {
            Expr::RefDot { refr, field, .. } => {
                steps.push(Step::Key(
                    field.1.as_string().map_or_else(|_| field.0.text().to_owned(), |text| text.to_string()),
                ));
                expr = refr;
            }
            Expr::RefBrack { refr, index, .. } => {
                steps.push(text_of(index).map_or(Step::By(index), Step::Key));
                expr = refr;
            }
            _ => {
                steps.reverse();
                return (expr, steps);
            }
        }
    }
}
