//! Policies as layers of a registry: a file a layer, as Conftest pushes them, or a bundle whole, as OPA fetches it.

use super::archive;
use super::{BundleFile, MANIFEST};
use crate::rego::yaml_of_text;

/// One layer of what a registry keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyLayer {
    /// What it holds: one of the types below, else it is refused.
    pub media_type: String,
    /// The file it was made of.
    pub title: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// One file of Rego.
pub const POLICY_LAYER: &str = "application/vnd.cncf.openpolicyagent.policy.layer.v1+rego";
/// One file of data.
pub const DATA_LAYER: &str = "application/vnd.cncf.openpolicyagent.data.layer.v1+json";
/// The manifest of a bundle.
pub const MANIFEST_LAYER: &str = "application/vnd.cncf.openpolicyagent.manifest.layer.v1+json";
/// A bundle, whole, with its signatures.
pub const BUNDLE_LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";

/// The files that layers hold, as a bundle has them. Titles may begin with the folders that were pushed, `policy/` or `policy/` and
/// `data/`: those are no part of where data stands.
pub fn files_of_layers(layers: Vec<PolicyLayer>) -> Result<Vec<BundleFile>, String> {
    let above = shared_folder(layers.iter().filter(|layer| layer.media_type != BUNDLE_LAYER));
    let above_data = if above.is_empty() { folder_of_data(&layers) } else { above.clone() };
    let mut files = Vec::new();
    for layer in layers {
        let above = if layer.media_type == DATA_LAYER { &above_data } else { &above };
        let path = layer.title.get(above.len()..).unwrap_or_default();
        match layer.media_type.as_str() {
            BUNDLE_LAYER => files.extend(archive::files(&layer.bytes)?),
            MANIFEST_LAYER => files.push(BundleFile { path: MANIFEST.to_owned(), bytes: layer.bytes }),
            POLICY_LAYER => files.push(BundleFile { path: named(path, ".rego"), bytes: layer.bytes }),
            DATA_LAYER => {
                let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(&layer.bytes).is_ok();
                let name = if is_json { "data.json" } else { "data.yaml" };
                let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
                files.push(BundleFile { path: folder + name, bytes: layer.bytes });
            }
            other => {
                let other: String = other.chars().filter(|c| c.is_ascii_graphic()).take(100).collect();
                return Err(format!("it holds a layer of the type `{other}`, which is no policy: is it an image?"));
            }
        }
    }
    if files.is_empty() { Err("it holds no layer".to_owned()) } else { Ok(files) }
}

/// A layer for every file of a folder, in the order of paths. A signature would be lost: a signed bundle is pushed as the archive it is.
pub fn layers_of_files(mut files: Vec<BundleFile>) -> Result<Vec<PolicyLayer>, String> {
    files.sort_by(|left, right| left.path.cmp(&right.path));
    if files.iter().any(|file| file.path == super::signature::SIGNATURES) {
        return Err("it is signed, and layers of single files are not: push its archive (.tar.gz)".to_owned());
    }
    files.into_iter().map(layer_of).collect()
}

fn layer_of(file: BundleFile) -> Result<PolicyLayer, String> {
    let BundleFile { path, bytes } = file;
    let base = path.rsplit('/').next().unwrap_or_default();
    let layer = |media_type: &str, title: String, bytes: Vec<u8>| PolicyLayer {
        media_type: media_type.to_owned(),
        title,
        bytes,
    };
    Ok(match base {
        MANIFEST => layer(MANIFEST_LAYER, path, bytes),
        base if base.ends_with(".json") => layer(DATA_LAYER, path, bytes),
        base if base.ends_with(".yaml") || base.ends_with(".yml") => {
            let text = String::from_utf8(bytes).map_err(|_| format!("{path} is not UTF-8"))?;
            let value = yaml_of_text(&text).map_err(|message| format!("{path} is no valid YAML: {message}"))?;
            let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
            layer(DATA_LAYER, format!("{stem}.json"), value.to_string().into_bytes())
        }
        _ => layer(POLICY_LAYER, path, bytes),
    })
}

/// The folder that `conftest push --data` was given. Files of a bundle's names stand where their own folders say.
fn folder_of_data(layers: &[PolicyLayer]) -> String {
    let data = || layers.iter().filter(|layer| layer.media_type == DATA_LAYER);
    let is_of_bundle = |layer: &PolicyLayer| {
        let base = layer.title.rsplit('/').next().unwrap_or_default();
        matches!(base, "data.json" | "data.yaml" | "data.yml")
    };
    if data().any(is_of_bundle) { String::new() } else { shared_folder(data()) }
}

/// The folders that all titles begin with, with the last `/`.
fn shared_folder<'l>(layers: impl Iterator<Item = &'l PolicyLayer>) -> String {
    let mut shared: Option<&str> = None;
    for layer in layers {
        let folder = layer.title.rfind('/').map_or("", |end| &layer.title[..=end]);
        shared = Some(match shared {
            None => folder,
            Some(known) => {
                let parts = known.split_inclusive('/').zip(folder.split_inclusive('/'));
                let length = parts.take_while(|(left, right)| left == right).map(|(part, _)| part.len()).sum();
                &known[..length]
            }
        });
    }
    shared.unwrap_or_default().to_owned()
}

/// What a layer without a title is called.
fn named(path: &str, end: &str) -> String {
    if path.ends_with(end) { path.to_owned() } else { format!("{path}{end}") }
}
