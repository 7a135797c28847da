//! Policy files from disk.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use portcullis::policy::{PolicyFile, Trust};

/// Every `.rego` file at a path: the file itself, or all below a folder, tests left out, in the order of their paths.
pub(crate) fn policy_files(path: &Path) -> anyhow::Result<Vec<PolicyFile>> {
    let mut files = rego_files(path)?;
    files.retain(|file| !is_test(file) || file == path);
    files.iter().map(|file| read_policy(file)).collect()
}

/// Every `.rego` file at a path, tests among them.
pub(crate) fn rego_files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let is_rego = |path: &Path| path.extension().is_some_and(|extension| extension == "rego");
    collect(path, &mut found, 0, &is_rego).with_context(|| format!("could not read {}", path.display()))?;
    found.retain(|file| !is_manifest(file));
    Ok(once(found))
}

/// Reads one policy.
pub(crate) fn read_policy(path: &Path) -> anyhow::Result<PolicyFile> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("could not read the policy {}", path.display()))?;
    Ok(PolicyFile { name: path.display().to_string(), text, trust: Trust::User })
}

/// A file that may hold what Gatekeeper has, and no Rego.
pub(super) fn is_manifest(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
}

/// True for a file of tests by its name.
pub(crate) fn is_test(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with("_test.rego"))
}

/// The files in the order of their names, each once: a folder that a cluster mounts has each by two names.
pub(super) fn once(mut files: Vec<PathBuf>) -> Vec<PathBuf> {
    files.sort();
    let mut known = HashSet::new();
    files.retain(|file| known.insert(file.canonicalize().unwrap_or_else(|_| file.clone())));
    files
}

/// The file itself, or every file below a folder that is wanted. Links to files are followed, as OPA does; links to folders are not, for
/// one could lead around.
pub(super) fn collect(
    path: &Path,
    found: &mut Vec<PathBuf>,
    depth: usize,
    is_wanted: &dyn Fn(&Path) -> bool,
) -> std::io::Result<()> {
    const DEEPEST: usize = 64;
    let about = std::fs::metadata(path)?;
    if about.is_file() && (depth == 0 || is_wanted(path)) {
        found.push(path.to_owned());
    } else if about.is_dir() && depth < DEEPEST {
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            if !entry.file_type()?.is_symlink() || entry.path().is_file() {
                collect(&entry.path(), found, depth + 1, is_wanted)?;
            }
        }
    }
    Ok(())
}
