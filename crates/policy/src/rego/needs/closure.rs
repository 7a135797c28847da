//! Keys that a rule itself puts into objects: what stands under these need not come from the document.

use std::collections::BTreeSet;

use regorus::unstable::{Expr, Rule, RuleHead};

use super::View;
use super::scope::Scope;
use super::target::{From, Rules, Step};
use crate::rego::walk::{Part, walk};

/// Builtins that give no object with keys of their own making.
const PLAIN: &[&str] = &[
    "abs",
    "array.concat",
    "array.reverse",
    "array.slice",
    "base64.decode",
    "base64.encode",
    "base64.is_valid",
    "ceil",
    "concat",
    "contains",
    "count",
    "endswith",
    "floor",
    "format_int",
    "graph.reachable",
    "indexof",
    "indexof_n",
    "intersection",
    "is_array",
    "is_boolean",
    "is_null",
    "is_number",
    "is_object",
    "is_set",
    "is_string",
    "json.marshal",
    "lower",
    "max",
    "min",
    "numbers.range",
    "object.filter",
    "object.get",
    "object.keys",
    "object.remove",
    "object.union",
    "product",
    "regex.find_all_string_submatch_n",
    "regex.find_n",
    "regex.match",
    "regex.replace",
    "regex.split",
    "replace",
    "round",
    "sort",
    "split",
    "sprintf",
    "startswith",
    "strings.any_prefix_match",
    "strings.any_suffix_match",
    "strings.count",
    "strings.replace_n",
    "strings.reverse",
    "substring",
    "sum",
    "to_number",
    "trim",
    "trim_left",
    "trim_prefix",
    "trim_right",
    "trim_space",
    "trim_suffix",
    "type_name",
    "union",
    "upper",
    "walk",
];

/// Keys that are put into objects; `None` where that may be any.
pub(super) type Made = Option<BTreeSet<String>>;

/// The keys that a rule and all it refers to put into objects.
pub(super) fn made<'m>(rules: &Rules<'m>, path: &[String]) -> Made {
    let mut made = BTreeSet::new();
    let mut seen = BTreeSet::from([path.to_vec()]);
    let mut open = vec![path.to_vec()];
    let bare = View::bare(rules);
    while let Some(path) = open.pop() {
        for (module, rule) in rules.get(&path) {
            let scope = Scope::new(module, rule.syntax(), Vec::new());
            made.extend(in_head(rule.syntax())?);
            let mut is_known = true;
            walk(rule.syntax(), &mut |part| {
                let Part::Expr(expr) = part else { return };
                is_known &= match in_expr(&bare, expr, &scope) {
                    Some(keys) => {
                        made.extend(keys);
                        true
                    }
                    None => false,
                };
                match refers_to(rules, expr, &scope) {
                    Some(path) => open.extend(path.filter(|path| seen.insert(path.clone()))),
                    None => is_known = false,
                }
            });
            if !is_known {
                return None;
            }
        }
    }
    Some(made)
}

/// `p[key] := value` and `p.key := value` put keys into an object.
fn in_head(rule: &Rule) -> Option<BTreeSet<String>> {
    let (Rule::Spec { head: RuleHead::Compr { refr, .. } | RuleHead::Set { refr, .. }, .. }
    | Rule::Default { refr, .. }) = rule
    else {
        return Some(BTreeSet::new());
    };
    matches!(&**refr, Expr::Var { .. }).then(BTreeSet::new)
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
