//! Rego policies: the guards before the engine, the engine's parser and compiler, and one evaluation.

use std::time::Duration;

use model::{Cancel, Document, DocumentKind, Format, Node, NodeValue, Origin, Span, TreePath};
use policy::{Namespaces, Options, PolicyFile, Trust, load};

/// Loads the bytes as a policy of the user, and asks it of one document.
pub fn target(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let options = Options { namespaces: Namespaces::All, time_limit: Duration::from_millis(500), ..Options::default() };
    let file = PolicyFile { name: "policy.rego".to_owned(), text: text.to_owned(), trust: Trust::User };
    let (policies, _) = load(vec![file], &options);
    let evaluation = policies.evaluate(&document(), &Cancel::new());
    assert!(evaluation.findings.len() <= 1000 * policies.rules().len(), "more results than the limit");
}

fn document() -> Document {
    let node = |value| Node { value, span: Span::default() };
    let key = |name: &str| model::Key { name: name.to_owned(), span: Span::default() };
    let text = |text: &str| node(NodeValue::String(text.to_owned()));
    let list = node(NodeValue::Array(vec![text("a"), text("b"), node(NodeValue::Null)]));
    let root =
        node(NodeValue::Object(vec![(key("kind"), text("Pod")), (key("apiVersion"), text("v1")), (key("list"), list)]));
    let origin = Origin::file(TreePath::new("pod.yaml").expect("a valid path"));
    Document { origin, index: 0, format: Format::Yaml, kind: DocumentKind::Kubernetes, root, text: Default::default() }
}
