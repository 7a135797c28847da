//! Keys that a rule itself puts into objects: what stands under these need not come from the document.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Literal, Rule, RuleHead};

use super::View;
use super::plain::PLAIN;
use super::scope::Scope;
use super::target::{From, Rules, Step, Way};
use crate::rego::walk::{Part, walk};

/// Keys that are put into objects; `None` where that may be any.
pub(super) type Made = Option<BTreeSet<String>>;

/// Rules in which others look something up, and that never become a part of anything else: sets, and objects of plain values.
pub(super) type Tables = BTreeSet<Vec<String>>;

/// What a rule and all it refers to put into objects.
#[derive(Default)]
struct Seen {
    keys: BTreeSet<String>,
    /// The keys of what may be tables, by their rules.
    tables: BTreeMap<Vec<String>, BTreeSet<String>>,
    /// How often a rule stands for its value, and how often only for something to look into.
    whole: BTreeMap<Vec<String>, usize>,
    looked_into: BTreeMap<Vec<String>, usize>,
    /// Rules that are sets.
    sets: BTreeSet<Vec<String>>,
    /// Another set is made, which may be what a key is looked up in: `names["web"]` asks for an item.
    has_other_sets: bool,
}

/// Builtins that give sets.
const SETS: &[&str] = &["graph.reachable", "intersection", "object.keys", "set", "union"];

/// The keys that a rule and all it refers to put into objects, and the tables among these.
pub(super) fn made<'m>(rules: &Rules<'m>, path: &[String]) -> (Made, Tables) {
    let mut seen = Seen::default();
    let Some(()) = gather(rules, path, &mut seen) else { return (None, Tables::new()) };
    let is_table = |path: &Vec<String>| seen.whole.get(path) == seen.looked_into.get(path);
    if seen.has_other_sets || !seen.sets.iter().all(is_table) {
        return (None, Tables::new());
    }
    let (tables, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
        seen.tables.into_iter().partition(|(path, _)| is_table(path));
    seen.keys.extend(others.into_values().flatten());
    (Some(seen.keys), tables.into_keys().chain(seen.sets).collect())
}

fn gather<'m>(rules: &Rules<'m>, path: &[String], seen: &mut Seen) -> Option<()> {
    let mut reached = BTreeSet::from([path.to_vec()]);
    let mut open = vec![path.to_vec()];
    let bare = View::bare(rules);
    while let Some(path) = open.pop() {
        for (module, rule) in rules.get(&path) {
            let scope = Scope::new(module, rule.syntax(), Vec::new());
            in_head(rule.syntax())?;
            let table = bare.table(&path);
            let mut is_known = true;
            if matches!(rule.syntax(), Rule::Spec { head: RuleHead::Set { .. }, .. })
                || values(rule.syntax()).any(is_set)
            {
                seen.sets.insert(path.clone());
            }
            // Sets that are nothing but the value of a rule, or looked into where they stand.
            let mut apart: Vec<&Expr> = values(rule.syntax()).collect();
            walk(rule.syntax(), &mut |part| {
                if let Some(collection) = looked_into(part) {
                    apart.push(collection);
                    count(rules, collection, &scope, &mut seen.looked_into);
                }
                let Part::Expr(expr) = part else { return };
                count(rules, expr, &scope, &mut seen.whole);
                seen.has_other_sets |= is_set(expr) && !apart.iter().any(|other| std::ptr::eq(*other, expr));
                let keys = in_expr(&bare, expr, &scope);
                is_known &= keys.is_some();
                match table {
                    Some(table) if std::ptr::eq(table, expr) => {
                        seen.tables.insert(path.clone(), keys.unwrap_or_default());
                    }
                    _ => seen.keys.extend(keys.unwrap_or_default()),
                }
                match refers_to(rules, expr, &scope) {
                    Some(path) => open.extend(path.filter(|path| reached.insert(path.clone()))),
                    None => is_known = false,
                }
            });
            if !is_known {
                return None;
            }
        }
    }
    Some(())
}

