//! How much larger a value may be than what it is made of, told from the text. `y := [x, x]` is twice `x` and takes no room of its own,
//! so that thirty such lines make a value that no machine can compare with another, and cost nothing.
//!
//! Names are taken together where they stand in one rule, and a value of a circle of names for large: too much is looked at, never too little.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use regorus::unstable::{AssignOp, Expr, Literal, Ref, Rule, RuleHead};

use super::module::{Module, whole};
use super::reference::Reference;
use super::walk::{Part, walk};

/// Doublings that a value may go through without being looked at.
const FREE: f64 = 16.0;
/// Doublings that a comprehension is taken for.
const OF_COMPREHENSION: f64 = 10.0;
/// More than any value has that goes in no circle.
const ENDLESS: f64 = 4096.0;
/// Times that all names are gone through.
const MOST_ROUNDS: usize = 512;

/// A name: the module and the rule that it is local to, or a rule by package and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Local(usize, usize, String),
    Global(Vec<String>),
}

/// Where values stand that may be large, in literals and comprehensions: by place of the module.
pub(super) fn large(modules: &[&Module]) -> BTreeMap<usize, Vec<Range<usize>>> {
    let mut growth = Growth { modules, values: values(modules), known: BTreeMap::new(), large: BTreeMap::new() };
    // Each round takes growth one name further, and most policies have chains of a few.
    for _ in 0..MOST_ROUNDS {
        if !growth.round() {
            break;
        }
    }
    growth.large.clear();
    growth.round();
    growth.operands();
    let places = growth.large.into_iter();
    places.map(|(at, ranges)| (at, ranges.into_iter().map(|(start, end)| start..end).collect())).collect()
}

/// Where an expression stands: its module and rule.
type Place = (usize, usize);

