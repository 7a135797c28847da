//! References: every key on the way has to be somewhere.

use std::collections::BTreeSet;

use regorus::unstable::Expr;

use super::clauses::{Mark, Needs};
use super::constants::LONGEST_CHAIN;
use super::scope::{Binding, Scope};
use super::target::{From, Step, Way};
use super::{FRAME, Mode, View};

impl<'m> View<'_, 'm> {
    pub(super) fn reference(&self, expr: &'m Expr, scope: &Scope<'m>, mode: Mode) -> Needs {
        let way = self.rules.way(expr, scope);
        let base = match &way.from {
            From::Input | From::Data | From::Package => Needs::default(),
            From::Value(value) => self.value(value, scope, if way.steps.is_empty() { mode } else { Mode::Defined }),
            // What a variable stands for is defined already where it is bound.
            From::Variable(Binding::Is(expr)) if way.steps.is_empty() && mode == Mode::Filled => {
                self.value(expr, scope, mode)
            }
            From::Variable(_) => Needs::default(),
            From::Rule(path) if way.steps.is_empty() => self.rule(path, Vec::new(), mode),
            From::Rule(path) => self.rule(path, Vec::new(), Mode::Filled).and(self.key_of_rule(path, &way, scope)),
        };
        base.and(self.steps(&way, scope))
    }

    /// What is looked up in an object that a rule is has to be one of its keys.
    fn key_of_rule(&self, path: &[String], way: &Way<'m>, scope: &Scope<'m>) -> Needs {
        let Some(Step::By(key)) = way.steps.first() else { return Needs::default() };
        self.keys_of_rule(path).map_or_else(Needs::default, |keys| self.holds(key, keys, scope))
    }

    fn steps(&self, way: &Way<'m>, scope: &Scope<'m>) -> Needs {
        if matches!(way.from, From::Data | From::Package) {
            return Needs::default();
        }
        let step = |(place, step): (usize, &Step<'m>)| {
            let is_root = place == 0 && matches!(way.from, From::Input);
            let own = match step {
                Step::By(expr) => self.value(expr, scope, Mode::Defined),
                Step::Key(_) => Needs::default(),
            };
            let Some(names) = self.names(step, scope) else { return own };
            let mark = |key| Mark { key, value: None, is_root };
            if !self.is_of_kinds && self.is_findable(&names, way, place, scope) {
                own.and(Needs::any(names.into_iter().map(mark)))
            } else {
                own
            }
        };
        Needs::all(way.steps.iter().enumerate().map(step))
    }

    /// Whether what stands under one of these keys, at this step of the way, is of the document.
    pub(super) fn is_findable(&self, names: &BTreeSet<String>, way: &Way<'m>, place: usize, scope: &Scope<'m>) -> bool {
        match &way.from {
            From::Input if place == 0 => self.is_alone,
            From::Rule(path) if place == 0 && self.tables.contains(path) => false,
            _ if self.is_of_document(way, scope, LONGEST_CHAIN) => {
                self.is_alone || !names.iter().any(|name| FRAME.contains(&name.as_str()))
            }
            _ => !names.iter().any(|name| self.is_made(name)),
        }
    }

    /// Whether a way leads through the document from its start.
    fn is_of_document(&self, way: &Way<'m>, scope: &Scope<'m>, left: usize) -> bool {
        match (&way.from, left.checked_sub(1)) {
            (From::Input, _) => true,
            (From::Variable(Binding::Is(expr) | Binding::ValueOf(expr)), Some(left)) => {
                let is_named = matches!(expr, Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. });
                is_named && self.is_of_document(&self.rules.way(expr, scope), scope, left)
            }
            _ => false,
        }
    }
}
