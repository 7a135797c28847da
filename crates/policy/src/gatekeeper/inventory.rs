//! `data.inventory`: all objects, as Gatekeeper keeps them.

use std::collections::BTreeMap;

use model::{Document, DocumentKind, Node};
use serde_json::{Map, Value as Json};

use super::objects::{self, metadata};

/// The objects that rules may ask for beside the one they judge.
#[derive(Default)]
pub(super) struct Inventory<'d> {
    objects: Vec<&'d Node>,
    namespaces: BTreeMap<&'d str, &'d Node>,
}

impl<'d> Inventory<'d> {
    /// Of all objects among some documents.
    pub(super) fn of(documents: &[&'d Document]) -> Inventory<'d> {
        let objects: Vec<&Node> = documents
            .iter()
            .filter(|document| document.kind == DocumentKind::Kubernetes && !super::is_gatekeeper(document))
            .map(|document| &document.root)
            .collect();
        let namespaces = objects.iter().filter(|object| objects::is_namespace(object));
        let namespaces = namespaces.map(|object| (metadata(object, "name"), *object)).collect();
        Inventory { objects, namespaces }
    }

    /// The namespace of this name.
    pub(super) fn namespace(&self, name: &str) -> Option<&'d Node> {
        self.namespaces.get(name).copied()
    }

    /// `cluster[version][kind][name]` and `namespace[namespace][version][kind][name]`.
    pub(super) fn to_json(&self) -> Json {
        let mut root = Json::Object(Map::new());
        for object in &self.objects {
            let version = object.get("apiVersion").and_then(Node::as_str).unwrap_or_default();
            let own = [version, objects::kind(object), metadata(object, "name")];
            let path: Vec<&str> = match metadata(object, "namespace") {
                "" => [&["cluster"][..], &own].concat(),
                namespace => [&["namespace", namespace][..], &own].concat(),
            };
            put(&mut root, &path, object.to_json());
        }
        root
    }
}

fn put(place: &mut Json, path: &[&str], value: Json) {
    let Some((first, rest)) = path.split_first() else {
        *place = value;
        return;
    };
    if let Json::Object(members) = place {
        put(members.entry(*first).or_insert_with(|| Json::Object(Map::new())), rest, value);
    }
}