/// What gives each name a value.
fn values<'m>(modules: &[&'m Module]) -> BTreeMap<Name, Vec<(Place, &'m Expr)>> {
    let mut values: BTreeMap<Name, Vec<(Place, &Expr)>> = BTreeMap::new();
    for (at, module) in modules.iter().enumerate() {
        for (number, rule) in module.rules().iter().enumerate() {
            let path =
                std::iter::once("data").chain(module.package.iter().chain(rule.name.first()).map(String::as_str));
            let global = Name::Global(path.map(str::to_owned).collect());
            let place = (at, number);
            of_head(rule.syntax(), &mut |value| values.entry(global.clone()).or_default().push((place, value)));
            let mut replaced = Vec::new();
            let mut bind = |pattern: &'m Expr, value: &'m Expr| {
                super::walk::walk_expr(pattern, &mut |part| {
                    if let Part::Expr(Expr::Var { span, .. }) = part {
                        let name = Name::Local(at, number, span.text().to_owned());
                        values.entry(name).or_default().push((place, value));
                    }
                });
            };
            walk(rule.syntax(), &mut |part| match part {
                Part::Expr(Expr::AssignExpr { op, lhs, rhs, .. }) => {
                    bind(lhs, rhs);
                    if *op == AssignOp::Eq {
                        bind(rhs, lhs);
                    }
                }
                Part::Statement(statement) => {
                    if let Literal::SomeIn { value, collection, .. } = &statement.literal {
                        bind(value, collection);
                    }
                    replaced.extend(statement.with_mods.iter().map(|modifier| (place, modifier)));
                }
                _ => {}
            });
            for (place, modifier) in replaced {
                let Some(reference) = Reference::of(&modifier.refr) else { continue };
                let path = std::iter::once(reference.base.text().to_owned()).chain(reference.known()).collect();
                values.entry(Name::Global(path)).or_default().push((place, &modifier.r#as));
            }
        }
    }
    values
}

/// Every expression that becomes the value of a rule, or a part of it.
fn of_head<'m>(rule: &'m Rule, see: &mut dyn FnMut(&'m Expr)) {
    match rule {
        Rule::Default { value, .. } => see(value),
        Rule::Spec { head, bodies, .. } => {
            match head {
                RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. } => {
                    assign.iter().for_each(|assign| see(&assign.value));
                }
                RuleHead::Set { key, .. } => key.iter().for_each(|key| see(key)),
            }
            bodies.iter().flat_map(|body| &body.assign).for_each(|assign| see(&assign.value));
        }
    }
}

struct Growth<'a, 'm> {
    modules: &'a [&'m Module],
    values: BTreeMap<Name, Vec<(Place, &'m Expr)>>,
    /// Doublings, as far as they are worked out.
    known: BTreeMap<Name, f64>,
    large: BTreeMap<usize, BTreeSet<(usize, usize)>>,
}

impl<'m> Growth<'_, 'm> {
    /// Whether any name grew.
    fn round(&mut self) -> bool {
        let values = std::mem::take(&mut self.values);
        let mut has_grown = false;
        for (name, values) in &values {
            let growth = values.iter().map(|(place, value)| self.expr(*place, value)).fold(0.0, f64::max).min(ENDLESS);
            let before = self.known.insert(name.clone(), growth);
            has_grown |= before.is_none_or(|before| growth > before + 0.01);
        }
        self.values = values;
        has_grown
    }

    /// What is compared where it stands.
    fn operands(&mut self) {
        let modules = self.modules;
        for (at, module) in modules.iter().enumerate() {
            for (number, rule) in module.rules().iter().enumerate() {
                walk(rule.syntax(), &mut |part| {
                    if let Part::Expr(Expr::BoolExpr { lhs, rhs, .. } | Expr::BinExpr { lhs, rhs, .. }) = part {
                        self.most((at, number), &[lhs, rhs]);
                    }
                });
            }
        }
    }

    fn expr(&mut self, place: Place, expr: &Expr) -> f64 {
        match expr {
            Expr::Array { items, .. } | Expr::Set { items, .. } => {
                let items: Vec<&Ref<Expr>> = items.iter().collect();
                self.literal(place, &items)
            }
            Expr::Object { fields, .. } => {
                let parts: Vec<&Ref<Expr>> = fields.iter().flat_map(|(_, key, value)| [key, value]).collect();
                self.literal(place, &parts)
            }
            Expr::ArrayCompr { term, .. } | Expr::SetCompr { term, .. } => {
                OF_COMPREHENSION + self.literal(place, &[term])
            }
            Expr::ObjectCompr { key, value, .. } => OF_COMPREHENSION + self.literal(place, &[key, value]),
            Expr::BinExpr { lhs, rhs, .. } => self.most(place, &[lhs, rhs]),
            Expr::Call { fcn, params, .. } => {
                // What a function makes of it is not known here.
                let params: Vec<&Ref<Expr>> = params.iter().collect();
                let given = self.grown(place, &params).into_iter().fold(0.0, f64::max);
                given + Reference::of(fcn).map_or(0.0, |name| self.reference(place, &name))
            }
            other => Reference::of(other).map_or(0.0, |reference| self.reference(place, &reference)),
        }
    }

    fn most(&mut self, place: Place, parts: &[&Ref<Expr>]) -> f64 {
        parts.iter().map(|part| self.expr(place, part)).fold(0.0, f64::max)
    }

    /// As many times what it holds as it holds of it.
    fn literal(&mut self, place: Place, parts: &[&Ref<Expr>]) -> f64 {
        let grown = self.grown(place, parts);
        let most = grown.iter().copied().fold(0.0, f64::max);
        most + grown.iter().map(|part| (part - most).exp2()).sum::<f64>().max(1.0).log2()
    }

    /// Of each part; those by a name that have grown much are looked at.
    fn grown(&mut self, place: Place, parts: &[&Ref<Expr>]) -> Vec<f64> {
        let grown: Vec<f64> = parts.iter().map(|part| self.expr(place, part)).collect();
        for (part, growth) in parts.iter().zip(&grown) {
            let is_name =
                matches!(&***part, Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } | Expr::Call { .. });
            if is_name && *growth > FREE {
                let range = whole(&self.modules[place.0].text, part.span());
                self.large.entry(place.0).or_default().insert((range.start, range.end));
            }
        }
        grown
    }

    fn reference(&mut self, place: Place, reference: &Reference) -> f64 {
        let module = self.modules[place.0];
        let base = reference.base.text();
        let local = Name::Local(place.0, place.1, base.to_owned());
        if let Some(known) = self.known.get(&local) {
            return *known;
        }
        let imported = module.imports.iter().find(|(alias, _)| alias == base).map(|(_, path)| path.clone());
        let mut path = imported.unwrap_or_else(|| match base {
            "data" | "input" => vec![base.to_owned()],
            _ => std::iter::once("data".to_owned()).chain(module.package.clone()).chain([base.to_owned()]).collect(),
        });
        path.extend(reference.known());
        let lengths = 1..=path.len();
        lengths.filter_map(|length| self.known.get(&Name::Global(path[..length].to_vec()))).copied().fold(0.0, f64::max)
    }
}
