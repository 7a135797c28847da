//! `.manifest` of a bundle.

use serde::Deserialize;

/// What a manifest says.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Manifest {
    #[serde(default)]
    pub(super) revision: String,
    /// Paths that the bundle speaks for; without any, all.
    #[serde(default)]
    roots: Vec<String>,
}

impl Manifest {
    pub(super) fn read(bytes: &[u8]) -> Result<Manifest, String> {
        let mut manifest: Manifest =
            serde_json::from_slice(bytes).map_err(|error| format!("the manifest is not what a bundle has: {error}"))?;
        manifest.roots.iter_mut().for_each(|root| *root = root.trim_matches('/').to_owned());
        for (at, root) in manifest.roots.iter().enumerate() {
            let overlaps = |other: &String| is_under(other, root) || is_under(root, other);
            if let Some(other) = manifest.roots[..at].iter().find(|other| overlaps(other)) {
                return Err(format!("the roots `{other}` and `{root}` of the manifest overlap"));
            }
        }
        Ok(manifest)
    }

    /// Whether a path is under one of the roots.
    pub(super) fn covers<S: AsRef<str>>(&self, path: &[S]) -> bool {
        let path = path.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("/");
        self.roots.is_empty() || self.roots.iter().any(|root| is_under(&path, root))
    }
}

fn is_under(path: &str, root: &str) -> bool {
    root.is_empty() || path == root || path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
}
