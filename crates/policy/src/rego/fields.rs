//! References to fields that documents of the kind judged do not have: they are undefined, and what depends on them finds nothing.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Literal, Ref, Rule, RuleHead, Span};

use super::module::Module;
use super::reference::{Reference, Step, text_of};
use super::shape::{Shape, Slip};
use super::walk::{Part, walk, walk_expr};
use crate::{Input, Lint, PolicyError};

/// Variables that stand for variables that stand for variables, at most.
const LONGEST_CHAIN: usize = 8;

/// Every reference of a module to what no document of these kinds has, each once.
pub(crate) fn unknown_fields(module: &Module, kinds: &[&str], input: Input) -> Vec<PolicyError> {
    let shapes: Option<Vec<&Shape>> = kinds.iter().map(|kind| Shape::of(kind)).collect();
    shapes.map_or(Vec::new(), |shapes| unknown(module, &shapes, input))
}

/// The same of a template of Gatekeeper's, with the parameters that it says it has.
pub(crate) fn unknown_fields_of_review(module: &Module, parameters: Option<BTreeSet<String>>) -> Vec<PolicyError> {
    let Some(shape) = Shape::of("review") else { return Vec::new() };
    let with_parameters = parameters.map(|names| shape.with(&["parameters"], names));
    unknown(module, &[with_parameters.as_ref().unwrap_or(shape)], Input::Document)
}

fn unknown(module: &Module, shapes: &[&Shape], input: Input) -> Vec<PolicyError> {
    let mut found = Vec::new();
    let mut said: BTreeSet<Vec<Step>> = BTreeSet::new();
    for rule in module.rules().iter().filter(|rule| !gives_input(rule.syntax())) {
        let bindings = Bindings::of(module, rule.syntax());
        walk(rule.syntax(), &mut |part| {
            let Part::Expr(expr) = part else { return };
            let Some((span, steps)) = bindings.steps(expr) else { return };
            let steps = match input {
                Input::Document => steps,
                Input::Documents if steps.get(1) == Some(&Step::Key("contents".to_owned())) => steps[2..].to_vec(),
                Input::Documents => return,
            };
            let Some((shape, slip)) = slip(shapes, &steps) else { return };
            if said.insert(steps[..=slip.at].to_vec()) {
                let meant = slip.meant.map_or(String::new(), |name| format!("; is it `{name}`?"));
                let kind = match shape.kind.as_str() {
                    "review" => "what Gatekeeper gives a template".to_owned(),
                    kind => format!("a document of kind {kind}"),
                };
                let message = format!("{kind} has no `{}` there, so that this is undefined{meant}", slip.name);
                found.push(PolicyError::at(&module.file, span.line, span.col, message).of(Lint::UnknownField));
            }
        });
    }
    found
}

/// What none of the shapes has.
fn slip<'s>(shapes: &[&'s Shape], steps: &[Step]) -> Option<(&'s Shape, Slip)> {
    let slips: Option<Vec<(&Shape, Slip)>> = shapes.iter().map(|shape| Some((*shape, shape.slip(steps)?))).collect();
    slips?.into_iter().next()
}

/// Whether a rule asks others with an input of its own: tests do.
fn gives_input(rule: &Rule) -> bool {
    let mut gives = false;
    walk(rule, &mut |part| {
        if let Part::Statement(statement) = part {
            let names = statement.with_mods.iter().filter_map(|modifier| Reference::of(&modifier.refr));
            gives |= names.into_iter().any(|name| name.base.text() == "input");
        }
    });
    gives
}

/// What the names of a rule stand for; nothing for those that get a value in more than one place, or not out of a reference.
struct Bindings(BTreeMap<String, Option<(String, Vec<Step>)>>);

impl Bindings {
    fn of(module: &Module, rule: &Rule) -> Bindings {
        let mut bindings = Bindings(BTreeMap::new());
        for (alias, path) in &module.imports {
            let steps = path[1..].iter().map(|part| Step::Key(part.clone())).collect();
            bindings.0.insert(alias.clone(), Some((path[0].clone(), steps)));
        }
        if let Rule::Spec { head: RuleHead::Func { args, .. }, .. } | Rule::Default { args, .. } = rule {
            args.iter().for_each(|argument| bindings.hide(argument));
        }
        walk(rule, &mut |part| match part {
            Part::Statement(statement) => match &statement.literal {
                Literal::SomeIn { key, value, collection, .. } => {
                    key.iter().for_each(|key| bindings.hide(key));
                    bindings.bind(value, collection, Some(Step::Any));
                }
                Literal::Every { key, value, domain, .. } => {
                    key.iter().for_each(|key| bindings.add(key.text(), None));
                    bindings.add(value.text(), found(domain, Some(Step::Any)));
                }
                _ => {}
            },
            Part::Expr(Expr::AssignExpr { lhs, rhs, .. }) => {
                bindings.bind(lhs, rhs, None);
                if !matches!(&**rhs, Expr::Var { .. }) || !matches!(&**lhs, Expr::Var { .. }) {
                    bindings.bind(rhs, lhs, None);
                }
            }
            // The last argument may be where the answer goes.
            Part::Expr(Expr::Call { params, .. }) => params.iter().rev().take(1).for_each(|last| {
                if matches!(&**last, Expr::Array { .. }) {
                    bindings.hide(last);
                }
            }),
            _ => {}
        });
        bindings
    }

    fn bind(&mut self, pattern: &Ref<Expr>, value: &Expr, last: Option<Step>) {
        match &**pattern {
            Expr::Var { span, .. } => self.add(span.text(), found(value, last)),
            Expr::Array { .. } | Expr::Object { .. } => self.hide(pattern),
            _ => {}
        }
    }

    fn hide(&mut self, pattern: &Expr) {
        walk_expr(pattern, &mut |part| {
            if let Part::Expr(Expr::Var { span, .. }) = part {
                self.0.insert(span.text().to_owned(), None);
            }
        });
    }

    fn add(&mut self, name: &str, meaning: Option<(String, Vec<Step>)>) {
        let is_new = !self.0.contains_key(name);
        let known = self.0.entry(name.to_owned()).or_default();
        *known = meaning.filter(|meaning| is_new || known.as_ref() == Some(meaning));
    }

    /// The steps of a reference, or of `object.get(a, "b", c)`, from the input on.
    fn steps<'e>(&self, expr: &'e Expr) -> Option<(&'e Span, Vec<Step>)> {
        if let Expr::Call { fcn, params, .. } = expr {
            let name = Reference::of(fcn)?;
            let is_get = name.base.text() == "object" && name.known() == ["get"];
            let ([value, key, _], true) = (&params[..], is_get) else { return None };
            let keys = match &**key {
                Expr::Array { items, .. } => {
                    items.iter().map(|item| text_of(item).map_or(Step::Any, Step::Key)).collect()
                }
                key => vec![Step::Key(text_of(key)?)],
            };
            let (span, steps) = self.steps(value)?;
            return Some((span, [steps, keys].concat()));
        }
        let reference = Reference::of(expr)?;
        let (mut base, mut steps) = (reference.base.text().to_owned(), reference.steps.clone());
        for _ in 0..LONGEST_CHAIN {
            if base == "input" {
                return Some((reference.base, steps));
            }
            let (next, before) = self.0.get(&base)?.clone()?;
            steps = [before, steps].concat();
            base = next;
        }
        None
    }
}

fn found(value: &Expr, last: Option<Step>) -> Option<(String, Vec<Step>)> {
    let reference = Reference::of(value)?;
    let steps = reference.steps.into_iter().chain(last).collect();
    Some((reference.base.text().to_owned(), steps))
}
