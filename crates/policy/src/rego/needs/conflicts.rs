//! What a document has to hold for a rule to end in an error: for it, or any it refers to, to have two values at once.

use std::collections::BTreeSet;
use std::ops::Range;

use regorus::Value;
use regorus::unstable::{Expr, Literal, Rule, RuleBody, RuleHead};

use super::clauses::Needs;
use super::scope::{Binding, Scope};
use super::target::{From, Rules};
use super::{Mode, View, name_of};
use crate::rego::module::{Module, RuleSyntax};
use crate::rego::walk::{Part, walk};

type Definition<'m> = (&'m Module, &'m RuleSyntax);

impl<'m> View<'_, 'm> {
    /// What it takes for the rule at a path, or any it refers to, to have two values.
    pub(super) fn conflicts(&self, path: &[String]) -> Needs {
        let Some(reached) = reached(self.rules, path) else { return Needs::default() };
        Needs::either(reached.iter().map(|path| self.conflict(path)))
    }

    fn conflict(&self, path: &[String]) -> Needs {
        let is_spec = |(_, rule): &&Definition<'m>| matches!(rule.syntax(), Rule::Spec { .. });
        let definitions: Vec<&Definition<'m>> = self.rules.get(path).iter().filter(is_spec).collect();
        // Members of an object each have a value of their own.
        if definitions.iter().any(|(_, rule)| !is_named_plainly(rule.syntax())) {
            return Needs::default();
        }
        let objects = definitions.iter().map(|(module, rule)| self.keys_twice(module, rule));
        let own = if have_one_value(&definitions) { Needs::never() } else { self.two_of(&definitions) };
        Needs::either(objects.chain([own]))
    }

    /// Two definitions hold, or one that may hold in several ways.
    fn two_of(&self, definitions: &[&Definition<'m>]) -> Needs {
        let needs = |(module, rule): &Definition<'m>| self.definition(module, rule, &[], Mode::Defined);
        let each: Vec<Needs> = definitions.iter().map(|definition| needs(definition)).collect();
        let pairs = each.iter().enumerate().flat_map(|(at, one)| each[at + 1..].iter().map(move |other| (one, other)));
        let both = pairs.map(|(one, other)| one.clone().and(other.clone()));
        let several = definitions.iter().zip(&each).filter(|((module, rule), _)| goes_through(module, rule));
        Needs::either(both.chain(several.map(|(_, needs)| needs.clone())))
    }

    /// An object is made in which a key may stand twice.
    fn keys_twice(&self, module: &'m Module, rule: &'m RuleSyntax) -> Needs {
        let scope = Scope::new(module, rule.syntax(), Vec::new());
        let mut needs = Needs::never();
        walk(rule.syntax(), &mut |part| {
            if let Part::Expr(Expr::ObjectCompr { key, value, query, .. }) = part {
                let parts = [&**key, &**value].map(|part| self.value(part, &scope, Mode::Defined));
                needs = needs.or(&self.query(query, &scope).and(Needs::all(parts)));
            }
        });
        needs
    }
}

/// A rule and all rules it refers to; `None` where these may be any.
fn reached<'m>(rules: &Rules<'m>, path: &[String]) -> Option<BTreeSet<Vec<String>>> {
    let mut reached = BTreeSet::from([path.to_vec()]);
    let mut open = vec![path.to_vec()];
    let mut is_known = true;
    while let Some(path) = open.pop() {
        for (module, rule) in rules.get(&path) {
            walk(rule.syntax(), &mut |part| {
                let expr = match part {
                    Part::Expr(expr) => expr,
                    // Under other circumstances two values may come of anything.
                    Part::Statement(statement) if !statement.with_mods.is_empty() => return is_known = false,
                    _ => return,
                };
                let refr = match expr {
                    Expr::Call { fcn, .. } => fcn,
                    Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => expr,
                    _ => return,
                };
                match rules.unbound(refr, module).from {
                    From::Rule(path) => open.extend(Some(path).filter(|path| reached.insert(path.clone()))),
                    From::Package => is_known = false,
                    _ => {}
                }
            });
        }
    }
    is_known.then_some(reached)
}

