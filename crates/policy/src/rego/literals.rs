//! Numbers as they are written: OPA keeps the text of a number of a policy until something is computed of it, so that `1e6` is printed as
//! `1e+06` and `[1.50]` as it stands. The engine keeps whole numbers and others apart, which is enough for all but a few texts; where one
//! of these would be printed, that is an error.

use std::collections::BTreeSet;

use regorus::Value;
use regorus::unstable::Expr;

use super::edit::{Edit, applied};
use super::module::Module;
use super::walk::{Part, walk};

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
        if self.0.is_empty() {
            return Ok(());
        }
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Number(_) => anyhow::ensure!(
                    !self.0.contains(&(has_point(value), value.clone())),
                    "the number {} would be printed as the policy writes it, which is not known here; write it as {}",
                    printed(value),
                    printed(value)
                ),
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
