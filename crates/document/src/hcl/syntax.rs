//! The syntax tree as a document: nothing is lost but blanks, comments and parentheses.
//!
//! A body is `{attributes, blocks}`: attributes by name, blocks as `{type, labels, attributes, blocks}` in the order of the file. An
//! expression is `{kind, …}`: `literal` has `value`; `list` has `items`; `object` has `items` of `{key, value}`; `template` has `parts`,
//! which are expressions, or of kind `if` and `for`; `reference` has `path` (`["var", "name"]`, with numbers and `"*"` for
//! splats, and expressions where an index is one); `access` has `of` and such a `path`; `call` has `name`, `arguments` and `expands`;
//! `operation` has `operator` and `operands`; `conditional` has `condition`, `then` and `else`; `for` has `names`, `in`, `key`,
//! `value`, `groups` and `condition`.

use std::ops::Range;

use hcl_edit::expr::{Expression, ForExpr, FuncCall, ObjectKey, Traversal, TraversalOperator};
use hcl_edit::structure::{Body, Structure};
use hcl_edit::template::{Directive, Element};
use model::{Key, Node, NodeValue};

use super::{expression, place};
use crate::fault::Fault;
use crate::members::Members;
use crate::tree::Tree;

/// A body; `first` are members before its attributes and blocks.
pub(super) fn body(
    tree: &mut Tree<'_>,
    body: &Body,
    first: Vec<(Key, Node)>,
    range: Range<usize>,
    depth: usize,
) -> Result<Node, Fault> {
    tree.check_depth(depth, range.start)?;
    let mut attributes = Members::default();
    let mut blocks = Vec::new();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                let key = tree.key(attribute.key.as_str(), place(tree.source, &attribute.key, &range));
                let node = Writer { tree, around: range.clone(), depth: depth + 2 }.expression(&attribute.value)?;
                attributes.add(key, node);
            }
            Structure::Block(block) => {
                let range = place(tree.source, block, &range);
                let ident = place(tree.source, &block.ident, &range);
                let name = tree.string(block.ident.as_str(), ident)?;
                let mut labels = Vec::new();
                for label in &block.labels {
                    labels.push(tree.string(label.as_str(), place(tree.source, label, &range))?);
                }
                let labels = tree.node(NodeValue::Array(labels), range.clone())?;
                let first = [("type", name), ("labels", labels)];
                let first = first.map(|(name, node)| (Key { name: name.to_owned(), span: node.span }, node));
                blocks.push(self::body(tree, &block.body, first.into(), range, depth + 2)?);
            }
        }
    }
    let mut members = Members::default();
    first.into_iter().for_each(|(key, node)| members.add(key, node));
    let attributes = tree.object(attributes, range.clone())?;
    members.add(tree.key("attributes", range.clone()), attributes);
    let blocks = tree.node(NodeValue::Array(blocks), range.clone())?;
    members.add(tree.key("blocks", range.clone()), blocks);
    tree.object(members, range)
}

/// Writes one expression.
struct Writer<'w, 'a> {
    tree: &'w mut Tree<'a>,
    /// Where it stands, for what has no place of its own.
    around: Range<usize>,
    depth: usize,
}

