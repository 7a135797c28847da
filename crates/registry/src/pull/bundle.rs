//! From a reference to layers in memory: bundles of policies are small.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::Arc;

use artifact::{Part, Wanted};
use model::{Cancel, Digest};
use network::{Fault, Runtime, pipe};
use serde::Deserialize;

use super::document::{self, sum};
use super::download;
use super::reference::Reference;
use super::session::{Purpose, Session};
use crate::access::Access;
use crate::bundle::{BundleFault, BundleLayer, PulledBundle};

/// The annotation with the name of the file that a layer was made of.
pub(crate) const TITLE: &str = "org.opencontainers.image.title";
/// A manifest is no longer.
const MANIFEST_BYTES: u64 = 4 << 20;
/// Layers of one manifest.
const MOST_LAYERS: usize = 10_000;

#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    layers: Option<Vec<Descriptor>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    #[serde(default)]
    media_type: String,
    digest: String,
    size: u64,
    #[serde(default)]
    annotations: Option<BTreeMap<String, String>>,
}

/// Fetches the manifest, then one layer after the other.
pub(crate) fn pull(
    reference: &Reference,
    access: &Access,
    most_bytes: u64,
    cancel: &Cancel,
) -> Result<PulledBundle, BundleFault> {
    let runtime = Runtime::start()?;
    let session = Arc::new(Session::new(reference, Purpose::Pull, access, cancel)?);
    let (asked, named) = (Arc::clone(&session), reference.clone());
    let root = runtime.run(async move { document::fetch(&asked, &named, MANIFEST_BYTES).await })?;
    let layers = descriptors(reference, &root.bytes, most_bytes)?;
    let fetched = layers.into_iter().map(|layer| fetch(&runtime, &session, layer)).collect::<Result<_, Fault>>()?;
    Ok(PulledBundle { digest: root.digest, layers: fetched })
}

fn descriptors(reference: &Reference, bytes: &[u8], most_bytes: u64) -> Result<Vec<Descriptor>, Fault> {
    let manifest: Manifest = serde_json::from_slice(bytes)
        .map_err(|_| Fault::Lie(format!("{reference} is no manifest that can be read")))?;
    let layers = manifest.layers.ok_or_else(|| {
        Fault::Refused(format!("{reference} names several manifests, or none with layers; name one by its digest"))
    })?;
    if layers.len() > MOST_LAYERS {
        return Err(Fault::Limit { name: "bundle_layers", value: MOST_LAYERS as u64 });
    }
    let total = layers.iter().try_fold(0_u64, |total, layer| total.checked_add(layer.size));
    if total.is_none_or(|total| total > most_bytes) {
        return Err(Fault::Limit { name: "bundle_bytes", value: most_bytes });
    }
    Ok(layers)
}

fn fetch(runtime: &Runtime, session: &Arc<Session>, layer: Descriptor) -> Result<BundleLayer, Fault> {
    let digest: Digest =
        layer.digest.parse().map_err(|_| Fault::Lie("the manifest names a layer by what is no digest".to_owned()))?;
    let wanted =
        Wanted { part: Part::Layer, digest, size: layer.size, media_type: layer.media_type.clone(), urls: Vec::new() };
    let (sender, incoming) = pipe();
    let asked = Arc::clone(session);
    runtime.spawn(async move { download::feed(&asked, &wanted, &sender).await });
    let mut bytes = Vec::new();
    // More than the size is refused where it comes in; so is less.
    incoming
        .take(layer.size + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Fault::Lie(format!("a layer could not be read: {error}")))?;
    let found = sum(&bytes, Some(digest));
    if found != digest || bytes.len() as u64 != layer.size {
        return Err(Fault::Lie(format!("a layer has the digest {found} where {digest} was due")));
    }
    let title = layer.annotations.and_then(|mut annotations| annotations.remove(TITLE)).unwrap_or_default();
    Ok(BundleLayer { media_type: layer.media_type, title, bytes })
}
