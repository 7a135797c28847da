//! What a document describes, and the quick look before reading.

use model::{DocumentKind, Format, TreePath};

use super::read;
use crate::{Limits, may_be_kind};

fn check(text: &str, expected: &[(DocumentKind, &str)]) {
    let (documents, _) = read(Format::Yaml, text.as_bytes(), &Limits::default());
    let name = |document: &model::Document| {
        let node = document.root.get("metadata").and_then(|metadata| metadata.get("name"));
        node.and_then(|name| name.as_str()).unwrap_or_default().to_owned()
    };
    let found: Vec<_> = documents.iter().map(|document| (document.kind, name(document))).collect();
    let expected: Vec<_> = expected.iter().map(|(kind, name)| (*kind, (*name).to_owned())).collect();
    assert_eq!(found, expected, "{text}");
    assert!(documents.iter().enumerate().all(|(index, document)| document.index == index));
    for document in &documents {
        assert!(may_be_kind(Format::Yaml, &document.origin.path, text.as_bytes(), document.kind), "{text}");
    }
}

#[test]
fn objects() {
    use DocumentKind::{Kubernetes, Plain};
    check("apiVersion: v1\nkind: Pod\nmetadata: {name: a}", &[(Kubernetes, "a")]);
    check("apiVersion: v1\nkind: 5\n", &[(Plain, "")]);
    check("apiVersion: v1\n", &[(Plain, "")]);
    check("kind: ''\napiVersion: v1", &[(Plain, "")]);
    check("[1]", &[(Plain, "")]);
    check("{\"\\u0061piVersion\": v1, \"\\u006bind\": Pod, \"metadata\": {name: x}}", &[(Kubernetes, "x")]);
}

#[test]
fn lists_become_their_items() {
    use DocumentKind::{Kubernetes, Plain};
    let pod = "{apiVersion: v1, kind: Pod, metadata: {name: a}}";
    check(
        &format!("apiVersion: v1\nkind: List\nitems:\n- {pod}\n- {pod}\n- null\n"),
        &[(Kubernetes, "a"), (Kubernetes, "a"), (Plain, "")],
    );
    check("apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: b}\n", &[(Kubernetes, "b")]);
    check("apiVersion: v1\nkind: List\nitems: []\n", &[]);
    check("apiVersion: v1\nkind: List\n", &[(Kubernetes, "")]);
    check(
        &format!("apiVersion: v1\nkind: Odd\nmetadata: {{name: o}}\nitems: [{pod}]\n"),
        &[(Kubernetes, "o"), (Kubernetes, "a")],
    );
    check(
        &format!("apiVersion: v1\nkind: List\nitems:\n- {{apiVersion: v1, kind: List, items: [{pod}]}}\n"),
        &[(Kubernetes, "a")],
    );
}

#[test]
fn items_keep_their_places() {
    let text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n";
    let (documents, _) = read(Format::Yaml, text.as_bytes(), &Limits::default());
    assert_eq!((documents[0].root.span.start.line, documents[0].root.span.end.line), (4, 5));
}

#[test]
fn quick_look() {
    use DocumentKind::{Dockerfile, Kubernetes, Plain};
    let check = |format, bytes: &[u8], kind, expected| {
        let path = TreePath::new("file").expect("a valid path");
        assert_eq!(may_be_kind(format, &path, bytes, kind), expected, "{kind:?} {}", String::from_utf8_lossy(bytes));
    };
    check(Format::Json, b"{\"name\": \"x\"}", Kubernetes, false);
    check(Format::Yaml, b"kind: Pod", Kubernetes, false);
    check(Format::Yaml, b"kind: Pod\napiVersion: v1", Kubernetes, true);
    check(Format::Yaml, b"\xff", Kubernetes, true);
    check(Format::Yaml, b"x", Plain, true);
    check(Format::Dockerfile, b"x", Dockerfile, true);
    check(Format::Dockerfile, b"x", Kubernetes, false);
    check(Format::Yaml, b"x", Dockerfile, false);
}
