//! Texts of `sprintf` that misprint whatever they are given, told without running them.

use regorus::Value;
use regorus::unstable::{Expr, Ref};

use super::extension::printed;
use super::module::Module;
use super::reference::{Reference, text_of};
use super::walk::{Part, walk};
use crate::{Lint, PolicyError};

/// Every `sprintf` of a module whose text and list of values are written out and do not fit each other.
pub(crate) fn check(module: &Module) -> Vec<PolicyError> {
    let mut found = Vec::new();
    for rule in module.rules() {
        walk(rule.syntax(), &mut |part| {
            let Part::Expr(Expr::Call { fcn, params, span, .. }) = part else { return };
            let [format, values, ..] = &params[..] else { return };
            let is_sprintf =
                Reference::of(fcn).is_some_and(|name| name.base.text() == "sprintf" && name.steps.is_empty());
            let (Some(format), Expr::Array { items, .. }) = (text_of(format), &**values) else { return };
            if let Some(fault) = is_sprintf.then(|| fault(&format, items)).flatten() {
                let message = format!("`sprintf` misprints: {fault}");
                found.push(PolicyError::at(&module.file, span.line, span.col, message).of(Lint::Sprintf));
            }
        });
    }
    found
}

/// What misprints, if anything does for the values that suit it best.
fn fault(format: &str, items: &[Ref<Expr>]) -> Option<String> {
    // A sign for itself may stand before a mark that is no fault.
    let format = format.replace("%%", "");
    let mut values: Vec<Value> = items.iter().map(|item| literal(item).unwrap_or_else(|| Value::from("x"))).collect();
    for at in (0..items.len()).filter(|at| literal(&items[*at]).is_none()) {
        let choices = [Value::from("x"), Value::from(1_u64), Value::from(1.5)];
        let faults = |choice: &Value| {
            let mut tried = values.clone();
            tried[at] = choice.clone();
            faults(&print(&format, &tried))
        };
        let best = choices.into_iter().min_by_key(faults);
        values[at] = best.unwrap_or(Value::Undefined);
    }
    let text = print(&format, &values);
    if faults(&text) == 0 {
        return None;
    }
    let count = items.len();
    Some(if text.contains("(MISSING)") {
        format!("it has a verb for more than the {count} values in the list")
    } else if text.contains("%!(EXTRA") {
        format!("it has verbs for fewer than the {count} values in the list")
    } else if text.contains("%!(NOVERB)") {
        "it ends in a `%` that stands for nothing; a percent sign is written `%%`".to_owned()
    } else {
        let verb = text.split("%!").nth(1).and_then(|rest| rest.chars().next()).unwrap_or_default();
        let given = text.split("%!").nth(1).and_then(|rest| rest.split_once('(')).map_or("", |(_, rest)| rest);
        let given = given.split('=').next().unwrap_or_default();
        match verb {
            'd' | 's' | 'f' | 'e' | 'g' | 'q' | 'x' | 'b' | 'o' | 'c' | 'U' => {
                format!("`%{verb}` is no verb for the {} that it is given", kind(given))
            }
            _ => format!("`%{verb}` is a verb for nothing that a policy gives; `%v` is one for everything"),
        }
    })
}

fn kind(name: &str) -> &'static str {
    match name {
        "string" => "text",
        "float64" => "number with a fraction",
        _ => "whole number",
    }
}

/// A value that is written out, as far as it is a number or a text.
fn literal(expr: &Expr) -> Option<Value> {
    match expr {
        Expr::Number { value, .. } => Some(value.clone()),
        // What stands in it is not looked at.
        Expr::String { .. } | Expr::RawString { .. } => Some(Value::from("x")),
        _ => None,
    }
}

fn print(format: &str, values: &[Value]) -> String {
    printed(&[Value::from(format), Value::from(values.to_vec())])
}

fn faults(text: &str) -> usize {
    text.matches("%!").count()
}
