//! What `docker save` writes: `manifest.json`, classic with a tar for each layer, or with an OCI layout beside it.

use std::collections::HashSet;

use model::{Digest, Layer, LayerIndex, Problem, ProblemKind, TreePath};
use serde::Deserialize;

use super::descriptor::Descriptor;
use super::manifest::{self, Manifest, Parsed};
use super::store::{Blobs, config_limit, manifest_limit};
use super::{Image, ImageConfig, Platform, history, media_type, oci};
use crate::error::printable;
use crate::limits::limit_problem;
use crate::stream::{Blob, digest_of};
use crate::{Limits, OpenError, Options};

/// One image of `manifest.json`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    config: String,
    #[serde(default)]
    repo_tags: Option<Vec<String>>,
    #[serde(default)]
    layers: Option<Vec<String>>,
}

/// Opens the image that is meant.
pub(super) fn open(blobs: &Blobs, options: &Options) -> Result<Image, OpenError> {
    let limits = &options.limits;
    let bytes = blobs.document("manifest.json", manifest_limit(limits))?;
    let bytes = bytes.ok_or_else(|| blobs.damaged("`manifest.json` is missing"))?;
    let entries: Vec<Entry> = serde_json::from_slice(&bytes)
        .map_err(|error| blobs.damaged(format!("`manifest.json` is damaged: {}", printable(&error.to_string()))))?;
    let entry = select(blobs, &entries, options.image.as_deref())?;
    let mut problems = blobs.problems.clone();
    let config = match config(blobs, entry, limits, &mut problems) {
        Ok(config) => Some(config),
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let (mut layers, stored) = layers(blobs, entry, limits, &mut problems);
    let count = entry.layers.as_ref().map_or(0, Vec::len);
    let digest = beside(blobs, entry, limits, &mut layers, &mut problems);
    if let Some(config) = &config {
        history::attribute(&mut layers, count, config, &mut problems);
    }
    let platform = config.as_ref().and_then(Platform::of);
    refuse_other_platform(blobs, platform.as_ref(), options)?;
    let reference = entry.repo_tags.iter().flatten().next().cloned();
    let platform = platform.map(|platform| platform.to_string());
    Ok(Image { reference, digest, platform, config, layers, stored, problems })
}

/// By tag, the tag's last part, or the configuration's digest; else the only one.
fn select<'e>(blobs: &Blobs, entries: &'e [Entry], asked: Option<&str>) -> Result<&'e Entry, OpenError> {
    let names = || entries.iter().map(Entry::name).collect();
    let place = || blobs.place.clone();
    match (asked, entries) {
        (_, []) => Err(blobs.damaged("`manifest.json` lists no image")),
        (Some(asked), entries) => entries
            .iter()
            .find(|entry| entry.is_called(asked))
            .ok_or_else(|| OpenError::NoSuchImage { place: place(), asked: asked.to_owned(), names: names() }),
        (None, [first, rest @ ..]) if rest.iter().all(|entry| entry.is_same_as(first)) => Ok(first),
        (None, _) => Err(OpenError::SeveralImages { place: place(), names: names() }),
    }
}

impl Entry {
    fn name(&self) -> String {
        self.repo_tags.iter().flatten().next().unwrap_or(&self.config).clone()
    }

    fn is_called(&self, asked: &str) -> bool {
        let by_tag = self
            .repo_tags
            .iter()
            .flatten()
            .any(|reference| reference == asked || reference.rsplit_once(':').is_some_and(|(_, tag)| tag == asked));
        by_tag || self.config == asked || self.config_digest().is_some_and(|digest| digest.to_string() == asked)
    }

    /// The same image under other names.
    fn is_same_as(&self, other: &Entry) -> bool {
        self.config == other.config && self.layers == other.layers
    }

    /// The digest in the configuration's name: `<hex>.json`, `sha256:<hex>` or `blobs/sha256/<hex>`.
    fn config_digest(&self) -> Option<Digest> {
        let name = self.config.rsplit('/').next().unwrap_or(&self.config);
        let hex = name.strip_suffix(".json").unwrap_or(name);
        hex.parse().ok().or_else(|| format!("sha256:{hex}").parse().ok())
    }
}

/// Member names as they stand in the index of members.
fn member(blobs: &Blobs, name: &str) -> Option<Blob> {
    let path = TreePath::new(name).ok()?;
    blobs.named(path.to_str()?).ok().flatten()
}

fn config(blobs: &Blobs, entry: &Entry, limits: &Limits, problems: &mut Vec<Problem>) -> Result<ImageConfig, Problem> {
    let name = printable(&entry.config);
    let problem = |what: String| {
        Problem::error(ProblemKind::Manifest, format!("the configuration of the image was not read: {what}"))
    };
    let blob = member(blobs, &entry.config).ok_or_else(|| problem(format!("`{name}` is missing")))?;
    let (limit, value) = config_limit(limits);
    let bytes = blob.read_all(value).map_err(|error| problem(error.to_string()))?.map_err(|length| {
        limit_problem(limit, value, &format!("the configuration has {length} bytes and was not read"))
    })?;
    if let Some(claimed) = entry.config_digest() {
        let found = digest_of(&bytes, claimed);
        if found != claimed {
            let what = format!("the configuration is named after the digest {claimed} and has {found}");
            problems.push(Problem::error(ProblemKind::DigestMismatch, what));
        }
    }
    serde_json::from_slice(&bytes).map_err(|error| problem(error.to_string()))
}

