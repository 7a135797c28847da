//! What is one step of the engine and may take all the time or memory there is, written as a builtin that looks first: `a * b`, which
//! makes a number as long as both, lists that hold one thing twice over and over ([`growth`]), and each element that is made ([`made`]).

use std::ops::Range;

use regorus::unstable::{ArithOp, Expr};

use super::bodies::Scanner;
use super::edit::{Edit, applied};
use super::growth;
use super::made::{self, Made};
use super::module::{Module, whole};
use super::walk::{Part, walk};

/// What the multiplication is called that looks first.
pub(super) const TIMES: &str = "portcullis.times";
/// What looks at a value that may be much larger than what it is made of.
pub(super) const HELD: &str = "portcullis.held";
/// What counts an element, and what it takes.
pub(super) const MADE: &str = "portcullis.made";

/// Pieces of a text that are put into a call of a builtin, what is around others first.
#[derive(Default)]
pub(crate) struct Guards(Vec<Call>);

/// What is written where a piece begins and where it ends, and what is replaced in it.
struct Call {
    opening: Edit,
    within: Option<Edit>,
    closing: Edit,
}

impl Call {
    fn new(range: Range<usize>, name: &str, closing: impl Into<String>) -> Call {
        let opening = Edit::insert(range.start, format!("{name}("));
        Call { opening, within: None, closing: Edit::insert(range.end, closing) }
    }

    fn edits(&self) -> impl Iterator<Item = &Edit> {
        [&self.opening, &self.closing].into_iter().chain(&self.within)
    }
}

impl Guards {
    /// Of every module of one owner.
    pub(super) fn of(module: &Module, large: &[Range<usize>]) -> Guards {
        let elements = made::places(module).into_iter();
        // A blank, for `contains` may stand right before.
        let name = format!(" {MADE}");
        let mut calls: Vec<Call> =
            elements.map(|Made { range, bytes }| Call::new(range, &name, format!(", {bytes})"))).collect();
        for rule in module.rules() {
            walk(rule.syntax(), &mut |part| {
                if let Part::Expr(Expr::ArithExpr { op: ArithOp::Mul, lhs, rhs, span, .. }) = part {
                    // With a factor that stands in the text a number grows no faster than the text.
                    let is_plain = |side: &Expr| matches!(side, Expr::Number { .. });
                    if !is_plain(lhs) && !is_plain(rhs) {
                        calls.extend(times(module, lhs, whole(&module.text, span)));
                    }
                }
            });
        }
        calls.extend(large.iter().map(|range| Call::new(range.clone(), HELD, ")")));
        Guards(calls)
    }

    /// With other edits: what closes a call stands before whatever they put there, what opens one behind it. What they replace they
    /// have taken with the calls in it ([`Guards::piece`]).
    pub(super) fn around(&self, others: &[Edit]) -> Vec<Edit> {
        let is_replaced = |edit: &Edit| others.iter().any(|other| is_inside(&edit.range, &other.range));
        let left = self.0.iter().filter(|call| !call.edits().any(is_replaced));
        let left: Vec<&Call> = left.collect();
        let mut edits: Vec<Edit> = left.iter().rev().map(|call| call.closing.clone()).collect();
        edits.extend(others.iter().cloned());
        edits.extend(left.iter().map(|call| call.opening.clone()));
        edits.extend(left.iter().filter_map(|call| call.within.clone()));
        edits
    }

    /// A piece of a text, with the calls that it needs.
    pub(super) fn piece(&self, text: &str, range: Range<usize>) -> Option<String> {
        let piece = text.get(range.clone())?;
        let is_in = |edit: &Edit| range.start <= edit.range.start && edit.range.end <= range.end;
        let inside: Vec<&Call> = self.0.iter().filter(|call| call.edits().all(is_in)).collect();
        let closing = inside.iter().rev().map(|call| &call.closing);
        let opening = inside.iter().map(|call| &call.opening);
        let within = inside.iter().filter_map(|call| call.within.as_ref());
        let moved = |edit: &Edit| Edit {
            range: edit.range.start - range.start..edit.range.end - range.start,
            text: edit.text.clone(),
        };
        Some(applied(piece, closing.chain(opening).chain(within).map(moved).collect()))
    }
}

/// A product as a call: its sign becomes a comma.
fn times(module: &Module, left: &Expr, range: Range<usize>) -> Option<Call> {
    let from = whole(&module.text, left.span()).end;
    let sign = Scanner { text: &module.text, at: from }.find(|(_, character)| *character == '*');
    let (sign, _) = sign.filter(|(at, _)| range.contains(at))?;
    let within = Some(Edit { range: sign..sign + 1, text: ",".to_owned() });
    Some(Call { within, ..Call::new(range, TIMES, ")") })
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
