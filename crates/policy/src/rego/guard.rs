//! What is one step of the engine and may take all the time or memory there is, written as a builtin that looks first: `a * b`, which
//! makes a number as long as both, lists that hold one thing twice over and over ([`growth`]), and each element that is made ([`made`]).
//! And what the engine answers otherwise: `in` that gives a value ([`membership`]), numbers with fractions, `some x in 5`.

use std::collections::BTreeMap;
use std::ops::Range;

use regorus::unstable::{ArithOp, Expr, Literal, LiteralStmt};

use super::bodies::Scanner;
use super::edit::{Edit, applied};
use super::growth;
use super::literals::has_point;
use super::made::{self, Made};
use super::membership;
use super::module::{Module, whole};
use super::walk::{Part, walk};

/// What the signs between numbers are called that look first, and reckon with fractions as OPA does.
pub(super) const PLUS: &str = "portcullis.plus";
pub(super) const MINUS: &str = "portcullis.minus";
pub(super) const TIMES: &str = "portcullis.times";
pub(super) const OVER: &str = "portcullis.over";
/// Signs of one sum that are written as calls, which the engine takes only so many of inside each other; the others it reckons itself.
const MOST_TERMS: usize = 12;
/// What looks at a value that may be much larger than what it is made of.
pub(super) const HELD: &str = "portcullis.held";
/// What gives nothing to go through where there is a text or a number.
pub(super) const ITEMS: &str = "portcullis.items";
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
        let memberships = membership::places(module).into_iter();
        // A blank, for `contains` may stand right before.
        let name = format!(" {MADE}");
        let mut calls: Vec<Call> =
            elements.map(|Made { range, bytes }| Call::new(range, &name, format!(", {bytes})"))).collect();
        calls.extend(memberships.map(|membership::Place { range, word, name }| {
            let within = Some(Edit { range: word, text: ",".to_owned() });
            Call { within, ..Call::new(range, name, ")") }
        }));
        for rule in module.rules() {
            let mut depths: BTreeMap<*const Expr, usize> = BTreeMap::new();
            walk(rule.syntax(), &mut |part| {
                if let Part::Statement(LiteralStmt { literal: Literal::SomeIn { collection, .. }, .. }) = part
                    && matches!(&**collection, Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. })
                {
                    calls.push(Call::new(whole(&module.text, collection.span()), ITEMS, ")"));
                }
                if let Part::Expr(expr @ Expr::ArithExpr { op, lhs, rhs, span, .. }) = part {
                    let depth = depths.get(&(&raw const *expr)).copied().unwrap_or(0);
                    depths.extend([lhs, rhs].map(|side| (&raw const **side, depth + 1)));
                    let is_whole = *op != ArithOp::Div && is_whole(lhs) && is_whole(rhs);
                    if !is_whole && (depth < MOST_TERMS || *op == ArithOp::Mul) {
                        calls.extend(reckoned(module, op, lhs, whole(&module.text, span)));
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

/// What is never anything but a whole number: what stands in the text as one, and what counts.
fn is_whole(expr: &Expr) -> bool {
    match expr {
        Expr::Number { value, .. } => !has_point(value),
        Expr::Call { fcn, .. } => matches!(&**fcn, Expr::Var { span, .. } if span.text() == "count"),
        _ => false,
    }
}

/// What is reckoned as a call: its sign becomes a comma.
fn reckoned(module: &Module, op: &ArithOp, left: &Expr, range: Range<usize>) -> Option<Call> {
    let (sign, name) = match op {
        ArithOp::Add => ('+', PLUS),
        ArithOp::Sub => ('-', MINUS),
        ArithOp::Mul => ('*', TIMES),
        ArithOp::Div => ('/', OVER),
        ArithOp::Mod => return None,
    };
    let from = whole(&module.text, left.span()).end;
    let (at, _) = Scanner { text: &module.text, at: from }.find(|(_, character)| *character == sign)?;
    let within = Some(Edit { range: at..at + 1, text: ",".to_owned() });
    range.contains(&at).then(|| Call { within, ..Call::new(range, name, ")") })
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
