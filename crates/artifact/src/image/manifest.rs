//! Indexes and manifests, told apart by what they hold; whatever is both, or not what it was said to be, is refused.

use super::descriptor::{Descriptor, Document};
use super::media_type;
use super::store::{Blobs, manifest_limit};
use crate::error::printable;
use crate::remote::Part;
use crate::{Limits, OpenError};

/// What a document is.
#[derive(Debug)]
pub(super) enum Parsed {
    Index(Vec<Descriptor>),
    Manifest(Box<Manifest>),
}

/// An image manifest.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) config: Descriptor,
    pub(super) layers: Vec<Descriptor>,
}

/// Reads the document a descriptor leads to.
pub(super) fn read(blobs: &Blobs, descriptor: &Descriptor, limits: &Limits) -> Result<Parsed, OpenError> {
    let digest = descriptor.digest;
    if media_type::is_schema_1(&descriptor.media_type) {
        return Err(blobs.unsupported(format!("{digest} {SCHEMA_1}")));
    }
    let bytes = blobs.described(descriptor, Part::Manifest, manifest_limit(limits))?;
    parse(blobs, &digest.to_string(), &bytes, &descriptor.media_type)
}

/// Reads the document called `name`. `claimed` is the media type it was said to have; empty for none.
pub(super) fn parse(blobs: &Blobs, name: &str, bytes: &[u8], claimed: &str) -> Result<Parsed, OpenError> {
    // An array would be taken for the fields in their order.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(blobs.damaged(format!("{name} is no JSON object")));
    }
    let document: Document = serde_json::from_slice(bytes)
        .map_err(|error| blobs.damaged(format!("{name} is no valid manifest: {}", printable(&error.to_string()))))?;
    let own = document.media_type.as_deref().unwrap_or_default();
    if media_type::is_schema_1(own) || document.schema_version == Some(1) || document.fs_layers.is_some() {
        return Err(blobs.unsupported(format!("{name} {SCHEMA_1}")));
    }
    if !own.is_empty() && !claimed.is_empty() && own != claimed {
        return Err(blobs.damaged(format!(
            "{name} says it is `{}`, and what leads to it says `{}`",
            printable(own),
            printable(claimed)
        )));
    }
    let says_index = media_type::is_index(own) || media_type::is_index(claimed);
    let says_manifest = media_type::is_manifest(own) || media_type::is_manifest(claimed);
    match document {
        Document { manifests: Some(_), config: Some(_), .. } | Document { manifests: Some(_), layers: Some(_), .. } => {
            Err(blobs.damaged(format!("{name} is both an index and a manifest; two readers would see two images")))
        }
        Document { manifests: Some(manifests), .. } if !says_manifest => Ok(Parsed::Index(manifests)),
        Document { config: Some(config), layers: Some(layers), artifact_type, .. } if !says_index => {
            let kind = artifact_type.as_deref().filter(|kind| !kind.is_empty()).unwrap_or(&config.media_type);
            if !media_type::is_image_config(kind) {
                return Err(blobs.unsupported(format!("{name} is no container image but `{}`", printable(kind))));
            }
            Ok(Parsed::Manifest(Box::new(Manifest { config, layers })))
        }
        _ => Err(blobs.damaged(format!("{name} is neither an index nor an image manifest"))),
    }
}

const SCHEMA_1: &str = "is a Docker schema 1 manifest, which names layers without a verifiable order; \
                        push or save the image again with a current tool";
