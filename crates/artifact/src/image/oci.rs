//! The OCI image layout, in a folder or in an archive.

use model::{Layer, LayerIndex, Problem, ProblemKind};

use super::descriptor::Descriptor;
use super::manifest::{self, Manifest, Parsed};
use super::select::{Selected, select};
use super::store::{Blobs, config_limit, manifest_limit};
use super::{Image, ImageConfig, Platform, history, layer};
use crate::limits::limit_problem;
use crate::remote::Part;
use crate::stream::Blob;
use crate::{Limits, OpenError, Options};

/// Opens the image that is meant.
pub(super) fn open(blobs: &Blobs, options: &Options) -> Result<Image, OpenError> {
    open_entry(blobs, &entries(blobs, &options.limits)?, options)
}

/// Opens the image that is meant among the entries of an outermost index.
pub(super) fn open_entry(blobs: &Blobs, entries: &[Descriptor], options: &Options) -> Result<Image, OpenError> {
    let Selected { descriptor, reference } = select(blobs, entries, options)?;
    let manifest = match manifest::read(blobs, &descriptor, &options.limits)? {
        Parsed::Manifest(manifest) => manifest,
        Parsed::Index(_) => {
            return Err(blobs.damaged(format!("{} is an index where a manifest should be", descriptor.digest)));
        }
    };
    let mut problems = blobs.problems.clone();
    let config = match config(blobs, &manifest.config, &options.limits) {
        Ok(config) => Some(config),
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let (mut layers, stored) = layers(blobs, &manifest, &options.limits, &mut problems);
    if let Some(config) = &config {
        history::attribute(&mut layers, manifest.layers.len(), config, &mut problems);
    }
    let platform = platform(config.as_ref(), &descriptor);
    Ok(Image { reference, digest: Some(descriptor.digest), platform, config, layers, stored, problems })
}

/// The entries of the outermost index.
pub(super) fn entries(blobs: &Blobs, limits: &Limits) -> Result<Vec<Descriptor>, OpenError> {
    let index = blobs.document("index.json", manifest_limit(limits))?;
    let index = index.ok_or_else(|| blobs.damaged("`index.json` is missing"))?;
    match manifest::parse(blobs, "`index.json`", &index, "")? {
        Parsed::Index(entries) => Ok(entries),
        Parsed::Manifest(_) => Err(blobs.damaged("`index.json` is a manifest and no index")),
    }
}

/// A configuration that cannot be read leaves the layers to be scanned, without diff ids and instructions.
fn config(blobs: &Blobs, descriptor: &Descriptor, limits: &Limits) -> Result<ImageConfig, Problem> {
    let problem = |what: String| {
        Problem::error(ProblemKind::Manifest, format!("the configuration of the image was not read: {what}"))
    };
    let bytes =
        blobs.described(descriptor, Part::Config, config_limit(limits)).map_err(|error| problem(error.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|error| problem(error.to_string()))
}

type Stored = Vec<Result<Blob, Problem>>;

fn layers(blobs: &Blobs, manifest: &Manifest, limits: &Limits, problems: &mut Vec<Problem>) -> (Vec<Layer>, Stored) {
    if manifest.layers.len() > limits.layers {
        let what = format!("the image has {} layers; the upper ones were not read", manifest.layers.len());
        problems.push(limit_problem("layers", limits.layers as u64, &what));
    }
    let mut layers = Vec::new();
    let mut stored = Vec::new();
    for (index, descriptor) in (0..).map(LayerIndex).zip(manifest.layers.iter().take(limits.layers)) {
        layers.push(Layer {
            index,
            digest: Some(descriptor.digest),
            diff_id: None,
            media_type: descriptor.media_type.clone(),
            size: descriptor.size,
            created_by: None,
            base: None,
        });
        stored.push(layer::locate(blobs, descriptor, index, problems));
    }
    (layers, stored)
}

/// What the configuration says counts; it is what a runtime looks at.
fn platform(config: Option<&ImageConfig>, descriptor: &Descriptor) -> Option<String> {
    let own = config.and_then(Platform::of);
    own.or_else(|| descriptor.platform.clone().filter(Platform::is_plain)).map(|platform| platform.to_string())
}
