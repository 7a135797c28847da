//! Terraform in its JSON syntax, in the shape of the same written as HCL: blocks by their labels, each in an array.
//!
//! Which members are blocks is known of Terraform's own; what a provider calls a block is as it is written.

use model::{Key, Node, NodeValue};

/// What a body holds beside plain attributes.
struct Body {
    /// Blocks: their type, how many labels they have, and what is in them.
    blocks: &'static [(&'static str, usize, &'static Body)],
    /// Attributes whose texts are references or types, and no templates: `"string"` is `string`.
    expressions: &'static [&'static str],
    /// Attributes whose texts are no templates.
    literals: &'static [&'static str],
}

const NOTHING: Body = Body { blocks: &[], expressions: &[], literals: &[] };
static PLAIN: Body = NOTHING;
static CONDITION: Body = Body { expressions: &["depends_on"], ..NOTHING };
static LIFECYCLE: Body = Body {
    blocks: &[("precondition", 0, &CONDITION), ("postcondition", 0, &CONDITION)],
    expressions: &["ignore_changes", "replace_triggered_by"],
    literals: &[],
};
static DYNAMIC: Body = Body { blocks: &[("content", 0, &PLAIN)], ..NOTHING };
static PROVISIONER: Body =
    Body { blocks: &[("connection", 0, &PLAIN)], expressions: &["when", "on_failure"], literals: &[] };
static RESOURCE: Body = Body {
    blocks: &[
        ("lifecycle", 0, &LIFECYCLE),
        ("provisioner", 1, &PROVISIONER),
        ("connection", 0, &PLAIN),
        ("dynamic", 1, &DYNAMIC),
    ],
    expressions: &["depends_on", "provider"],
    literals: &[],
};
static MODULE: Body = Body { expressions: &["depends_on", "providers"], literals: &["source", "version"], ..NOTHING };
static PROVIDERS: Body = Body { expressions: &["configuration_aliases"], ..NOTHING };
static CLOUD: Body = Body { blocks: &[("workspaces", 0, &PLAIN)], ..NOTHING };
static TERRAFORM: Body = Body {
    blocks: &[
        ("backend", 1, &PLAIN),
        ("cloud", 0, &CLOUD),
        ("required_providers", 0, &PROVIDERS),
        ("provider_meta", 1, &PLAIN),
    ],
    ..NOTHING
};
static VARIABLE: Body =
    Body { blocks: &[("validation", 0, &PLAIN)], expressions: &["type"], literals: &["default", "description"] };
static OUTPUT: Body =
    Body { blocks: &[("precondition", 0, &CONDITION)], expressions: &["depends_on"], literals: &["description"] };
static CHECK: Body = Body { blocks: &[("data", 2, &RESOURCE), ("assert", 0, &PLAIN)], ..NOTHING };
static MOVED: Body = Body { expressions: &["from", "to", "provider"], blocks: &[("lifecycle", 0, &PLAIN)], ..NOTHING };
static FILE: Body = Body {
    blocks: &[
        ("terraform", 0, &TERRAFORM),
        ("resource", 2, &RESOURCE),
        ("data", 2, &RESOURCE),
        ("ephemeral", 2, &RESOURCE),
        ("provider", 1, &PLAIN),
        ("variable", 1, &VARIABLE),
        ("output", 1, &OUTPUT),
        ("module", 1, &MODULE),
        ("check", 1, &CHECK),
        ("locals", 0, &PLAIN),
        ("moved", 0, &MOVED),
        ("import", 0, &MOVED),
        ("removed", 0, &MOVED),
    ],
    ..NOTHING
};

/// The shape of a file.
pub(super) fn shape(root: Node) -> Node {
    body(root, &FILE)
}

