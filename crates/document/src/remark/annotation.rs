//! Annotations of Kubernetes objects, and of the templates of pods and claims inside them.

use model::{Document, DocumentKind, Key, Location, Node, NodeValue, Reach, Remark, RemarkForm};

use super::{bears, cut, walk};

/// The annotations of a document whose keys bear one of these marks.
pub(super) fn remarks(document: &Document, marks: &[&str]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if document.kind == DocumentKind::Kubernetes {
        walk(&document.root, &mut |object| {
            let annotations = object.get("metadata").and_then(|metadata| metadata.get("annotations"));
            let Some(NodeValue::Object(members)) = annotations.map(|node| &node.value) else { return };
            let marked = members.iter().filter(|(key, _)| bears(&key.name, marks));
            remarks.extend(marked.map(|(key, value)| remark(document, object, key, value)));
        });
    }
    remarks
}

fn remark(document: &Document, object: &Node, key: &Key, value: &Node) -> Remark {
    let location: Location = document.origin.at(key.span.join(value.span));
    let reach = Reach { around: Some(object.span), ..Reach::default() };
    let text = cut(value.as_str().unwrap_or_default().trim());
    Remark { location, text, form: RemarkForm::Annotation(cut(&key.name)), reach }
}
