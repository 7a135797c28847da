//! An image of a registry: one document that was fetched, and all else by digest.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::descriptor::Descriptor;
use super::store::{Blobs, Holder};
use super::{Image, oci};
use crate::remote::{Remote, RootDocument};
use crate::stream::Store;
use crate::{OpenError, Options};

/// Opens the image a document describes, which may be an index of several platforms.
pub(crate) fn open_document(
    root: RootDocument,
    remote: Arc<dyn Remote>,
    options: &Options,
) -> Result<Image, OpenError> {
    let RootDocument { reference, bytes, digest, media_type } = root;
    let entry = Descriptor {
        media_type,
        digest,
        size: bytes.len() as u64,
        urls: None,
        annotations: Some(BTreeMap::from([(super::select::NAME.to_owned(), reference.clone())])),
        platform: None,
        artifact_type: None,
    };
    let document = Store::Memory(Arc::new(bytes)).whole();
    let document = document.map_err(|error| OpenError::Io { path: reference.clone().into(), error })?;
    let holder = Holder::Remote { remote, root: digest, document };
    oci::open_entry(&Blobs { place: reference, holder, problems: Vec::new() }, &[entry], options)
}
