//! Where the bytes of a layer are, or why they cannot be had.

use model::{LayerIndex, Problem, ProblemKind};

use super::descriptor::Descriptor;
use super::media_type::{LayerType, layer_type};
use super::store::Blobs;
use crate::error::printable;
use crate::remote::Part;
use crate::stream::Blob;

/// The blob of a layer. A wrong size is a problem and no reason not to read it.
pub(super) fn locate(
    blobs: &Blobs,
    descriptor: &Descriptor,
    index: LayerIndex,
    problems: &mut Vec<Problem>,
) -> Result<Blob, Problem> {
    let digest = descriptor.digest;
    let media_type = printable(&descriptor.media_type);
    let refuse = |kind, what: String| Problem::error(kind, what).in_layer(Some(index));
    let kind = layer_type(&descriptor.media_type);
    match kind {
        LayerType::Encrypted => {
            let what = format!("layer {digest} is encrypted (`{media_type}`); nothing of it was read");
            return Err(refuse(ProblemKind::Unsupported, what));
        }
        LayerType::Unknown => {
            let what = format!("layer {digest} is of the unknown type `{media_type}`; nothing of it was read");
            return Err(refuse(ProblemKind::Unsupported, what));
        }
        LayerType::Tar | LayerType::Foreign => {}
    }
    let blob = match blobs.blob(descriptor, Part::Layer) {
        Ok(Some(blob)) => blob,
        Ok(None) if kind == LayerType::Foreign || descriptor.urls.as_ref().is_some_and(|urls| !urls.is_empty()) => {
            let what = format!(
                "layer {digest} is foreign (`{media_type}`) and kept elsewhere; its addresses are not followed, but for images of registries with --foreign-layers"
            );
            return Err(refuse(ProblemKind::Unsupported, what));
        }
        Ok(None) => return Err(refuse(ProblemKind::Manifest, format!("the blob {digest} of the layer is missing"))),
        Err(error) => {
            return Err(refuse(ProblemKind::Io, format!("the blob {digest} of the layer could not be read: {error}")));
        }
    };
    if blob.length() != descriptor.size {
        let (claimed, found) = (descriptor.size, blob.length());
        let what = format!("the blob of the layer has {found} bytes where the manifest says {claimed}");
        problems.push(refuse(ProblemKind::SizeMismatch, what));
    }
    Ok(blob)
}
