//! Names on disk to paths inside a target.

use std::path::{Component, MAIN_SEPARATOR, Path};

use model::{PathError, TreePath};

/// The path of something below `root`. A root file system's paths are shown with a leading `/`.
pub(super) fn tree_path(root: &Path, path: &Path, rooted: bool) -> Result<TreePath, PathError> {
    let make = |bytes: &[u8]| if rooted { TreePath::rooted(bytes) } else { TreePath::new(bytes) };
    match below(root, path) {
        Some(bytes) => make(bytes),
        None => make(&components(path.strip_prefix(root).unwrap_or(path))),
    }
}

/// What a walk puts behind the root's own path, as it stands there; `None` where the system writes paths in another way.
pub(super) fn below<'p>(root: &Path, path: &'p Path) -> Option<&'p [u8]> {
    let (root, path) = (root.as_os_str().as_encoded_bytes(), path.as_os_str().as_encoded_bytes());
    let rest = path.strip_prefix(root)?;
    let rest = if root.ends_with(b"/") { rest } else { rest.strip_prefix(b"/")? };
    (MAIN_SEPARATOR == '/' && !root.is_empty()).then_some(rest)
}

/// The names of a path, with `/` between them.
fn components(path: &Path) -> Vec<u8> {
    let names = path.components().filter_map(|component| match component {
        Component::Normal(name) => Some(name.as_encoded_bytes()),
        _ => None,
    });
    names.collect::<Vec<_>>().join(&b'/')
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(root: &str, path: &str, expected: &str) {
        let found = tree_path(Path::new(root), Path::new(path), false).expect("a path of a tree");
        assert_eq!(found.to_string(), expected, "{path} below {root}");
    }

    #[test]
    fn below_the_root() {
        check("/a/b", "/a/b/c/d.txt", "c/d.txt");
        check("/a/b/", "/a/b/c", "c");
        check("/", "/a", "a");
        check(".", "./a/b", "a/b");
        check("./x", "./x/a", "a");
        check("/a/./b", "/a/b/c", "c");
        check("/a/b", "/a/bc/d", "a/bc/d");
    }
}
