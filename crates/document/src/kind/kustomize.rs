//! Kustomizations: told by what they say, and, since kustomize takes them without version and kind, by what their file is called.

use model::{Node, NodeValue, TreePath};

const GROUP: &str = "kustomize.config.k8s.io/";
/// The names that kustomize looks for in a folder.
const NAMES: [&[u8]; 3] = [b"kustomization.yaml", b"kustomization.yml", b"Kustomization"];

/// Whether kustomize would look into a file of this name.
pub fn is_kustomization_file(path: &TreePath) -> bool {
    is_kustomization_name(path.file_name())
}

pub(crate) fn is_kustomization_name(name: &[u8]) -> bool {
    NAMES.contains(&name)
}

/// Whether a document of this file is a kustomization, or a component of some.
pub fn is_kustomization(path: &TreePath, root: &Node) -> bool {
    let said = |name: &str| match root.get(name) {
        None => Some(""),
        Some(value) if matches!(value.value, NodeValue::Null) => Some(""),
        Some(value) => value.as_str(),
    };
    let (Some(version), Some(kind)) = (said("apiVersion"), said("kind")) else { return false };
    let may_lack = is_kustomization_file(path) && matches!(root.value, NodeValue::Object(_));
    let is_so = |text: &str, is_right: bool| is_right || may_lack && text.is_empty();
    is_so(version, version.starts_with(GROUP)) && is_so(kind, matches!(kind, "Kustomization" | "Component"))
}
