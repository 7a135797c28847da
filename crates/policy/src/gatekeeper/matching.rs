//! Of which objects a constraint speaks: kinds, scope, namespaces, labels, names, source.

use model::Node;

use super::objects::{self, below, metadata, texts};
use super::selector::{Selector, fits, fits_start, labels};

/// `spec.match` of a constraint. Nothing at all is every object.
#[derive(Clone, Debug, Default)]
pub(super) struct Matcher {
    kinds: Vec<Kinds>,
    scope: Scope,
    namespaces: Vec<String>,
    excluded_namespaces: Vec<String>,
    labels: Option<Selector>,
    namespace_labels: Option<Selector>,
    name: Option<String>,
    /// Only of objects that another was expanded to: none of those are made here.
    is_for_generated: bool,
}

#[derive(Clone, Debug)]
struct Kinds {
    groups: Vec<String>,
    kinds: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Scope {
    #[default]
    All,
    Cluster,
    Namespaced,
}

/// Whether a constraint speaks of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Match {
    Yes,
    No,
    /// It depends on a namespace that is not known, by name.
    Unknown(String),
}

impl Matcher {
    /// Reads `spec.match`.
    pub(super) fn read(node: &Node) -> Result<Matcher, String> {
        let listed =
            |name: &str| texts(node.get(name)).ok_or_else(|| format!("`match.{name}` must be a list of texts"));
        let selector = |name: &str| {
            let node = node.get(name).filter(|node| node.is_object());
            node.map(Selector::read).transpose().map_err(|message| format!("`match.{name}`: {message}"))
        };
        let scope = match node.get("scope").and_then(Node::as_str) {
            Some("Cluster") => Scope::Cluster,
            Some("Namespaced") => Scope::Namespaced,
            _ => Scope::All,
        };
        let is_for_generated = match node.get("source").and_then(Node::as_str).unwrap_or("All") {
            "All" | "Original" | "" => false,
            "Generated" => true,
            other => return Err(format!("`match.source`: `{other}` is none of All, Original and Generated")),
        };
        Ok(Matcher {
            kinds: kinds(node.get("kinds"))?,
            scope,
            namespaces: listed("namespaces")?,
            excluded_namespaces: listed("excludedNamespaces")?,
            labels: selector("labelSelector")?,
            namespace_labels: selector("namespaceSelector")?,
            name: node.get("name").and_then(Node::as_str).filter(|name| !name.is_empty()).map(str::to_owned),
            is_for_generated,
        })
    }

    /// Whether it speaks of an object. `namespace` is the object that the object's namespace is, if it is known.
    pub(super) fn matches(&self, object: &Node, namespace: Option<&Node>) -> Match {
        let is_chosen = !self.is_for_generated
            && self.has_kind(object)
            && self.has_scope(object)
            && self.has_namespace(object)
            && self.labels.as_ref().is_none_or(|selector| selector.matches(&labels(object)))
            && self.name.as_ref().is_none_or(|name| {
                fits(name, metadata(object, "name")) || fits_start(name, metadata(object, "generateName"))
            });
        if !is_chosen {
            return Match::No;
        }
        let Some(selector) = &self.namespace_labels else { return Match::Yes };
        let chosen = if objects::is_namespace(object) {
            selector.matches(&labels(object))
        } else {
            match (metadata(object, "namespace"), namespace) {
                ("", None) => true,
                (_, Some(namespace)) => selector.matches(&labels(namespace)),
                (name, None) => return Match::Unknown(name.to_owned()),
            }
        };
        if chosen { Match::Yes } else { Match::No }
    }

    fn has_kind(&self, object: &Node) -> bool {
        let has = |list: &[String], name: &str| list.is_empty() || list.iter().any(|one| one == "*" || one == name);
        let fits = |one: &Kinds| has(&one.kinds, objects::kind(object)) && has(&one.groups, objects::group(object));
        self.kinds.is_empty() || self.kinds.iter().any(fits)
    }

    fn has_scope(&self, object: &Node) -> bool {
        let is_namespaced = !objects::is_namespace(object) && !metadata(object, "namespace").is_empty();
        match self.scope {
            Scope::All => true,
            Scope::Cluster => !is_namespaced,
            Scope::Namespaced => is_namespaced,
        }
    }

    /// A namespace is in itself; what is in none is never left out.
    fn has_namespace(&self, object: &Node) -> bool {
        let field = if objects::is_namespace(object) { "name" } else { "namespace" };
        let namespace = metadata(object, field);
        if namespace.is_empty() {
            return true;
        }
        let is_in = |list: &[String]| list.iter().any(|pattern| fits(pattern, namespace));
        (self.namespaces.is_empty() || is_in(&self.namespaces)) && !is_in(&self.excluded_namespaces)
    }
}

fn kinds(node: Option<&Node>) -> Result<Vec<Kinds>, String> {
    let entries = node.and_then(Node::as_array).unwrap_or_default();
    let read = |entry: &Node| {
        let groups = texts(below(entry, &["apiGroups"]));
        let kinds = texts(below(entry, &["kinds"]));
        let (Some(groups), Some(kinds)) = (groups, kinds) else {
            return Err("`match.kinds` must hold `apiGroups` and `kinds` that are lists of texts".to_owned());
        };
        Ok(Kinds { groups, kinds })
    };
    entries.iter().map(read).collect()
}