fn is_named_plainly(rule: &Rule) -> bool {
    match rule {
        Rule::Spec { head: RuleHead::Set { .. } | RuleHead::Func { .. }, .. } => true,
        Rule::Spec { head: RuleHead::Compr { refr, .. }, .. } => matches!(&**refr, Expr::Var { .. }),
        Rule::Default { .. } => false,
    }
}

/// Whether they make a set, or whatever holds of them gives the same.
fn have_one_value(definitions: &[&Definition<'_>]) -> bool {
    let mut values = BTreeSet::new();
    let mut is_known = true;
    let mut take = |value: Option<&Expr>| match value.map_or(Some(Value::Bool(true)), constant) {
        Some(value) => drop(values.insert(value)),
        None => is_known = false,
    };
    for (_, rule) in definitions {
        let Rule::Spec { head, bodies, .. } = rule.syntax() else { continue };
        let head = match head {
            RuleHead::Set { .. } => continue,
            RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. } => assign,
        };
        let head = head.as_ref().map(|assign| &*assign.value);
        let own = |body: &RuleBody| body.assign.is_some() || body.is_else;
        if bodies.is_empty() || !bodies.iter().all(own) {
            take(head);
        }
        bodies.iter().filter(|body| own(body)).for_each(|body| {
            take(body.assign.as_ref().map(|assign| &*assign.value));
        });
    }
    is_known && values.len() < 2
}

fn constant(expr: &Expr) -> Option<Value> {
    match expr {
        Expr::String { value, .. }
        | Expr::RawString { value, .. }
        | Expr::Number { value, .. }
        | Expr::Bool { value, .. }
        | Expr::Null { value, .. } => Some(value.clone()),
        _ => None,
    }
}

/// Whether a definition may hold in several ways: it goes through something, outside of what it collects.
fn goes_through(module: &Module, rule: &RuleSyntax) -> bool {
    let scope = Scope::new(module, rule.syntax(), Vec::new());
    let collected = collected(rule.syntax());
    let is_collected = |start: u32| collected.iter().any(|range| range.contains(&start));
    let mut goes = false;
    walk(rule.syntax(), &mut |part| match part {
        Part::Statement(statement) => {
            let is_some = matches!(&statement.literal, Literal::SomeIn { .. } | Literal::SomeVars { .. });
            goes |= is_some && !is_collected(statement.span.start);
        }
        Part::Expr(Expr::Call { span, fcn, .. }) if name_of(fcn).as_deref() == Some("walk") => {
            goes |= !is_collected(span.start);
        }
        Part::Expr(Expr::Var { span, .. }) if !is_collected(span.start) => {
            let is_one = matches!(scope.binding(span), Some(Binding::Is(_) | Binding::Argument(_)));
            goes |= !is_one && !is_no_variable(module, span.text());
        }
        _ => {}
    });
    goes
}

/// Whether a name is `input`, `data`, an import or a rule of the module.
fn is_no_variable(module: &Module, name: &str) -> bool {
    ["input", "data"].contains(&name)
        || module.imports.iter().any(|(alias, _)| alias == name)
        || module.rules().iter().any(|rule| rule.name.first().is_some_and(|own| own == name))
}

/// Where comprehensions stand.
fn collected(rule: &Rule) -> Vec<Range<u32>> {
    let mut ranges = Vec::new();
    walk(rule, &mut |part| {
        if let Part::Expr(
            expr @ (Expr::ArrayCompr { query, .. } | Expr::SetCompr { query, .. } | Expr::ObjectCompr { query, .. }),
        ) = part
        {
            ranges.push(expr.span().start..query.span.end.max(expr.span().end));
        }
    });
    ranges
}