/// A body, or the pieces of one in an array.
fn body(node: Node, known: &'static Body) -> Node {
    let span = node.span;
    match node.value {
        NodeValue::Object(members) => {
            // `//` is where comments are.
            let members = members.into_iter().filter(|(key, _)| key.name != "//");
            let members = members.map(|(key, value)| {
                let value = member(&key.name, value, known);
                (key, value)
            });
            Node { value: NodeValue::Object(members.collect()), span }
        }
        NodeValue::Array(pieces) if pieces.iter().all(Node::is_object) && !pieces.is_empty() => {
            let joined = grouped(pieces).into_iter().map(|(key, mut values)| {
                let is_block = known.blocks.iter().any(|(name, ..)| *name == key.name);
                let value = if is_block { list(values) } else { values.remove(0) };
                (key, value)
            });
            body(Node { value: NodeValue::Object(joined.collect()), span }, known)
        }
        value => Node { value, span },
    }
}

fn member(name: &str, value: Node, known: &'static Body) -> Node {
    if let Some((_, labels, inner)) = known.blocks.iter().find(|(block, ..)| *block == name) {
        return block(value, *labels, inner);
    }
    if known.expressions.contains(&name) {
        return texts(value, &|text| if text.starts_with("${") { text } else { format!("${{{text}}}") });
    }
    if known.literals.contains(&name) {
        return texts(value, &|text| crate::hcl::escaped(&text));
    }
    // Members of `required_providers` are objects of their own, with attributes that are references.
    match value.value {
        NodeValue::Object(_) if known.expressions.contains(&"configuration_aliases") => body(value, known),
        _ => value,
    }
}

/// Blocks of one type: objects by label, below the last label a body or an array of them. What is something else Terraform refuses; it
/// stays as it is.
fn block(node: Node, labels: usize, inner: &'static Body) -> Node {
    let span = node.span;
    let all = match node.value {
        NodeValue::Array(items) if items.iter().all(Node::is_object) => items,
        NodeValue::Object(_) => vec![node],
        value => return Node { value, span },
    };
    if labels == 0 {
        let bodies = all.into_iter().map(|item| body(item, inner)).collect();
        return Node { value: NodeValue::Array(bodies), span };
    }
    let members = grouped(all).into_iter().filter(|(key, _)| key.name != "//").map(|(key, values)| {
        let below = list(values);
        (key, block(below, labels - 1, inner))
    });
    Node { value: NodeValue::Object(members.collect()), span }
}

/// Values, and what lists among them hold, as one list.
fn list(values: Vec<Node>) -> Node {
    let span = values.iter().map(|value| value.span).reduce(model::Span::join).unwrap_or_default();
    let flat = values.into_iter().flat_map(|node| match node.value {
        NodeValue::Array(items) => items,
        value => vec![Node { value, span: node.span }],
    });
    Node { value: NodeValue::Array(flat.collect()), span }
}

/// The members of several objects, by name, in the order they come first.
fn grouped(objects: Vec<Node>) -> Vec<(Key, Vec<Node>)> {
    let mut places = std::collections::HashMap::new();
    let mut groups: Vec<(Key, Vec<Node>)> = Vec::new();
    for object in objects {
        let NodeValue::Object(members) = object.value else { continue };
        for (key, value) in members {
            let place = *places.entry(key.name.clone()).or_insert(groups.len());
            match groups.get_mut(place) {
                Some((_, values)) => values.push(value),
                None => groups.push((key, vec![value])),
            }
        }
    }
    groups
}

/// A value with every text in it, but names, made another.
fn texts(node: Node, make: &dyn Fn(String) -> String) -> Node {
    let value = match node.value {
        NodeValue::String(text) => NodeValue::String(make(text)),
        NodeValue::Array(items) => NodeValue::Array(items.into_iter().map(|item| texts(item, make)).collect()),
        NodeValue::Object(members) => {
            NodeValue::Object(members.into_iter().map(|(key, value)| (key, texts(value, make))).collect())
        }
        value => value,
    };
    Node { value, ..node }
}
