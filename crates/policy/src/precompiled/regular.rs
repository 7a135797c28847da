//! Documents that the machine can be trusted with.

use model::{Node, NodeValue};

/// False for a document with a list whose items are of several types. A rule that walks along such a list and looks into each item
/// gets on in the interpreter, as in OPA, when it meets one that it cannot look into; the machine gives up the list there, and what
/// follows would pass unseen.
pub(super) fn is_regular(node: &Node) -> bool {
    match &node.value {
        NodeValue::Array(items) => {
            let is_same =
                |pair: &[Node]| std::mem::discriminant(&pair[0].value) == std::mem::discriminant(&pair[1].value);
            items.windows(2).all(is_same) && items.iter().all(is_regular)
        }
        NodeValue::Object(members) => members.iter().all(|(_, value)| is_regular(value)),
        NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) | NodeValue::String(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use model::{Format, Origin, TreePath};

    use super::*;

    fn check(text: &str, expected: bool) {
        let origin = Origin::file(TreePath::new("a.json").expect("a path"));
        let (documents, problems) =
            document::parse(Format::Json, &origin, text.as_bytes(), &document::Limits::default());
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(is_regular(&documents[0].root), expected, "{text}");
    }

    #[test]
    fn lists_of_one_type() {
        check(r#"{"a": [{"b": 1}, {"c": [1, 2]}], "d": null}"#, true);
        check(r#"{"a": [{"b": 1}, null]}"#, false);
        check(r#"{"a": [{"b": ["x", 1]}]}"#, false);
    }
}