fn layers(
    blobs: &Blobs,
    entry: &Entry,
    limits: &Limits,
    problems: &mut Vec<Problem>,
) -> (Vec<Layer>, Vec<Result<Blob, Problem>>) {
    let names = entry.layers.as_deref().unwrap_or_default();
    if names.len() > limits.layers {
        let what = format!("the image has {} layers; the upper ones were not read", names.len());
        problems.push(limit_problem("layers", limits.layers as u64, &what));
    }
    let located = (0..).map(LayerIndex).zip(names.iter().take(limits.layers)).map(|(index, name)| {
        let blob = member(blobs, name).ok_or_else(|| {
            let what = format!("the layer `{}` is missing from the archive", printable(name));
            Problem::error(ProblemKind::Manifest, what).in_layer(Some(index))
        });
        let layer = Layer {
            index,
            digest: name.strip_prefix("blobs/sha256/").and_then(|hex| format!("sha256:{hex}").parse().ok()),
            diff_id: None,
            media_type: media_type::DOCKER_LAYER.to_owned(),
            size: blob.as_ref().map_or(0, Blob::length),
            created_by: None,
            base: None,
        };
        (layer, blob)
    });
    located.unzip()
}

/// What an OCI layout in the same archive says of the same image: the manifest's digest and the types of its layers.
/// That the two speak of different images is a problem: what is scanned must be what is loaded.
fn beside(
    blobs: &Blobs,
    entry: &Entry,
    limits: &Limits,
    layers: &mut [Layer],
    problems: &mut Vec<Problem>,
) -> Option<Digest> {
    blobs.document("index.json", manifest_limit(limits)).ok().flatten()?;
    let config = entry.config_digest()?;
    let found = oci::entries(blobs, limits)
        .and_then(|entries| manifest_of(blobs, &entries, config, limits, 0, &mut HashSet::new()));
    match found {
        Ok(Some((digest, manifest))) if Some(manifest.layers.len()) == entry.layers.as_ref().map(Vec::len) => {
            for (layer, descriptor) in layers.iter_mut().zip(&manifest.layers) {
                if layer.digest == Some(descriptor.digest) {
                    layer.media_type.clone_from(&descriptor.media_type);
                } else {
                    contradict(problems, "name different layers for the same configuration");
                }
            }
            Some(digest)
        }
        Ok(Some(_)) => {
            contradict(problems, "name different layers for the same configuration");
            None
        }
        Ok(None) => {
            contradict(problems, "name different images");
            None
        }
        Err(error) => {
            problems.push(Problem::error(ProblemKind::Manifest, format!("the OCI layout in the archive: {error}")));
            None
        }
    }
}

fn contradict(problems: &mut Vec<Problem>, what: &str) {
    let what =
        format!("`manifest.json` and `index.json` {what}; the former was scanned, a runtime may load the latter");
    let problem = Problem::error(ProblemKind::Manifest, what);
    if problems.last() != Some(&problem) {
        problems.push(problem);
    }
}

fn manifest_of(
    blobs: &Blobs,
    entries: &[Descriptor],
    config: Digest,
    limits: &Limits,
    depth: usize,
    seen: &mut HashSet<Digest>,
) -> Result<Option<(Digest, Box<Manifest>)>, OpenError> {
    for descriptor in entries.iter().filter(|entry| !entry.is_attestation()) {
        if seen.len() >= limits.index_manifests || !seen.insert(descriptor.digest) {
            continue;
        }
        match manifest::read(blobs, descriptor, limits) {
            Ok(Parsed::Manifest(manifest)) if manifest.config.digest == config => {
                return Ok(Some((descriptor.digest, manifest)));
            }
            Ok(Parsed::Index(entries)) if depth < limits.index_depth => {
                if let Some(found) = manifest_of(blobs, &entries, config, limits, depth + 1, seen)? {
                    return Ok(Some(found));
                }
            }
            // Other platforms of an index need not be in the archive.
            Ok(_) | Err(OpenError::Damaged { .. } | OpenError::Unsupported { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

fn refuse_other_platform(blobs: &Blobs, own: Option<&Platform>, options: &Options) -> Result<(), OpenError> {
    let Some(asked) = options.platform.as_deref().map(str::parse::<Platform>).transpose()? else { return Ok(()) };
    match own {
        Some(own) if !own.satisfies(&asked) => Err(OpenError::NoSuchPlatform {
            place: blobs.place.clone(),
            asked: asked.to_string(),
            platforms: vec![own.to_string()],
        }),
        _ => Ok(()),
    }
}
