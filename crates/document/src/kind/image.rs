//! Facts about a container image, as `policy input` writes them: examples of rules, and what somebody kept.

use model::Node;

use super::Look;

/// What names the shape; a version follows.
const SCHEMA: &str = "portcullis.image/";

/// Says what it is.
pub(super) fn is_facts(root: &Node) -> bool {
    root.get("schema").and_then(Node::as_str).is_some_and(|schema| schema.starts_with(SCHEMA))
}

/// False when the text cannot name the shape.
pub(super) fn may_be_facts(look: &Look<'_>) -> bool {
    look.may_have_words(&[SCHEMA])
}
