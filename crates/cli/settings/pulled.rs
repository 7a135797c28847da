//! Policies of registries among policies: `oci:REF`.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use portcullis::model::{Cancel, PulledPolicies};
use portcullis::policy::{Bundle, BundleFile, BundleKey, PolicyLayer, files_of_layers};
use portcullis::registry::{Access, PulledBundle, Reference, pull_bundle};

/// All layers of a bundle together.
const MOST_BYTES: u64 = 256 << 20;

/// What names policies of a registry.
pub(crate) const PREFIX: &str = "oci:";

/// The reference that a word names, where it begins so.
pub(crate) fn reference(word: &str) -> anyhow::Result<Option<Reference>> {
    let Some(rest) = word.strip_prefix(PREFIX) else { return Ok(None) };
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    rest.parse().map(Some).with_context(|| word.to_owned())
}

/// The bundle that a path names, and where it came from; `None` for other paths.
pub(crate) fn pulled(
    path: &Path,
    key: Option<&BundleKey>,
    access: &Access,
) -> anyhow::Result<Option<(Bundle, PulledPolicies)>> {
    let word = path.to_string_lossy();
    let Some(reference) = reference(&word)? else { return Ok(None) };
    let PulledBundle { digest, layers } = fetch(&reference, access)?;
    let files = files(&word, layers)?;
    let bundle = read(&word, files, key)?;
    Ok(Some((bundle, PulledPolicies { reference: reference.to_string(), digest })))
}

/// What a reference leads to.
pub(crate) fn fetch(reference: &Reference, access: &Access) -> anyhow::Result<PulledBundle> {
    pull_bundle(reference, access, MOST_BYTES, &Cancel::new())
        .with_context(|| format!("the policies {reference} could not be had"))
}

/// The files of a bundle that layers make.
pub(crate) fn files(word: &str, layers: Vec<portcullis::registry::BundleLayer>) -> anyhow::Result<Vec<BundleFile>> {
    let layers = layers.into_iter().map(|layer| PolicyLayer {
        media_type: layer.media_type,
        title: layer.title,
        bytes: layer.bytes,
    });
    files_of_layers(layers.collect()).map_err(|message| anyhow!("{word}: {message}"))
}

/// The bundle of these files; everything that is wrong is said.
pub(crate) fn read(word: &str, files: Vec<BundleFile>, key: Option<&BundleKey>) -> anyhow::Result<Bundle> {
    Bundle::of_files(word, files, key).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\n"))
    })
}
