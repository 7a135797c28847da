//! Numbers as they are written: OPA keeps the text of a number of a policy until something is computed of it, so that `1e6` is printed as
//! `1e+06` and `[1.50]` as it stands. The engine keeps whole numbers and others apart, which is enough for all but a few texts; where one
//! of these would be printed, that is an error.

use std::collections::BTreeSet;

use regorus::Value;
use regorus::unstable::Expr;

use super::edit::{Edit, applied};
use super::meter::{has_rounded, is_rounded, untold};
use super::module::Module;
use super::reference::Reference;
use super::walk::{Part, walk};
use crate::{Lint, PolicyError};

/// Up to here every whole number is one with a point too.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The text with `1e3` written as `1000.00`: with an exponent the engine takes it for a whole number, OPA does not. Two zeros, for it is
/// not what was written.
pub(super) fn with_points(module: &Module) -> Option<String> {
    let mut edits = Vec::new();
    of_module(module, &mut |range, text, value| {
        let Some(number) = value.as_f64().ok().filter(|number| number.abs() <= EXACT && number.fract() == 0.0) else {
            return;
        };
        if text.contains(['e', 'E']) {
            edits.push(Edit { range, text: format!("{number:.2}") });
        }
    });
    (!edits.is_empty()).then(|| applied(&module.text, edits))
}

/// Builtins that take no whole number with an exponent.
const TAKE_DIGITS: &[&str] =
    &["array.slice", "regex.find_all_string_submatch_n", "regex.find_n", "strings.split_n", "substring"];

/// Whole numbers with an exponent that are to be a place in a list or text, which they are not for OPA.
pub(super) fn indices(module: &Module) -> Vec<PolicyError> {
    let mut errors = Vec::new();
    let mut see = |expr: &Expr| {
        let Expr::Number { span, .. } = expr else { return };
        // As `with_points` wrote it.
        if module.text.get(span.start as usize..span.end as usize).is_some_and(|text| text.ends_with(".00")) {
            let message = "a whole number that is written with an exponent is no place for OPA; write its digits";
            errors.push(PolicyError::at(&module.file, span.line, span.col, message).of(Lint::Syntax));
        }
    };
    for rule in module.rules().iter().filter(|_| module.text.contains(".00")) {
        walk(rule.syntax(), &mut |part| match part {
            Part::Expr(Expr::Call { fcn, params, .. }) if TAKE_DIGITS.contains(&fcn.span().text()) => {
                params.iter().for_each(|param| see(param));
            }
            // What a document holds has no other keys than texts and places.
            Part::Expr(expr @ Expr::RefBrack { index, .. })
                if Reference::of(expr).is_some_and(|reference| reference.base.text() == "input") =>
            {
                see(index);
            }
            _ => {}
        });
    }
    errors
}

/// What stands in a calculation and is surely no number: OPA refuses it.
pub(super) fn no_numbers(module: &Module) -> Vec<PolicyError> {
    let mut errors = Vec::new();
    for rule in module.rules() {
        walk(rule.syntax(), &mut |part| {
            let Part::Expr(Expr::ArithExpr { lhs, rhs, .. }) = part else { return };
            let is_none = |side: &&Expr| {
                matches!(side, Expr::String { .. } | Expr::RawString { .. } | Expr::Bool { .. } | Expr::Null { .. })
                    || matches!(side, Expr::Array { .. } | Expr::Object { .. })
            };
            if let Some(side) = [&**lhs, &**rhs].into_iter().find(is_none) {
                let span = side.span();
                let message = "a calculation is made of numbers, and this is none";
                errors.push(PolicyError::at(&module.file, span.line, span.col, message).of(Lint::Syntax));
            }
        });
    }
    errors
}

/// Numbers that policies write otherwise than they would be printed, and whether they have a point.
#[derive(Clone, Default)]
pub(super) struct Spelled(BTreeSet<(bool, Value)>);

impl Spelled {
    pub(super) fn of<'m>(modules: impl Iterator<Item = &'m Module>) -> Spelled {
        let mut spelled = BTreeSet::new();
        for module in modules {
            of_module(module, &mut |_, text, value| {
                if text != printed(value) {
                    spelled.insert((has_point(value), value.clone()));
                }
            });
        }
        Spelled(spelled)
    }

    /// An error for a value that has such a number in it, which OPA would print as the policy writes it.
    pub(super) fn check(&self, value: &Value) -> anyhow::Result<()> {
        if self.0.is_empty() && !has_rounded() {
            return Ok(());
        }
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Number(number) => {
                    let shown = printed(value);
                    if self.0.contains(&(has_point(value), value.clone())) {
                        return Err(untold(format!(
                            "the number {shown} would be printed as the policy writes it, which is not known here; write it as {shown}"
                        )));
                    }
                    if number.as_f64().is_some_and(is_rounded) {
                        return Err(untold(format!(
                            "the number {shown} would be printed with more digits than are known here; round it before"
                        )));
                    }
                }
                Value::Array(items) => open.extend(items.iter()),
                Value::Set(items) => open.extend(items.iter()),
                Value::Object(members) => open.extend(members.iter().flat_map(|(key, value)| [key, value])),
                _ => {}
            }
        }
        Ok(())
    }

    /// The same of a value that is printed by itself, where only whole numbers with an exponent are printed otherwise.
    pub(super) fn check_alone(&self, value: &Value) -> anyhow::Result<()> {
        if matches!(value, Value::Number(_)) && has_point(value) { Ok(()) } else { self.check(value) }
    }
}

/// Whether a number was written with a point, or came of a division, and so is none of OPA's whole ones.
pub(super) fn has_point(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            number.format_decimal_with_width(1).contains(|sign: char| sign != '-' && !sign.is_ascii_digit())
        }
        _ => false,
    }
}

/// A number inside of others, as OPA prints it.
pub(super) fn printed(value: &Value) -> String {
    let text = value.to_string();
    let is_whole = text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    if is_whole && has_point(value) { format!("{text}.0") } else { text }
}

/// Every number of a module: where it stands, as it is written, and what it is.
fn of_module(module: &Module, see: &mut dyn FnMut(std::ops::Range<usize>, &str, &Value)) {
    for rule in module.rules() {
        walk(rule.syntax(), &mut |part| {
            if let Part::Expr(Expr::Number { span, value, .. }) = part {
                let range = span.start as usize..span.end as usize;
                let Some(text) = module.text.get(range.clone()) else { return };
                see(range, text, value);
            }
        });
    }
}
