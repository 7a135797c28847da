//! What a comprehension or the rule of a set or an object makes for each solution, and where it stands: the engine looks at the clock between its steps, and
//! lists that grow through several others take all memory before the time is spent. So each element is put into a call that counts it.

use std::ops::Range;

use regorus::unstable::{Expr, Rule, RuleHead, Span};

use super::bodies::Scanner;
use super::module::{Module, whole};
use super::walk::{Part, walk, walk_expr};

/// About what an element of a list or set takes: lists of four numbers were measured at 143 bytes each, and are taken for 160.
const ELEMENT: usize = 32;

/// Where an element is made, and about how many bytes it takes each time.
pub(super) struct Made {
    pub(super) range: Range<usize>,
    pub(super) bytes: usize,
}

/// Every place of a module where elements are made. What is a word or a number in the text makes one element of a set, however often.
pub(super) fn places(module: &Module) -> Vec<Made> {
    let mut places = Vec::new();
    for rule in module.rules() {
        if let Rule::Spec { head, .. } = rule.syntax() {
            places.extend(of_head(module, head));
        }
        walk(rule.syntax(), &mut |part| {
            let (span, value, is_object) = match part {
                Part::Expr(Expr::ArrayCompr { span, term, .. } | Expr::SetCompr { span, term, .. }) => {
                    (span, term, false)
                }
                Part::Expr(Expr::ObjectCompr { span, value, .. }) => (span, value, true),
                _ => return,
            };
            let start = whole(&module.text, span).start;
            places.extend(term(&module.text, start, is_object).map(|range| Made { range, bytes: bytes(value) }));
        });
    }
    places
}

/// From behind the bracket of a comprehension, or the `:` of one that makes an object, to its `|`. The engine's own place of an object leaves
/// out its first members.
fn term(text: &str, start: usize, is_object: bool) -> Option<Range<usize>> {
    let mut depth = 0_u32;
    let mut from = None;
    for (at, character) in (Scanner { text, at: start }) {
        match character {
            '[' | '{' | '(' => {
                depth += 1;
                if depth == 1 && !is_object {
                    from = Some(at + 1);
                }
            }
            ']' | '}' | ')' => depth = depth.checked_sub(1).filter(|depth| *depth > 0)?,
            ':' if depth == 1 && from.is_none() => from = Some(at + 1),
            '|' if depth == 1 => return from.map(|from| from..at),
            _ => {}
        }
    }
    None
}

/// The value of `p[key] := value`; what stands in the text alone is no member but one.
fn of_member(module: &Module, span: &Span, refr: &Expr, value: &Expr) -> Option<Made> {
    matches!(refr, Expr::RefBrack { .. }).then_some(())?;
    let text = &module.text[..];
    let (sign, _) = Scanner { text, at: whole(text, refr.span()).end }.find(|(_, character)| *character == '=')?;
    let written = text.get(sign + 1..whole(text, span).end)?;
    let start = sign + 1 + (written.len() - written.trim_start().len());
    let length = written.trim().len();
    (length > 0).then(|| Made { range: start..start + length, bytes: bytes(value) })
}

/// The element of a set's rule, or the member of an object's.
fn of_head(module: &Module, head: &RuleHead) -> Option<Made> {
    if let RuleHead::Compr { span, refr, assign: Some(assign) } = head {
        return of_member(module, span, refr, &assign.value);
    }
    let RuleHead::Set { span, refr, key: Some(key) } = head else { return None };
    if matches!(
        **key,
        Expr::String { .. } | Expr::RawString { .. } | Expr::Number { .. } | Expr::Bool { .. } | Expr::Null { .. }
    ) {
        return None;
    }
    let text = &module.text[..];
    let name = whole(text, refr.span()).end;
    let (at, first) = Scanner { text, at: name }.find(|(_, character)| !character.is_whitespace())?;
    let around = if first == '[' {
        at + 1..closing(text, at)?
    } else {
        let start = at + text.get(at..)?.strip_prefix("contains").map(|_| "contains".len())?;
        start..whole(text, span).end
    };
    let written = text.get(around.clone())?;
    let start = around.start + (written.len() - written.trim_start().len());
    Some(Made { range: start..start + written.trim().len(), bytes: bytes(key) })
}

/// The bracket that closes the one at a place.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, character) in (Scanner { text, at: open }) {
        match character {
            '[' | '{' | '(' => depth += 1,
            ']' | '}' | ')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The element, and what is written in it; what it refers to is there already.
fn bytes(value: &Expr) -> usize {
    let mut elements = 1;
    walk_expr(value, &mut |part| {
        elements += match part {
            Part::Expr(Expr::Array { items, .. } | Expr::Set { items, .. }) => items.len(),
            Part::Expr(Expr::Object { fields, .. }) => 2 * fields.len(),
            _ => 0,
        };
    });
    elements * ELEMENT
}
