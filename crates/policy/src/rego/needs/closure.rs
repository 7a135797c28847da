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

/// Rules that are an object of plain values in which others look something up, and that never becomes a part of anything else.
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
}

/// The keys that a rule and all it refers to put into objects, and the tables among these.
pub(super) fn made<'m>(rules: &Rules<'m>, path: &[String]) -> (Made, Tables) {
    let mut seen = Seen::default();
    let Some(()) = gather(rules, path, &mut seen) else { return (None, Tables::new()) };
    let is_table = |path: &Vec<String>| seen.whole.get(path) == seen.looked_into.get(path);
    let (tables, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
        seen.tables.into_iter().partition(|(path, _)| is_table(path));
    seen.keys.extend(others.into_values().flatten());
    (Some(seen.keys), tables.into_keys().collect())
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
            walk(rule.syntax(), &mut |part| {
                if let Some(collection) = looked_into(part) {
                    count(rules, collection, &scope, &mut seen.looked_into);
                }
                let Part::Expr(expr) = part else { return };
                count(rules, expr, &scope, &mut seen.whole);
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
        Part::Statement(statement) => match &statement.literal {
            Literal::SomeIn { collection, .. } => Some(collection),
            _ => None,
        },
        _ => None,
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
        From::Rule(path) => Some(Some(path).into_iter()),
        From::Package => None,
        _ if is_call => PLAIN.contains(&super::name_of(refr)?.as_str()).then(|| None.into_iter()),
        _ => Some(None.into_iter()),
    }
}
