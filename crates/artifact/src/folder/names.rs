//! Names on disk to paths inside a target.

use std::path::{Component, Path};

use model::{PathError, TreePath};

/// The path of something below `root`. A root file system's paths are shown with a leading `/`.
pub(super) fn tree_path(root: &Path, path: &Path, rooted: bool) -> Result<TreePath, PathError> {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let names: Vec<&[u8]> = relative
        .components()
        .filter_map(|component| match component {
            Component::Normal(name) => Some(name.as_encoded_bytes()),
            _ => None,
        })
        .collect();
    let joined = names.join(&b'/');
    if rooted { TreePath::rooted(joined) } else { TreePath::new(joined) }
}

/// Which place an error is about, and what is wrong there.
pub(super) fn of_error(error: &ignore::Error) -> (Option<&Path>, String) {
    match error {
        ignore::Error::WithPath { path, err } => {
            let (inner, reason) = of_error(err);
            (inner.or(Some(path)), reason)
        }
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => of_error(err),
        other => (None, other.to_string()),
    }
}