type Part = (&'static str, Node);

impl<'a> Writer<'_, 'a> {
    fn expression(&mut self, inner: &Expression) -> Result<Node, Fault> {
        let around = place(self.tree.source, inner, &self.around);
        self.tree.check_depth(self.depth, around.start)?;
        let mut writer = Writer { tree: self.tree, around, depth: self.depth + 2 };
        match inner {
            Expression::Null(_) => writer.literal(NodeValue::Null),
            Expression::Bool(value) => writer.literal(NodeValue::Bool(*value.value())),
            Expression::Number(_) => writer.literal(expression::number(expression::text(writer.tree.source, inner))),
            Expression::String(text) => writer.literal(NodeValue::String(text.to_string())),
            Expression::Array(items) => {
                let items = writer.list(items.iter())?;
                writer.object("list", vec![("items", items)])
            }
            Expression::Object(object) => {
                let mut items = Vec::new();
                for (key, value) in object {
                    let key = match key {
                        ObjectKey::Ident(name) => writer.literal(NodeValue::String(name.as_str().to_owned()))?,
                        ObjectKey::Expression(key) => writer.expression(key)?,
                    };
                    let value = writer.expression(value.expr())?;
                    items.push(writer.members(vec![("key", key), ("value", value)])?);
                }
                let items = writer.array(items)?;
                writer.object("object", vec![("items", items)])
            }
            Expression::StringTemplate(template) => writer.template(template.iter()),
            Expression::HeredocTemplate(template) => writer.template(template.template.iter()),
            Expression::Parenthesis(inner) => writer.expression(inner.inner()),
            Expression::Variable(name) => {
                let name = writer.text(name.as_str())?;
                let path = writer.array(vec![name])?;
                writer.object("reference", vec![("path", path)])
            }
            Expression::Conditional(inner) => {
                let condition = writer.expression(&inner.cond_expr)?;
                let (yes, no) = (writer.expression(&inner.true_expr)?, writer.expression(&inner.false_expr)?);
                writer.object("conditional", vec![("condition", condition), ("then", yes), ("else", no)])
            }
            Expression::FuncCall(call) => writer.call(call),
            Expression::Traversal(traversal) => writer.traversal(traversal),
            Expression::UnaryOp(operation) => {
                let operand = writer.expression(&operation.expr)?;
                writer.operation(operation.operator.value().as_str(), vec![operand])
            }
            Expression::BinaryOp(operation) => {
                let operands = vec![writer.expression(&operation.lhs_expr)?, writer.expression(&operation.rhs_expr)?];
                writer.operation(operation.operator.value().as_str(), operands)
            }
            Expression::ForExpr(inner) => writer.for_expression(inner),
        }
    }

    fn template<'t>(&mut self, elements: impl Iterator<Item = &'t Element>) -> Result<Node, Fault> {
        let mut parts = Vec::new();
        for element in elements {
            let around = place(self.tree.source, element, &self.around);
            let mut writer = Writer { tree: self.tree, around, depth: self.depth };
            parts.push(match element {
                Element::Literal(text) => writer.literal(NodeValue::String(text.to_string()))?,
                Element::Interpolation(inner) => writer.expression(&inner.expr)?,
                Element::Directive(directive) => writer.directive(directive)?,
            });
        }
        let parts = self.array(parts)?;
        self.object("template", vec![("parts", parts)])
    }

    fn directive(&mut self, directive: &Directive) -> Result<Node, Fault> {
        self.tree.check_depth(self.depth, self.around.start)?;
        let mut writer = Writer { tree: self.tree, around: self.around.clone(), depth: self.depth + 2 };
        match directive {
            Directive::If(inner) => {
                let condition = writer.expression(&inner.if_expr.cond_expr)?;
                let mut parts =
                    vec![("condition", condition), ("then", writer.template(inner.if_expr.template.iter())?)];
                if let Some(otherwise) = &inner.else_expr {
                    parts.push(("else", writer.template(otherwise.template.iter())?));
                }
                writer.object("if", parts)
            }
            Directive::For(inner) => {
                let inner = &inner.for_expr;
                let key = inner.key_var.as_ref().map(|name| name.as_str());
                let names = writer.names(key, inner.value_var.as_str())?;
                let collection = writer.expression(&inner.collection_expr)?;
                let value = writer.template(inner.template.iter())?;
                writer.object("for", vec![("names", names), ("in", collection), ("value", value)])
            }
        }
    }

    fn call(&mut self, call: &FuncCall) -> Result<Node, Fault> {
        let name: Vec<&str> = call.name.namespace.iter().chain([&call.name.name]).map(|part| part.as_str()).collect();
        let name = self.text(&name.join("::"))?;
        let arguments = self.list(call.args.iter())?;
        let expands = self.node(NodeValue::Bool(call.args.expand_final()))?;
        self.object("call", vec![("name", name), ("arguments", arguments), ("expands", expands)])
    }

    fn traversal(&mut self, traversal: &Traversal) -> Result<Node, Fault> {
        let mut path = Vec::new();
        if let Expression::Variable(name) = &traversal.expr {
            path.push(self.text(name.as_str())?);
        }
        for operator in &traversal.operators {
            path.push(match operator.value() {
                TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => self.text("*")?,
                TraversalOperator::GetAttr(name) => self.text(name.as_str())?,
                TraversalOperator::LegacyIndex(index) => self.node(NodeValue::Number((*index.value()).into()))?,
                TraversalOperator::Index(Expression::String(name)) => self.text(name)?,
                TraversalOperator::Index(number @ Expression::Number(_)) => {
                    self.node(expression::number(expression::text(self.tree.source, number)))?
                }
                TraversalOperator::Index(index) => self.expression(index)?,
            });
        }
        let path = self.array(path)?;
        if matches!(traversal.expr, Expression::Variable(_)) {
            return self.object("reference", vec![("path", path)]);
        }
        let of = self.expression(&traversal.expr)?;
        self.object("access", vec![("of", of), ("path", path)])
    }

    fn for_expression(&mut self, inner: &ForExpr) -> Result<Node, Fault> {
        let key = inner.intro.key_var.as_ref().map(|name| name.as_str());
        let names = self.names(key, inner.intro.value_var.as_str())?;
        let mut parts = vec![("names", names), ("in", self.expression(&inner.intro.collection_expr)?)];
        if let Some(key) = &inner.key_expr {
            parts.push(("key", self.expression(key)?));
        }
        parts.push(("value", self.expression(&inner.value_expr)?));
        parts.push(("groups", self.node(NodeValue::Bool(inner.grouping))?));
        if let Some(condition) = &inner.cond {
            parts.push(("condition", self.expression(&condition.expr)?));
        }
        self.object("for", parts)
    }

    fn names(&mut self, key: Option<&str>, value: &str) -> Result<Node, Fault> {
        let names = key.into_iter().chain([value]).map(|name| self.text(name)).collect::<Result<Vec<_>, _>>()?;
        self.array(names)
    }

    fn operation(&mut self, operator: &str, operands: Vec<Node>) -> Result<Node, Fault> {
        let operator = self.text(operator)?;
        let operands = self.array(operands)?;
        self.object("operation", vec![("operator", operator), ("operands", operands)])
    }

    fn list<'e>(&mut self, items: impl Iterator<Item = &'e Expression>) -> Result<Node, Fault> {
        let nodes = items.map(|item| self.expression(item)).collect::<Result<Vec<_>, _>>()?;
        self.array(nodes)
    }

    fn literal(&mut self, value: NodeValue) -> Result<Node, Fault> {
        let value = self.node(value)?;
        self.object("literal", vec![("value", value)])
    }

    fn object(&mut self, kind: &str, parts: Vec<Part>) -> Result<Node, Fault> {
        let kind = self.text(kind)?;
        self.members([vec![("kind", kind)], parts].concat())
    }

    fn members(&mut self, parts: Vec<Part>) -> Result<Node, Fault> {
        let member = |(name, node): Part| (Key { name: name.to_owned(), span: node.span }, node);
        self.node(NodeValue::Object(parts.into_iter().map(member).collect()))
    }

    fn array(&mut self, nodes: Vec<Node>) -> Result<Node, Fault> {
        self.node(NodeValue::Array(nodes))
    }

    fn text(&mut self, text: &str) -> Result<Node, Fault> {
        self.node(NodeValue::String(text.to_owned()))
    }

    fn node(&mut self, value: NodeValue) -> Result<Node, Fault> {
        self.tree.node(value, self.around.clone())
    }
}
