//! Policies asked of an image: what they find stands in the image, not in the document that rules see.

use model::{Document, Finding, LayerIndex, Location, Node, NodePath, NodeValue, Problem, Segment, TreePath};
use policy::Evaluation;

use super::Boundary;

/// Puts what policies said of an image's document into the image.
pub(crate) fn placed(mut evaluation: Evaluation, document: &Document, boundary: &Boundary) -> Evaluation {
    for finding in &mut evaluation.findings {
        put_in_image(finding, &document.root);
        let layer = finding.locations.first().and_then(|place| place.layer);
        finding.base = layer.and_then(|layer| boundary.is_base(layer));
    }
    // The document is no file that anybody could open.
    let problems = evaluation.problems.into_iter();
    evaluation.problems = problems.map(|problem| Problem { path: None, line: None, column: None, ..problem }).collect();
    evaluation
}

/// The innermost thing around the cause that has a place: a file with its layer, or a layer alone. A layer is no place that a
/// file could be in, so that one stands in the evidence. What has neither is the image's.
fn put_in_image(finding: &mut Finding, root: &Node) {
    finding.locations.clear();
    let Some(path) = finding.evidence.get("path").and_then(serde_json::Value::as_str) else { return };
    for node in along(root, path).into_iter().rev() {
        let layer = layer_of(node);
        let file = node.get("path").and_then(Node::as_str).and_then(|text| TreePath::try_from(text.to_owned()).ok());
        if let Some(file) = file {
            finding.locations = vec![Location { layer, ..Location::file(file) }];
            return;
        }
        if let Some(layer) = layer {
            finding.evidence.insert("layer".to_owned(), layer.0.into());
            return;
        }
    }
}

pub(super) fn layer_of(node: &Node) -> Option<LayerIndex> {
    match &node.get("layer")?.value {
        NodeValue::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()).map(LayerIndex),
        _ => None,
    }
}

/// The nodes on the way to one, by the way as evidence shows it: `caches[2].path`.
pub(crate) fn along<'n>(root: &'n Node, shown: &str) -> Vec<&'n Node> {
    let mut nodes = vec![root];
    let mut path = NodePath::default();
    while let Some((next, node)) = nodes.last().and_then(|node| step(node, &path, shown)) {
        path = next;
        nodes.push(node);
    }
    nodes
}

fn step<'n>(node: &'n Node, path: &NodePath, shown: &str) -> Option<(NodePath, &'n Node)> {
    let is_on_way = |path: &NodePath| {
        let text = path.to_string();
        shown.strip_prefix(&text).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let next = |segment: Segment, node: &'n Node| (path.child(segment), node);
    match &node.value {
        NodeValue::Array(items) => {
            let items = items.iter().enumerate().map(|(index, item)| next(Segment::Index(index), item));
            items.into_iter().find(|(path, _)| is_on_way(path))
        }
        NodeValue::Object(members) => {
            let members = members.iter().map(|(key, value)| next(Segment::Key(key.name.clone()), value));
            members.into_iter().find(|(path, _)| is_on_way(path))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use model::{FindingClass, Format, Origin, Severity};

    use super::*;

    fn check(path: &str, expected: (Option<(&str, u32)>, Option<u32>)) {
        let text = br#"{"os": {"id": "debian", "path": "/etc/os-release", "layer": 2, "end_of_life": {"state": "ended"}},
            "config": {"user": "", "labels": {"a.b": "c"}},
            "history": [{"layer": null}, {"layer": 1, "variables": [{"name": "A"}]}], "caches": [{"path": "/a\\xff", "layer": 0}]}"#;
        let origin = Origin::file(TreePath::new("image.json").expect("a path"));
        let (documents, problems) = document::parse(Format::Json, &origin, text, &document::Limits::default());
        assert!(problems.is_empty(), "{problems:?}");
        let rule = "image/a".parse().expect("a rule");
        let mut finding = Finding::new(rule, FindingClass::Image, Severity::Low, "A message.");
        finding.evidence.insert("path".to_owned(), path.into());
        put_in_image(&mut finding, &documents[0].root);
        let place =
            finding.locations.first().map(|place| (place.path.to_string(), place.layer.map_or(99, |layer| layer.0)));
        let layer = finding.evidence.get("layer").and_then(serde_json::Value::as_u64);
        assert_eq!(
            (place, layer),
            (expected.0.map(|(path, layer)| (path.to_owned(), layer)), expected.1.map(u64::from)),
            "{path}"
        );
    }

    #[test]
    fn causes_stand_in_the_image() {
        check("os.end_of_life.state", (Some(("/etc/os-release", 2)), None));
        check("caches[0]", (Some(("/a\\xff", 0)), None));
        check("history[1].variables[0].name", (None, Some(1)));
        check("history[0]", (None, None));
        check("config.user", (None, None));
        check("config.labels[\"a.b\"]", (None, None));
        check("nowhere", (None, None));
    }
}