/// A collection in which something is looked for, and which is of no use beyond that.
fn looked_into(part: Part<'_>) -> Option<&Expr> {
    match part {
        Part::Expr(Expr::Membership { collection, .. }) => Some(collection),
        Part::Expr(Expr::Call { fcn, params, .. }) if super::name_of(fcn).as_deref() == Some("count") => {
            params.first().map(|counted| &**counted)
        }
        Part::Statement(statement) => match &statement.literal {
            Literal::SomeIn { collection, .. } => Some(collection),
            _ => None,
        },
        _ => None,
    }
}

/// The values of a rule that has no arguments, as far as they are written in it.
fn values(rule: &Rule) -> impl Iterator<Item = &Expr> {
    let (head, bodies) = match rule {
        Rule::Default { args, value, .. } if args.is_empty() => (Some(&**value), &[][..]),
        Rule::Spec { head: RuleHead::Compr { assign, .. }, bodies, .. } => {
            (assign.as_ref().map(|assign| &*assign.value), &bodies[..])
        }
        _ => (None, &[][..]),
    };
    head.into_iter().chain(bodies.iter().filter_map(|body| body.assign.as_ref().map(|assign| &*assign.value)))
}

fn is_set(expr: &Expr) -> bool {
    match expr {
        Expr::Set { .. } | Expr::SetCompr { .. } | Expr::BinExpr { .. } => true,
        Expr::Call { fcn, .. } => super::name_of(fcn).is_some_and(|name| SETS.contains(&name.as_str())),
        _ => false,
    }
}

/// Counts an expression that is a rule as a whole.
fn count<'m>(rules: &Rules<'m>, expr: &'m Expr, scope: &Scope<'m>, counts: &mut BTreeMap<Vec<String>, usize>) {
    let is_named = matches!(expr, Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. });
    if let Some(Way { from: From::Rule(path), steps }) = is_named.then(|| rules.unbound(expr, scope.module))
        && steps.is_empty()
    {
        *counts.entry(path).or_default() += 1;
    }
}

/// `p[key] := value` and `p.key := value` put keys into an object: `None`.
fn in_head(rule: &Rule) -> Option<()> {
    let (Rule::Spec { head: RuleHead::Compr { refr, .. } | RuleHead::Set { refr, .. }, .. }
    | Rule::Default { refr, .. }) = rule
    else {
        return Some(());
    };
    matches!(&**refr, Expr::Var { .. }).then_some(())
}

fn in_expr<'m>(bare: &View<'_, 'm>, expr: &'m Expr, scope: &Scope<'m>) -> Option<BTreeSet<String>> {
    let key = |key: &'m Expr| match key {
        Expr::Number { .. } | Expr::Bool { .. } | Expr::Null { .. } => Some(BTreeSet::new()),
        key => bare.names(&Step::By(key), scope),
    };
    match expr {
        Expr::Object { fields, .. } => {
            let keys: Option<Vec<BTreeSet<String>>> = fields.iter().map(|(_, name, _)| key(name)).collect();
            Some(keys?.into_iter().flatten().collect())
        }
        Expr::ObjectCompr { key: name, .. } => key(name),
        _ => Some(BTreeSet::new()),
    }
}

/// The rule an expression refers to, if it does; `None` for what may give any object.
fn refers_to<'m>(rules: &Rules<'m>, expr: &'m Expr, scope: &Scope<'m>) -> Option<std::option::IntoIter<Vec<String>>> {
    let (refr, is_call) = match expr {
        Expr::Call { fcn, .. } => (&**fcn, true),
        Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => (expr, false),
        _ => return Some(None.into_iter()),
    };
    let way = rules.unbound(refr, scope.module);
    match way.from {
        From::Rule(path) if !is_call || way.steps.is_empty() => Some(Some(path).into_iter()),
        From::Package => None,
        _ if is_call => PLAIN.contains(&super::name_of(refr)?.as_str()).then(|| None.into_iter()),
        _ => Some(None.into_iter()),
    }
}
