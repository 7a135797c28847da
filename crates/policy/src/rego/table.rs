//! Tests of tables: `test_name[case] if { some case, row in table; … }` is one test a row, and fails when one of them is not true. Which rows
//! there are, the statements say that give the cases their names; a rule of our own asks them alone.

use regorus::unstable::{Expr, Query, Rule, RuleHead};

use super::imports;
use super::module::{Module, whole};
use super::walk::{Part, walk_expr, walk_statement};

/// What the rules are called that give the names of the cases and the values of the test.
const NAMES: &str = "portcullis_names";
const VALUES: &str = "portcullis_values";

/// A module of our own beside a test, and what to ask it.
pub(crate) struct Cases {
    pub(crate) text: String,
    /// The rule that gives a list of keys for each case.
    pub(crate) names: String,
    /// The rule that gives the test's value: the engine is not asked for a rule whose head has several keys.
    pub(crate) values: String,
}

/// The cases of a test; nothing of one that is no table.
pub(crate) fn cases(module: &Module, name: &str) -> Option<Cases> {
    let rules = module.rules().iter().filter(|rule| rule.name == [name]);
    let bodies: Vec<String> = rules.filter_map(|rule| of_rule(module, rule.syntax())).collect();
    let imports: String = imports::written(&module.text).iter().map(|import| format!("{import}\n")).collect();
    let package = module.text.get(module.package_range())?;
    let text = format!("{package}\n{imports}{VALUES} := {name}\n{}", bodies.concat());
    let cases = Cases { text, names: module.rule_path(NAMES), values: module.rule_path(VALUES) };
    (!bodies.is_empty()).then_some(cases)
}

fn of_rule(module: &Module, rule: &Rule) -> Option<String> {
    let Rule::Spec { head: RuleHead::Compr { refr, .. }, bodies, .. } = rule else { return None };
    let keys = keys(refr);
    let written: Option<Vec<&str>> = keys.iter().map(|key| module.text.get(whole(&module.text, key.span()))).collect();
    let statements = bodies.first().map_or("true", |body| naming(module, &body.query, &keys).unwrap_or("true"));
    (!keys.is_empty()).then_some(())?;
    Some(format!("{NAMES} contains [{}] if {{\n{statements}\n}}\n", written?.join(", ")))
}

/// What stands in the brackets of a head.
fn keys(mut head: &Expr) -> Vec<&Expr> {
    let mut keys = Vec::new();
    while let Expr::RefBrack { refr, index, .. } = head {
        keys.insert(0, &**index);
        head = refr;
    }
    keys
}

/// The statements up to the one by which every name in the keys was mentioned.
fn naming<'m>(module: &'m Module, body: &Query, keys: &[&Expr]) -> Option<&'m str> {
    let mut missing = std::collections::BTreeSet::new();
    for key in keys {
        walk_expr(key, &mut |part| {
            if let Part::Expr(Expr::Var { span, .. }) = part {
                missing.insert(span.text());
            }
        });
    }
    let first = body.stmts.first()?;
    for statement in &body.stmts {
        if missing.is_empty() {
            break;
        }
        walk_statement(statement, &mut |part| {
            if let Part::Expr(Expr::Var { span, .. }) = part {
                missing.remove(span.text());
            }
        });
        if missing.is_empty() {
            let end = whole(&module.text, &statement.span).end;
            return module.text.get(whole(&module.text, &first.span).start..end);
        }
    }
    None
}
