//! Objects of Kubernetes and lists of them.

use model::{DocumentKind, Key, Node, NodeValue};

use super::Look;

/// False when the text cannot hold an object: it names `apiVersion` and `kind`. Quoted keys may write their letters as
/// escapes, and bytes that are not UTF-8 must be complained of, so a backslash or a byte that is no text makes it true.
pub(super) fn may_be_object(look: &Look<'_>) -> bool {
    look.may_have_words(&["apiVersion", "kind"])
}

/// Whether it is an object: it says its version and its kind.
pub(super) fn is_object(root: &Node) -> bool {
    let is_text = |name| root.get(name).and_then(Node::as_str).is_some_and(|text| !text.is_empty());
    is_text("apiVersion") && is_text("kind")
}

/// Where an object of Kubernetes' own groups still has what Helm is to fill in: it is YAML because its author put quotes around it, and no
/// object yet. What ConfigMaps, Secrets and objects of others hold may be meant for others.
pub(crate) fn placeholder(root: &Node) -> Option<usize> {
    if !is_object(root) {
        return None;
    }
    let text = |name| root.get(name).and_then(Node::as_str).unwrap_or_default();
    let (group, kind) = (text("apiVersion").split_once('/').map_or("", |(group, _)| group), text("kind"));
    if kind.ends_with("List") {
        return root.get("items").and_then(Node::as_array).unwrap_or_default().iter().find_map(placeholder);
    }
    let is_own = !group.contains('.') || group.ends_with(".k8s.io");
    let is_of_texts = matches!(kind, "ConfigMap" | "Secret" | "CustomResourceDefinition");
    if is_own && !is_of_texts { first_placeholder(root) } else { None }
}

fn first_placeholder(node: &Node) -> Option<usize> {
    match &node.value {
        NodeValue::String(text) if has_placeholder(text) => Some(node.span.start.offset as usize),
        NodeValue::Array(items) => items.iter().find_map(first_placeholder),
        NodeValue::Object(members) => members.iter().find_map(|(_, value)| first_placeholder(value)),
        _ => None,
    }
}

/// `{{ .Values.image }}`, `{{- include "name" . }}`, `{{ quote $.Values.image }}`. Others use the braces too: Vault's agent, Argo, Prometheus.
fn has_placeholder(text: &str) -> bool {
    const OF_HELM: [&str; 6] = [".Values", ".Release.", ".Chart.", ".Capabilities.", "include \"", "tpl "];
    text.split("{{").skip(1).any(|rest| {
        let expression = rest.split("}}").next().unwrap_or(rest);
        let is_whole =
            |at: usize| !expression[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
        OF_HELM.iter().any(|word| expression.match_indices(word).any(|(at, _)| is_whole(at)))
    })
}

/// Clients of Kubernetes take any object with an array `items` for a list, whatever its kind says, and apply the items.
/// So do we; an object whose kind does not end in `List` is judged itself too.
pub(super) fn expand(mut root: Node) -> Vec<(DocumentKind, Node)> {
    let Some(items) = take_items(&mut root) else { return vec![(DocumentKind::Kubernetes, root)] };
    let children: Vec<Node> = items.iter().map(|item| named_item(item.clone(), &root)).collect();
    let mut documents = Vec::new();
    if !root.get("kind").and_then(Node::as_str).is_some_and(|kind| kind.ends_with("List")) {
        put_items(&mut root, items);
        documents.push((DocumentKind::Kubernetes, root));
    }
    documents.extend(children.into_iter().flat_map(item));
    documents
}

/// What is no object stays to be seen, by policies that judge anything.
fn item(node: Node) -> Vec<(DocumentKind, Node)> {
    if is_object(&node) { expand(node) } else { vec![(DocumentKind::Plain, node)] }
}

fn items_of(root: &mut Node) -> Option<&mut Vec<Node>> {
    let NodeValue::Object(members) = &mut root.value else { return None };
    match &mut members.iter_mut().find(|(key, _)| key.name == "items")?.1.value {
        NodeValue::Array(items) => Some(items),
        _ => None,
    }
}

fn take_items(root: &mut Node) -> Option<Vec<Node>> {
    items_of(root).map(std::mem::take)
}

fn put_items(root: &mut Node, items: Vec<Node>) {
    if let Some(place) = items_of(root) {
        *place = items;
    }
}

/// An item of a typed list (`PodList`) may leave out what the list says: its version and, without `List`, its kind.
fn named_item(mut item: Node, list: &Node) -> Node {
    let NodeValue::Object(members) = &mut item.value else { return item };
    if members.iter().any(|(key, _)| key.name == "kind" || key.name == "apiVersion") {
        return item;
    }
    let (Some((version_key, version)), Some((kind_key, kind))) = (list.member("apiVersion"), list.member("kind"))
    else {
        return item;
    };
    let Some(name) = kind.as_str().and_then(|kind| kind.strip_suffix("List")).filter(|name| !name.is_empty()) else {
        return item;
    };
    let kind = Node { value: NodeValue::String(name.to_owned()), span: kind.span };
    let inherited: Vec<(Key, Node)> = vec![(version_key.clone(), version.clone()), (kind_key.clone(), kind)];
    members.splice(0..0, inherited);
    item
}
