//! OPA's bundles among policies: an archive, or a folder with a manifest.

use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use portcullis::policy::{Bundle, BundleFile, BundleKey, MANIFEST};

use super::policies::collect;

/// The bundle at a path, if there is one; with a key it must be signed with that.
pub(crate) fn bundle(path: &Path, key: Option<&BundleKey>) -> anyhow::Result<Option<Bundle>> {
    let shown = path.display().to_string();
    let read = if is_archive(path) {
        let bytes = std::fs::read(path).with_context(|| format!("could not read the bundle {shown}"))?;
        Bundle::of_archive(&shown, &bytes, key)
    } else if path.join(MANIFEST).is_file() || (key.is_some() && path.is_dir()) {
        Bundle::of_files(&shown, files(path, key.is_some())?, key)
    } else if key.is_some() && path.exists() {
        // Whoever can take the manifest away must not get around the signature.
        bail!("{shown}: with a verification key every policy must be in a signed bundle, and this is none");
    } else {
        return Ok(None);
    };
    read.map(Some).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\n"))
    })
}

fn is_archive(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    [".tar.gz", ".tgz", ".tar"].iter().any(|end| name.ends_with(end)) && path.is_file()
}

/// The key at a path.
pub(crate) fn verification_key(path: Option<&Path>) -> anyhow::Result<Option<BundleKey>> {
    let read = |path: &Path| {
        let text = std::fs::read_to_string(path);
        text.with_context(|| format!("could not read the verification key {}", path.display()))
    };
    Ok(path.map(read).transpose()?.map(|text| BundleKey::new(&text)))
}

/// The policies, data and manifest of a folder.
#[cfg(feature = "registry")]
pub(crate) fn bundle_files(folder: &Path) -> anyhow::Result<Vec<BundleFile>> {
    files(folder, false)
}

/// Every file of the folder that a bundle could mean, or all where they were signed.
fn files(folder: &Path, all: bool) -> anyhow::Result<Vec<BundleFile>> {
    let is_wanted = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        all || name.ends_with(".rego") || [MANIFEST, "data.json", "data.yaml", "data.yml"].contains(&name.as_str())
    };
    let mut found = Vec::new();
    collect(folder, &mut found, 0, &is_wanted).with_context(|| format!("could not read {}", folder.display()))?;
    // What is pushed or was signed is what lies there, not what a link leads to.
    found.retain(|file| !file.is_symlink());
    found.sort();
    found
        .iter()
        .map(|file| {
            let bytes = std::fs::read(file).with_context(|| format!("could not read {}", file.display()))?;
            let inner = file.strip_prefix(folder).unwrap_or(file);
            let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            Ok(BundleFile { path: parts.join("/"), bytes })
        })
        .collect()
}
