//! What is one step of the engine and may take all the time or memory there is, written as a builtin that looks first: `a * b`, which
//! makes a number as long as both, and lists that hold one thing twice over and over ([`growth`]).

use std::ops::Range;

use regorus::unstable::{ArithOp, Expr};

use super::bodies::Scanner;
use super::edit::{Edit, applied};
use super::growth;
use super::module::{Module, whole};
use super::walk::{Part, walk};

/// What the multiplication is called that looks first.
pub(super) const TIMES: &str = "portcullis.times";
/// What looks at a value that may be much larger than what it is made of.
pub(super) const HELD: &str = "portcullis.held";

/// Pieces of a text that are put into a call of a builtin.
#[derive(Default)]
pub(crate) struct Guards {
    opening: Vec<Edit>,
    closing: Vec<Edit>,
}

impl Guards {
    /// Of every module of one owner.
    pub(super) fn of(module: &Module, large: &[Range<usize>]) -> Guards {
        let mut guards = Guards::default();
        for rule in module.rules() {
            walk(rule.syntax(), &mut |part| {
                if let Part::Expr(Expr::ArithExpr { op: ArithOp::Mul, lhs, rhs, span, .. }) = part {
                    // With a factor that stands in the text a number grows no faster than the text.
                    let is_plain = |side: &Expr| matches!(side, Expr::Number { .. });
                    if !is_plain(lhs) && !is_plain(rhs) {
                        guards.times(module, lhs, whole(&module.text, span));
                    }
                }
            });
        }
        for range in large {
            guards.call(HELD, range.clone());
        }
        guards
    }

    fn times(&mut self, module: &Module, left: &Expr, range: Range<usize>) {
        let from = whole(&module.text, left.span()).end;
        let sign = Scanner { text: &module.text, at: from }.find(|(_, character)| *character == '*');
        let Some((sign, _)) = sign.filter(|(at, _)| range.contains(at)) else { return };
        self.call(TIMES, range);
        self.opening.push(Edit { range: sign..sign + 1, text: ",".to_owned() });
    }

    fn call(&mut self, name: &str, range: Range<usize>) {
        self.opening.push(Edit::insert(range.start, format!("{name}(")));
        self.closing.push(Edit::insert(range.end, ")"));
    }

    /// With other edits: what closes a call stands before whatever they put there, what opens one behind it. What they replace they
    /// have taken with the calls in it ([`Guards::piece`]).
    pub(super) fn around(&self, others: Vec<Edit>) -> Vec<Edit> {
        let is_left = |edit: &&Edit| !others.iter().any(|other| is_inside(&edit.range, &other.range));
        let closing: Vec<Edit> = self.closing.iter().filter(is_left).cloned().collect();
        let opening: Vec<Edit> = self.opening.iter().filter(is_left).cloned().collect();
        [closing, others, opening].concat()
    }

    /// A piece of a text, with the calls that it needs.
    pub(super) fn piece(&self, text: &str, range: Range<usize>) -> Option<String> {
        let piece = text.get(range.clone())?;
        let is_in = |edit: &&Edit| range.start <= edit.range.start && edit.range.end <= range.end;
        let edits = self.closing.iter().chain(&self.opening).filter(is_in);
        let moved = |edit: &Edit| Edit {
            range: edit.range.start - range.start..edit.range.end - range.start,
            text: edit.text.clone(),
        };
        Some(applied(piece, edits.map(moved).collect()))
    }
}

/// Inside of what is replaced; what is put in replaces nothing.
fn is_inside(edit: &Range<usize>, other: &Range<usize>) -> bool {
    !other.is_empty() && other.start <= edit.start && edit.end <= other.end
}

/// The guards of all modules of one owner, in their order.
pub(super) fn all(modules: &[&Module]) -> Vec<Guards> {
    let mut large = growth::large(modules);
    let guards =
        modules.iter().enumerate().map(|(at, module)| Guards::of(module, &large.remove(&at).unwrap_or_default()));
    guards.collect()
}
