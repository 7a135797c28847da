//! What the variables of one rule stand for, where the rule says so once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use regorus::unstable::{AssignOp, Expr, Literal, Rule, RuleHead, Span};

use super::clauses::Scalar;
use crate::rego::module::Module;
use crate::rego::walk::{Part, walk, walk_expr, walk_statement};

/// The values an expression can have; `None` for one that cannot be looked for.
pub(super) type Constants = BTreeSet<Option<Scalar>>;

/// A rule, and with what it was called.
#[derive(Clone)]
pub(super) struct Scope<'m> {
    pub(super) module: &'m Module,
    names: Rc<BTreeMap<&'m str, Bound<'m>>>,
    arguments: Vec<Option<Constants>>,
}

/// What a variable is.
#[derive(Clone, Copy)]
pub(super) enum Binding<'m> {
    /// The value of this.
    Is(&'m Expr),
    /// One of the values in this.
    ValueOf(&'m Expr),
    /// One of the keys of this.
    KeyOf(&'m Expr),
    Argument(usize),
    /// Something else, or one thing here and another there.
    Unknown,
}

/// A name that is bound, and where in the text that is what it means.
#[derive(Clone)]
struct Bound<'m> {
    binding: Binding<'m>,
    within: Range<u32>,
    /// The head of the rule sees it too: what stands before this place.
    head: u32,
}

/// The names of a rule, while they are gathered.
struct Names<'m> {
    found: BTreeMap<&'m str, Bound<'m>>,
    /// Where queries stand, those of the rule itself first.
    queries: Vec<(Range<u32>, u32)>,
    whole: Range<u32>,
}

impl<'m> Scope<'m> {
    pub(super) fn new(module: &'m Module, rule: &'m Rule, arguments: Vec<Option<Constants>>) -> Scope<'m> {
        Scope { module, names: Rc::new(names(rule)), arguments }
    }

    /// What a name means where it stands, if the rule binds it.
    pub(super) fn binding(&self, name: &Span) -> Option<Binding<'m>> {
        let bound = self.names.get(name.text())?;
        let is_seen = bound.within.contains(&name.start) || name.start < bound.head;
        Some(if is_seen { bound.binding } else { Binding::Unknown })
    }

    /// The values of an argument, where they are known.
    pub(super) fn argument(&self, place: usize) -> Option<Constants> {
        self.arguments.get(place).cloned().flatten()
    }
}

fn names(rule: &Rule) -> BTreeMap<&str, Bound<'_>> {
    let mut names = Names { found: BTreeMap::new(), queries: queries(rule), whole: 0..u32::MAX };
    if let Rule::Spec { head: RuleHead::Func { args, .. }, .. } = rule {
        for (place, argument) in args.iter().enumerate() {
            names.bind(argument, Binding::Argument(place), None);
        }
    }
    walk(rule, &mut |part| match part {
        Part::Expr(Expr::AssignExpr { op: AssignOp::ColEq, span, lhs, rhs, .. }) => {
            names.bind(lhs, Binding::Is(rhs), Some(span));
        }
        Part::Expr(Expr::AssignExpr { span, lhs, rhs, .. }) => {
            names.bind(lhs, Binding::Unknown, Some(span));
            names.bind(rhs, Binding::Unknown, Some(span));
        }
        Part::Statement(statement) => match &statement.literal {
            Literal::SomeVars { vars, .. } => {
                vars.iter().for_each(|name| names.add(name.text(), Binding::Unknown, Some(name)));
            }
            Literal::SomeIn { key, value, collection, span } => {
                key.iter().for_each(|key| names.bind(key, Binding::KeyOf(collection), Some(span)));
                names.bind(value, Binding::ValueOf(collection), Some(span));
            }
            Literal::Every { key, value, .. } => {
                key.iter().chain([value]).for_each(|name| names.add(name.text(), Binding::Unknown, Some(name)));
            }
            _ => {}
        },
        _ => {}
    });
    for name in under_with(rule) {
        names.found.entry(name).and_modify(|bound| bound.binding = Binding::Unknown);
    }
    names.found
}

/// Names in statements with other circumstances: what they stand for is of these.
fn under_with(rule: &Rule) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    walk(rule, &mut |part| {
        let Part::Statement(statement) = part else { return };
        if !statement.with_mods.is_empty() {
            walk_statement(statement, &mut |part| {
                if let Part::Expr(Expr::Var { span, .. }) = part {
                    found.insert(span.text());
                }
            });
        }
    });
    found
}

/// Where the queries of a rule stand, from their first statement on; with those of its bodies where the head ends, which sees what they
/// bind.
fn queries(rule: &Rule) -> Vec<(Range<u32>, u32)> {
    let mut own = Vec::new();
    if let Rule::Spec { bodies, .. } = rule {
        own.extend(bodies.iter().map(|body| std::ptr::from_ref(&*body.query)));
    }
    let mut queries = Vec::new();
    let mut head = None;
    walk(rule, &mut |part| {
        let Part::Query(query) = part else { return };
        let start = query.stmts.iter().map(|statement| statement.span.start).min().unwrap_or(query.span.start);
        let is_own = own.contains(&std::ptr::from_ref(query));
        let head = if is_own { *head.get_or_insert(start) } else { 0 };
        queries.push((start..query.span.end.max(start), head));
    });
    queries
}

impl<'m> Names<'m> {
    /// Of a pattern, all names in it are something that is not looked into. What is bound by a statement is so from there on.
    fn bind(&mut self, pattern: &'m Expr, binding: Binding<'m>, by: Option<&Span>) {
        if let Expr::Var { span, .. } = pattern {
            return self.add(span.text(), binding, by);
        }
        walk_expr(pattern, &mut |part| {
            if let Part::Expr(Expr::Var { span, .. }) = part {
                self.add(span.text(), Binding::Unknown, by);
            }
        });
    }

    fn add(&mut self, name: &'m str, binding: Binding<'m>, by: Option<&Span>) {
        let (within, head) = by.map_or((self.whole.clone(), 0), |span| {
            let around = self.queries.iter().filter(|(query, _)| query.contains(&span.start));
            let inner = around.min_by_key(|(query, _)| query.end - query.start);
            inner.map_or((0..0, 0), |(query, head)| (span.start..query.end, *head))
        });
        // Each `_` is a variable of its own.
        let binding = if name == "_" { Binding::Unknown } else { binding };
        // A name that is bound twice may be two variables.
        let bound = Bound { binding, within, head };
        self.found.entry(name).and_modify(|other| other.binding = Binding::Unknown).or_insert(bound);
    }
}
