//! Values that are known before anything runs, and the keys under which a value stands.

use std::collections::BTreeSet;

use regorus::unstable::{BinOp, Expr, Rule, RuleHead};

use super::View;
use super::clauses::Scalar;
use super::scope::{Binding, Constants, Scope};
use super::target::{From, Step};
use crate::rego::reference::text_of;

/// Names that stand for names that stand for names, at most.
pub(super) const LONGEST_CHAIN: usize = 8;

/// Keys under which a value stands.
#[derive(Debug)]
pub(super) struct Keys {
    pub(super) names: BTreeSet<String>,
    /// They are keys of the document itself.
    pub(super) is_root: bool,
}

/// What of a value is meant.
#[derive(Clone, Copy)]
enum Part {
    Itself,
    Values,
    Keys,
}

impl<'m> View<'_, 'm> {
    /// The values that an expression can have; `None` if that is not known.
    pub(super) fn constants(&self, expr: &'m Expr, scope: &Scope<'m>) -> Option<Constants> {
        self.part(expr, scope, Part::Itself, LONGEST_CHAIN)
    }

    /// The same of the items of a collection.
    pub(super) fn items(&self, expr: &'m Expr, scope: &Scope<'m>) -> Option<Constants> {
        self.part(expr, scope, Part::Values, LONGEST_CHAIN)
    }

    /// The keys of the object that a rule is.
    pub(super) fn keys_of_rule(&self, path: &[String]) -> Option<Constants> {
        let (expr, scope) = self.fixed(path)?;
        self.part(expr, &scope, Part::Keys, LONGEST_CHAIN)
    }

    fn part(&self, expr: &'m Expr, scope: &Scope<'m>, part: Part, left: usize) -> Option<Constants> {
        let left = left.checked_sub(1)?;
        let each = |items: &mut dyn Iterator<Item = &'m Expr>| -> Option<Constants> {
            let parts: Option<Vec<Constants>> = items.map(|item| self.part(item, scope, Part::Itself, left)).collect();
            Some(parts?.into_iter().flatten().collect())
        };
        match (part, expr) {
            (_, Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. }) => {
                self.part_named(expr, scope, part, left)
            }
            (Part::Itself, Expr::Bool { value, .. }) => {
                Some(Constants::from([value.as_bool().ok().map(|value| Scalar::Bool(*value))]))
            }
            (Part::Itself, Expr::Number { .. } | Expr::Null { .. }) => Some(Constants::from([None])),
            (Part::Itself, expr) => text_of(expr).map(|text| Constants::from([Some(Scalar::Text(text))])),
            (Part::Values, Expr::Array { items, .. } | Expr::Set { items, .. }) => {
                each(&mut items.iter().map(|item| &**item))
            }
            (Part::Values, Expr::Object { fields, .. }) => each(&mut fields.iter().map(|(_, _, value)| &**value)),
            (Part::Keys, Expr::Object { fields, .. }) => each(&mut fields.iter().map(|(_, key, _)| &**key)),
            (Part::Values, Expr::BinExpr { op: BinOp::Union, lhs, rhs, .. }) => {
                let (lhs, rhs) = (self.part(lhs, scope, part, left)?, self.part(rhs, scope, part, left)?);
                Some(lhs.into_iter().chain(rhs).collect())
            }
            _ => None,
        }
    }

    fn part_named(&self, expr: &'m Expr, scope: &Scope<'m>, part: Part, left: usize) -> Option<Constants> {
        let way = self.rules.way(expr, scope);
        if !way.steps.is_empty() {
            return None;
        }
        match (way.from, part) {
            (From::Rule(path), _) => {
                let (expr, scope) = self.fixed(&path)?;
                self.part(expr, &scope, part, left)
            }
            (From::Variable(binding), _) => match (binding, part) {
                (Binding::Is(expr), _) => self.part(expr, scope, part, left),
                (Binding::ValueOf(expr), Part::Itself) => self.part(expr, scope, Part::Values, left),
                (Binding::KeyOf(expr), Part::Itself) => self.part(expr, scope, Part::Keys, left),
                (Binding::Argument(place), Part::Itself) => scope.argument(place),
                _ => None,
            },
            _ => None,
        }
    }

    /// The value of a rule that has one, whatever the document.
    fn fixed(&self, path: &[String]) -> Option<(&'m Expr, Scope<'m>)> {
        let [(module, rule)] = self.rules.get(path) else { return None };
        let Rule::Spec { head: RuleHead::Compr { refr, assign: Some(assign), .. }, bodies, .. } = rule.syntax() else {
            return None;
        };
        let is_plain = matches!(&**refr, Expr::Var { .. }) && bodies.iter().all(|body| body.query.stmts.is_empty());
        (is_plain && bodies.len() < 2).then(|| (&*assign.value, Scope::new(module, rule.syntax(), Vec::new())))
    }

    /// The object that a rule is, whatever the document, if there are only plain values in it.
    pub(super) fn table(&self, path: &[String]) -> Option<&'m Expr> {
        let (expr, _) = self.fixed(path)?;
        let is_plain = |value: &Expr| match value {
            Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().all(|item| is_scalar(item)),
            value => is_scalar(value),
        };
        let Expr::Object { fields, .. } = expr else { return None };
        fields.iter().all(|(_, _, value)| is_plain(value)).then_some(expr)
    }

    /// The keys under which the value of an expression stands in the document: as the value of the key, or as an item of it.
    pub(super) fn keys(&self, expr: &'m Expr, scope: &Scope<'m>) -> Option<Keys> {
        self.keys_within(expr, scope, false, LONGEST_CHAIN)
    }

    /// The same for the items of a collection: the collection itself is the value of the key.
    pub(super) fn keys_of_items(&self, expr: &'m Expr, scope: &Scope<'m>) -> Option<Keys> {
        self.keys_within(expr, scope, true, LONGEST_CHAIN)
    }

    fn keys_within(&self, expr: &'m Expr, scope: &Scope<'m>, is_whole: bool, left: usize) -> Option<Keys> {
        let left = left.checked_sub(1)?;
        let is_named = matches!(expr, Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. });
        let way = is_named.then(|| self.rules.way(expr, scope))?;
        if let (From::Variable(binding), []) = (&way.from, &way.steps[..]) {
            return match binding {
                Binding::Is(expr) => self.keys_within(expr, scope, is_whole, left),
                Binding::ValueOf(expr) if !is_whole => self.keys_within(expr, scope, true, left),
                _ => None,
            };
        }
        let named = |step: &Step<'m>| self.names(step, scope);
        let (last, before) = way.steps.split_last()?;
        let (names, above) = match (named(last), before.split_last()) {
            (Some(names), _) => (names, before),
            (None, Some((last, before))) if !is_whole => (named(last)?, before),
            _ => return None,
        };
        let is_root = match self.is_alone {
            true => matches!(way.from, From::Input) && above.is_empty(),
            false => self.is_of_kinds && self.is_one_of_all(&way.from, above, scope, left),
        };
        self.is_findable(&names, &way, above.len(), scope).then_some(Keys { names, is_root })
    }

    /// Whether steps from there lead to one of all the documents: `input[place].contents`.
    fn is_one_of_all(&self, from: &From<'m>, steps: &[Step<'m>], scope: &Scope<'m>, left: usize) -> bool {
        match (from, steps, left.checked_sub(1)) {
            (From::Input, [Step::By(_), Step::Key(key)], _) => key == "contents",
            (From::Variable(Binding::Is(expr)), [], Some(left)) => {
                let way = self.rules.way(expr, scope);
                self.is_one_of_all(&way.from, &way.steps, scope, left)
            }
            _ => false,
        }
    }

    /// The keys that a step may take, where they are known.
    pub(super) fn names(&self, step: &Step<'m>, scope: &Scope<'m>) -> Option<BTreeSet<String>> {
        match step {
            Step::Key(key) => Some(BTreeSet::from([key.clone()])),
            Step::By(expr) => {
                let text = |value| match value {
                    Some(Scalar::Text(text)) => Some(text),
                    _ => None,
                };
                let texts: Option<BTreeSet<String>> = self.constants(expr, scope)?.into_iter().map(text).collect();
                texts.filter(|texts| !texts.is_empty())
            }
        }
    }
}

fn is_scalar(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::String { .. } | Expr::RawString { .. } | Expr::Number { .. } | Expr::Bool { .. } | Expr::Null { .. }
    )
}
