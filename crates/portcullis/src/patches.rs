//! Patches of kustomizations: they look like objects and are pieces of some, which lack what the object that they change has.

use std::collections::{BTreeMap, BTreeSet};

use model::{Document, DocumentKind, Node, Problem, ProblemKind, Skipped, TreePath};

use crate::scanner::Rooms;

const GROUP: &str = "kustomize.config.k8s.io/";

/// Takes what a kustomization of the tree names as a patch for what it is: no object, so that no rule says what it lacks. Rules of a user
/// that judge whatever there is still see it. Each is named, with a warning: what it adds is judged only in what the kustomization builds.
pub(crate) fn set_apart(rooms: &Rooms, documents: &mut Vec<Document>) -> (Vec<Skipped>, Vec<Problem>) {
    let named = named(documents);
    let mut apart: BTreeMap<TreePath, String> = BTreeMap::new();
    for document in documents.iter_mut().filter(|document| document.kind == DocumentKind::Kubernetes) {
        let Some(by) = named.get(&document.origin.path) else { continue };
        document.kind = DocumentKind::Plain;
        let reason =
            format!("a patch of {by}, not judged as an object; scan what `kubectl kustomize` makes of it as well");
        apart.insert(document.origin.path.clone(), reason);
    }
    if !rooms.policies.wants(DocumentKind::Plain) {
        documents.retain(|document| document.kind != DocumentKind::Plain || !apart.contains_key(&document.origin.path));
    }
    let warning =
        |(path, reason): (&TreePath, &String)| Problem::warning(ProblemKind::Policy, reason.clone()).in_file(path);
    let problems = apart.iter().map(warning).collect();
    (apart.into_iter().map(|(path, reason)| Skipped { path, reason }).collect(), problems)
}

/// The files that are patches, and which kustomization says so. What one of them lists among its resources is an object.
fn named(documents: &[Document]) -> BTreeMap<TreePath, TreePath> {
    let mut patches = BTreeMap::new();
    let mut resources = BTreeSet::new();
    for document in documents.iter().filter(|document| is_kustomization(&document.root)) {
        let path = &document.origin.path;
        let place = |word: &str| resolved(path, word);
        let list = |name: &str| document.root.get(name).and_then(Node::as_array).unwrap_or_default();
        let with_path = ["patches", "patchesJson6902"].into_iter().flat_map(list).filter_map(|patch| patch.get("path"));
        let words = with_path.chain(list("patchesStrategicMerge")).filter_map(Node::as_str);
        patches.extend(words.filter_map(place).map(|patch| (patch, path.clone())));
        resources.extend(list("resources").iter().filter_map(Node::as_str).filter_map(place));
    }
    patches.retain(|patch, _| !resources.contains(patch));
    patches
}

fn is_kustomization(root: &Node) -> bool {
    let text = |name| root.get(name).and_then(Node::as_str).unwrap_or_default();
    text("apiVersion").starts_with(GROUP) && matches!(text("kind"), "Kustomization" | "Component")
}

/// A path as a kustomization writes it, from where it lies; `None` for one that leads out of the tree, and for a patch that is written there.
fn resolved(kustomization: &TreePath, word: &str) -> Option<TreePath> {
    if word.contains('\n') || word.starts_with('/') {
        return None;
    }
    let folder = kustomization.parent();
    let folder = folder.as_ref().map_or(Some(""), TreePath::to_str)?;
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in word.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    TreePath::new(parts.join("/")).ok()
}

#[cfg(test)]
mod tests {
    use model::TreePath;

    use super::resolved;

    #[test]
    fn paths_are_those_of_the_tree() {
        let check = |from: &str, word: &str, expected: Option<&str>| {
            let found = resolved(&TreePath::new(from).expect("a path"), word);
            assert_eq!(found.as_ref().and_then(TreePath::to_str), expected, "{from} {word}");
        };
        check("kustomization.yaml", "patch.yaml", Some("patch.yaml"));
        check("overlays/a/kustomization.yaml", "./p/patch.yaml", Some("overlays/a/p/patch.yaml"));
        check("overlays/a/kustomization.yaml", "../../base/patch.yaml", Some("base/patch.yaml"));
        check("a/kustomization.yaml", "../../patch.yaml", None);
        check("kustomization.yaml", "apiVersion: v1\nkind: Pod", None);
    }
}
