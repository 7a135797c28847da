//! Expressions as Conftest gives them: literals, lists and objects are values, all else is its text in `${…}`.

use std::ops::Range;

use hcl_edit::Span;
use hcl_edit::expr::{Expression, ObjectKey, UnaryOperator};
use model::{Node, NodeValue};

use super::{place, placed, template};
use crate::fault::Fault;
use crate::members::Members;
use crate::source::Source;
use crate::tree::Tree;

/// An expression as a value.
pub(super) fn value(
    tree: &mut Tree<'_>,
    expression: &Expression,
    around: &Range<usize>,
    depth: usize,
) -> Result<Node, Fault> {
    let range = place(tree.source, expression, around);
    let value = match expression {
        Expression::Null(_) => NodeValue::Null,
        Expression::Bool(value) => NodeValue::Bool(*value.value()),
        Expression::Number(_) => number(text(tree.source, expression)),
        Expression::String(text) => NodeValue::String(template::escaped(text)),
        Expression::Array(items) => {
            tree.check_depth(depth, range.start)?;
            let nodes = items.iter().map(|item| value(tree, item, &range, depth + 1)).collect::<Result<Vec<_>, _>>()?;
            NodeValue::Array(nodes)
        }
        Expression::Object(object) => {
            tree.check_depth(depth, range.start)?;
            let mut members = Members::default();
            for (key, item) in object {
                let node = value(tree, item.expr(), &range, depth + 1)?;
                let key = tree.key(name(tree.source, key), place(tree.source, key, &range));
                tree.insert(&mut members, key, node);
            }
            NodeValue::Object(members.finish())
        }
        // A template of nothing but one expression is that expression.
        Expression::StringTemplate(inner) => match template::only(inner.iter()) {
            Some(inner) => return Ok(Node { span: tree.source.span(range), ..value(tree, inner, around, depth)? }),
            None => NodeValue::String(template::of_string(tree.source, inner)),
        },
        Expression::HeredocTemplate(inner) => NodeValue::String(template::of_document(tree.source, inner)),
        Expression::UnaryOp(operation) => match (operation.operator.value(), &operation.expr) {
            (UnaryOperator::Neg, Expression::Number(_)) => number(&format!("-{}", text(tree.source, &operation.expr))),
            (UnaryOperator::Not, Expression::Bool(value)) => NodeValue::Bool(!value.value()),
            _ => NodeValue::String(wrapped(tree.source, expression)),
        },
        other => NodeValue::String(wrapped(tree.source, other)),
    };
    tree.node(value, range)
}

/// The text of an expression in `${…}`.
pub(super) fn wrapped(source: &Source<'_>, expression: &Expression) -> String {
    format!("${{{}}}", text(source, expression))
}

/// The text of an expression.
pub(super) fn text<'a>(source: &Source<'a>, expression: &Expression) -> &'a str {
    let range = expression.span().map(|range| placed(source, range)).unwrap_or_default();
    source.text.get(range).unwrap_or_default().trim()
}

/// A number that fits; else its text.
pub(super) fn number(written: &str) -> NodeValue {
    let integer = written.parse::<i64>().map(serde_json::Number::from);
    let known = integer.or_else(|_| written.parse::<u64>().map(serde_json::Number::from)).ok();
    let is_integer = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let float = || written.parse::<f64>().ok().filter(|_| !is_integer).and_then(serde_json::Number::from_f64);
    known.or_else(float).map_or_else(|| NodeValue::String(written.to_owned()), NodeValue::Number)
}

/// The name of an object's member.
pub(super) fn name(source: &Source<'_>, key: &ObjectKey) -> String {
    match key {
        ObjectKey::Ident(name) => name.as_str().to_owned(),
        // A path as a name stands without `${}`.
        ObjectKey::Expression(path @ (Expression::Traversal(_) | Expression::Variable(_))) => {
            text(source, path).to_owned()
        }
        ObjectKey::Expression(expression) => template::piece(source, expression),
    }
}
