//! What every object says of itself.

use model::Node;

const TEMPLATES: &str = "templates.gatekeeper.sh";
const CONSTRAINTS: &str = "constraints.gatekeeper.sh";
const TESTS: &str = "test.gatekeeper.sh";

/// A ConstraintTemplate of any version.
pub(super) fn is_template(root: &Node) -> bool {
    group(root) == TEMPLATES && kind(root) == "ConstraintTemplate"
}

/// An object of a kind that a template made.
pub(super) fn is_constraint(root: &Node) -> bool {
    group(root) == CONSTRAINTS
}

/// A file of tests.
pub(super) fn is_suite(root: &Node) -> bool {
    group(root) == TESTS && kind(root) == "Suite"
}

/// `Pod`.
pub(super) fn kind(root: &Node) -> &str {
    text(root, "kind")
}

/// The group of `apps/v1`; of `v1` nothing.
pub(super) fn group(root: &Node) -> &str {
    text(root, "apiVersion").rsplit_once('/').map_or("", |(group, _)| group)
}

/// The version of `apps/v1`.
pub(super) fn version(root: &Node) -> &str {
    let whole = text(root, "apiVersion");
    whole.rsplit_once('/').map_or(whole, |(_, version)| version)
}

/// `metadata.name` and its like.
pub(super) fn metadata<'n>(root: &'n Node, name: &str) -> &'n str {
    root.get("metadata").map_or("", |metadata| text(metadata, name))
}

/// True for an object that is a namespace itself.
pub(super) fn is_namespace(root: &Node) -> bool {
    kind(root) == "Namespace" && group(root).is_empty()
}

/// What stands below some names.
pub(super) fn below<'n>(root: &'n Node, path: &[&str]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, name| node.get(name))
}

/// The texts of a list; `None` if it holds something else.
pub(super) fn texts(node: Option<&Node>) -> Option<Vec<String>> {
    let items = match node {
        None => return Some(Vec::new()),
        Some(node) if matches!(node.value, model::NodeValue::Null) => return Some(Vec::new()),
        Some(node) => node.as_array()?,
    };
    items.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

fn text<'n>(root: &'n Node, name: &str) -> &'n str {
    root.get(name).and_then(Node::as_str).unwrap_or_default()
}
