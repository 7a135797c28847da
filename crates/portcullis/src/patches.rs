//! Patches of kustomizations: they look like objects and are pieces of some, which lack what the object that they change has.

use std::collections::{BTreeMap, BTreeSet};

use model::{Cancel, Document, DocumentKind, Finding, Node, NodeValue, Problem, ProblemKind, TreePath};
use policy::Evaluation;

use crate::image::along;
use crate::scanner::Rooms;

/// What tells of which object or part a finding speaks, and is nothing wrong by itself.
const NAMES: [&str; 4] = ["apiVersion", "kind", "name", "namespace"];

/// Documents that are patches, in the order in which they were read.
#[derive(Default)]
pub(crate) struct Patches {
    documents: Vec<Document>,
    /// Which kustomization says so, by file.
    named: BTreeMap<TreePath, TreePath>,
    /// They are among the other documents as well, as plain ones.
    are_plain_too: bool,
}

impl Patches {
    /// Takes them from among the objects. Rules of a user that judge whatever there is still see them there.
    pub(crate) fn take(rooms: &Rooms, documents: &mut Vec<Document>) -> Patches {
        let are_plain_too = rooms.policies.wants(DocumentKind::Plain);
        let mut apart = Patches { documents: Vec::new(), named: named(documents), are_plain_too };
        documents.retain_mut(|document| {
            if document.kind == DocumentKind::Plain && is_kustomization(document) {
                // Nobody is asked of it: it was read for what it says of others.
                return are_plain_too;
            }
            if document.kind != DocumentKind::Kubernetes || !apart.named.contains_key(&document.origin.path) {
                return true;
            }
            apart.documents.push(document.clone());
            document.kind = DocumentKind::Plain;
            are_plain_too
        });
        apart
    }

    /// Those that no other list holds.
    pub(crate) fn judged_only_here(&self) -> &[Document] {
        if self.are_plain_too { &[] } else { &self.documents }
    }

    /// The built-in rules speak of what stands in a patch. What it lacks the object may have: such findings are left out, which is said.
    pub(crate) fn judge(&self, rooms: &Rooms, cancel: &Cancel) -> Evaluation {
        if self.documents.is_empty() {
            return Evaluation::default();
        }
        let documents: Vec<&Document> = self.documents.iter().collect();
        let mut evaluation = rooms.policies.judge_pieces(&documents, cancel);
        let mut left_out: BTreeMap<&TreePath, usize> =
            self.documents.iter().map(|document| (&document.origin.path, 0)).collect();
        evaluation.findings.retain(|finding| {
            let Some(place) = finding.locations.first() else { return true };
            let mut of_file = documents.iter().filter(|document| document.origin.path == place.path);
            let stays = of_file.any(|document| is_about_a_value(finding, &document.root));
            if let Some(count) = left_out.get_mut(&place.path).filter(|_| !stays) {
                *count += 1;
            }
            stays
        });
        evaluation.problems.extend(left_out.into_iter().map(|(path, count)| self.warning(path, count)));
        evaluation
    }

    fn warning(&self, path: &TreePath, left_out: usize) -> Problem {
        let by = self.named.get(path).map(ToString::to_string).unwrap_or_default();
        let findings = if left_out == 1 { "1 finding" } else { &format!("{left_out} findings") };
        let message = format!(
            "a patch of {by}, judged by what it holds; {findings} about what it lacks left out: scan what `kubectl kustomize` makes of it as well"
        );
        Problem::warning(ProblemKind::Policy, message).in_file(path)
    }
}

/// Whether a finding stands at a value, not at what lacks one or only names the object.
fn is_about_a_value(finding: &Finding, root: &Node) -> bool {
    let shown = finding.evidence.get("path").and_then(serde_json::Value::as_str);
    let Some(shown) = shown.filter(|_| !finding.evidence.contains_key("missing")) else { return false };
    let names = shown.rsplit('.').next().is_some_and(|last| NAMES.contains(&last));
    let node = along(root, shown).pop();
    !names && node.is_some_and(|node| !matches!(node.value, NodeValue::Object(_) | NodeValue::Array(_)))
}

/// The files that are patches, and which kustomization says so. What one of them lists among its resources is an object.
fn named(documents: &[Document]) -> BTreeMap<TreePath, TreePath> {
    let mut patches = BTreeMap::new();
    let mut resources = BTreeSet::new();
    for document in documents.iter().filter(|document| is_kustomization(document)) {
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

fn is_kustomization(document: &Document) -> bool {
    document::is_kustomization(&document.origin.path, &document.root)
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
