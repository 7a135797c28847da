//! Facts about a container image, as `policy input` writes them: examples of rules, and what somebody kept.

use model::Node;

/// What names the shape; a version follows.
const SCHEMA: &str = "portcullis.image/";

/// Says what it is.
pub(super) fn is_facts(root: &Node) -> bool {
    root.get("schema").and_then(Node::as_str).is_some_and(|schema| schema.starts_with(SCHEMA))
}

/// False when the text cannot name the shape.
pub(super) fn may_be_facts(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, SCHEMA.as_bytes()).is_some()
        || memchr::memchr2(b'\\', 0, bytes).is_some()
        || std::str::from_utf8(bytes).is_err()
}
