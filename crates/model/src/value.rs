//! Values with the place of every key and value: what documents are made of, whatever their format.

use std::fmt;

use crate::Span;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: NodeValue,
    /// Where it stands; of an object or array, the whole of it.
    pub span: Span,
}

/// A value as JSON knows it; every format is read into this.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeValue {
    /// `null`, `~`, nothing.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number, kept exactly.
    Number(serde_json::Number),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// Members in the order of the file; keys are unique.
    Object(Vec<(Key, Node)>),
}

/// The key of an object's member and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// The way from a root to a node.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodePath(pub Vec<Segment>);

/// One step of a way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// A member of an object.
    Key(String),
    /// An element of an array.
    Index(usize),
}

impl Node {
    /// The member of an object.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.member(name).map(|(_, node)| node)
    }

    /// The member of an object with its key.
    pub fn member(&self, name: &str) -> Option<(&Key, &Node)> {
        match &self.value {
            NodeValue::Object(members) => {
                members.iter().find(|(key, _)| key.name == name).map(|(key, node)| (key, node))
            }
            _ => None,
        }
    }

    /// The node at the end of a way.
    pub fn at(&self, path: &NodePath) -> Option<&Node> {
        path.0.iter().try_fold(self, |node, segment| match (segment, &node.value) {
            (Segment::Key(name), _) => node.get(name),
            (Segment::Index(index), NodeValue::Array(items)) => items.get(*index),
            _ => None,
        })
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            NodeValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            NodeValue::Array(items) => Some(items),
            _ => None,
        }
    }

    /// True for an object.
    pub fn is_object(&self) -> bool {
        matches!(self.value, NodeValue::Object(_))
    }

    /// The value without places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            NodeValue::Null => serde_json::Value::Null,
            NodeValue::Bool(value) => (*value).into(),
            NodeValue::Number(number) => serde_json::Value::Number(number.clone()),
            NodeValue::String(text) => text.clone().into(),
            NodeValue::Array(items) => items.iter().map(Node::to_json).collect(),
            NodeValue::Object(members) => {
                members.iter().map(|(key, node)| (key.name.clone(), node.to_json())).collect()
            }
        }
    }
}

impl NodePath {
    /// The same way, one step further.
    pub fn child(&self, segment: Segment) -> NodePath {
        let mut path = self.clone();
        path.0.push(segment);
        path
    }
}

impl fmt::Display for NodePath {
    /// `spec.containers[0].image`, with keys that are not plain words in brackets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(name) if is_plain(name) => write!(f, "{}{name}", if at == 0 { "" } else { "." })?,
                Segment::Key(name) => write!(f, "[{name:?}]")?,
            }
        }
        Ok(())
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | '-'))
}
