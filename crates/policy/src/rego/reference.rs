//! References as paths, and the keys a rule mentions: hints where to look for a cause.

use std::collections::BTreeSet;

use regorus::unstable::{Expr, Ref, Span};

use super::module::{Module, RuleSyntax};
use super::variables::Variables;
use super::walk::{Part, walk};

/// One step of a reference: a known key, or whatever a variable holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Key(String),
    Any,
}

/// `input.spec.containers[_].image`: where it starts and the way on.
pub(crate) struct Reference<'a> {
    /// The name it starts with.
    pub(crate) base: &'a Span,
    pub(crate) steps: Vec<Step>,
}

/// What the rules of some modules mention.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mentions {
    /// Every key of a reference and every string.
    pub(crate) words: BTreeSet<String>,
    /// The ways of references; `object.get` and the like add theirs.
    pub(crate) ways: BTreeSet<Way>,
    /// Strings that stand in the rules: values worth trying where something is missing.
    pub(crate) literals: BTreeSet<String>,
}

/// The way of a reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Way {
    /// It starts at the input itself; else at whatever a variable holds.
    pub(crate) is_from_input: bool,
    pub(crate) steps: Vec<Step>,
}

/// Ways that are made by putting in a key.
const MOST_FILLED: usize = 512;

impl Way {
    /// With this key in the place of the first that is not known.
    fn with_key(&self, key: &str) -> Option<Way> {
        let place = self.steps.iter().position(|step| *step == Step::Any)?;
        let mut way = self.clone();
        way.steps[place] = Step::Key(key.to_owned());
        Some(way)
    }
}

impl<'a> Reference<'a> {
    /// A reference that starts with a name; `None` for any other expression.
    pub(crate) fn of(mut expr: &'a Expr) -> Option<Reference<'a>> {
        let mut steps = Vec::new();
        loop {
            match expr {
                Expr::Var { span, .. } => {
                    steps.reverse();
                    return Some(Reference { base: span, steps });
                }
                Expr::RefDot { refr, field, .. } => {
                    steps.push(Step::Key(
                        field.1.as_string().map_or_else(|_| field.0.text().to_owned(), |t| t.to_string()),
                    ));
                    expr = refr;
                }
                Expr::RefBrack { refr, index, .. } => {
                    steps.push(text_of(index).map_or(Step::Any, Step::Key));
                    expr = refr;
                }
                _ => return None,
            }
        }
    }

    /// The steps up to the first that is not known.
    pub(crate) fn known(&self) -> Vec<String> {
        let known = self.steps.iter().map_while(|step| match step {
            Step::Key(key) => Some(key.clone()),
            Step::Any => None,
        });
        known.collect()
    }
}

/// The text of a string literal.
pub(crate) fn text_of(expr: &Expr) -> Option<String> {
    match expr {
        Expr::String { value, .. } | Expr::RawString { value, .. } => {
            value.as_string().ok().map(|text| text.to_string())
        }
        _ => None,
    }
}

impl Mentions {
    /// Of the rules of these modules that are asked for; literals only of those of the package itself.
    pub(crate) fn of<'m>(
        modules: impl Iterator<Item = &'m Module>,
        package: &str,
        is_asked: impl Fn(&Module, &RuleSyntax) -> bool,
    ) -> Mentions {
        let mut mentions = Mentions::default();
        let mut literals = BTreeSet::new();
        for module in modules {
            mentions.literals.clear();
            for rule in module.rules().iter().filter(|rule| is_asked(module, rule)) {
                let variables = Variables::of(rule.syntax());
                walk(rule.syntax(), &mut |part| {
                    if let Part::Expr(expr) = part {
                        mentions.see(expr, &variables);
                    }
                });
            }
            if module.package_name() == package {
                literals.append(&mut mentions.literals);
            }
        }
        mentions.literals = literals;
        mentions.fill();
        mentions
    }

    /// Adds the ways that end in a key from a list of the rule: `labels[label]` with `label` out of `{"app", "team"}`.
    fn fill(&mut self) {
        let is_key = |text: &&String| !text.is_empty() && text.len() <= 64 && !text.contains([' ', '%', '\n']);
        let open = self.ways.iter().filter(|way| way.steps.last() == Some(&Step::Any));
        let with = |way: &Way, key: &String| {
            let (_, before) = way.steps.split_last().expect("it has a last step");
            Way { is_from_input: way.is_from_input, steps: [before, &[Step::Key(key.clone())]].concat() }
        };
        let filled = open.flat_map(|way| self.literals.iter().filter(is_key).map(move |key| with(way, key)));
        let filled: Vec<Way> = filled.take(MOST_FILLED).collect();
        self.ways.extend(filled);
    }

    /// The same for what stands at a path of the input. Where a way takes a key from somewhere else, it may be any of those given:
    /// `labels[input.parameters.label]`.
    pub(crate) fn below(&self, path: &[model::Segment], given: &[String]) -> Mentions {
        let is_step = |(step, segment): (&Step, &model::Segment)| match (step, segment) {
            (Step::Key(key), model::Segment::Key(name)) => key == name,
            _ => false,
        };
        let below = |way: &Way| {
            if !way.is_from_input {
                return Some(way.clone());
            }
            let fits = way.steps.len() > path.len() && way.steps.iter().zip(path).all(is_step);
            fits.then(|| Way { is_from_input: true, steps: way.steps[path.len()..].to_vec() })
        };
        let ways: BTreeSet<Way> = self.ways.iter().filter_map(below).collect();
        let filled = ways.iter().flat_map(|way| given.iter().filter_map(|key| way.with_key(key))).take(MOST_FILLED);
        let filled: Vec<Way> = filled.collect();
        let words = self.words.iter().chain(given).cloned().collect();
        Mentions { ways: ways.into_iter().chain(filled).collect(), words, literals: self.literals.clone() }
    }

    fn see(&mut self, expr: &Expr, variables: &Variables) {
        if let Some(text) = text_of(expr) {
            self.words.insert(text.clone());
            self.literals.insert(text);
        } else if let Expr::Call { params, .. } = expr {
            self.see_key_arguments(params, variables);
        } else if let Some(reference) = Reference::of(expr) {
            self.words.extend(reference.steps.iter().filter_map(|step| match step {
                Step::Key(key) => Some(key.clone()),
                Step::Any => None,
            }));
            self.add_way(variables.way(reference.base.text(), &reference.steps));
        }
    }

    /// `object.get(container, ["securityContext", "privileged"], false)`, and helpers of that shape: a value, then keys.
    fn see_key_arguments(&mut self, params: &[Ref<Expr>], variables: &Variables) {
        let Some([value, keys]) = params.get(..2) else { return };
        let keys: Vec<Step> = match &**keys {
            Expr::Array { items, .. } => items.iter().map(|item| text_of(item).map_or(Step::Any, Step::Key)).collect(),
            other => text_of(other).map(Step::Key).into_iter().collect(),
        };
        let Some(reference) = Reference::of(value).filter(|_| !keys.is_empty()) else { return };
        self.add_way(variables.way(reference.base.text(), &[reference.steps, keys].concat()));
    }

    fn add_way(&mut self, way: Option<Way>) {
        self.ways.extend(way.filter(|way| !way.steps.is_empty()));
    }
}
