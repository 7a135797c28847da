//! Container images: from whatever holds one to its layers, and the walk over these.

mod again;
mod ahead;
mod archive;
mod caching;
pub(crate) mod config;
mod content;
mod descriptor;
mod docker;
mod entries;
mod exact;
mod held;
mod history;
mod layer;
mod layout;
mod ledger;
mod links;
mod manifest;
mod media_type;
mod oci;
mod platform;
mod registry;
mod root_tar;
mod select;
mod special;
mod stack;
mod store;
mod walk;
mod waste;

use model::{Digest, Layer, Problem};

pub(crate) use archive::{ArchiveKind, kind_of_archive, open_archive};
pub(crate) use config::ImageConfig;
pub(crate) use layout::{is_layout, open_layout};
pub(crate) use platform::Platform;
pub(crate) use registry::open_document;
pub(crate) use root_tar::{is_root_tar, open_root_tar};
pub(crate) use stack::walk;

use crate::stream::Blob;

/// An image: what it says of itself, and where its layers are.
#[derive(Debug)]
pub(crate) struct Image {
    /// What the archive or layout calls it, if it does.
    pub(crate) reference: Option<String>,
    /// Digest of its manifest.
    pub(crate) digest: Option<Digest>,
    /// `os/architecture[/variant]`.
    pub(crate) platform: Option<String>,
    pub(crate) config: Option<ImageConfig>,
    /// Base first. As many as `stored`.
    pub(crate) layers: Vec<Layer>,
    /// Where the bytes of each layer are; a problem where they cannot be had.
    pub(crate) stored: Vec<Result<Blob, Problem>>,
    /// What was found wrong when it was opened.
    pub(crate) problems: Vec<Problem>,
}

impl Image {
    /// The reference, if it is one and not only the tag of one, nor anything that a reader could take for something else.
    pub(crate) fn whole_reference(&self) -> Option<&str> {
        const LONGEST: usize = 512;
        let reference = self.reference.as_deref()?;
        let is_plain = reference.len() <= LONGEST && reference.bytes().all(|byte| byte.is_ascii_graphic());
        (is_plain && (reference.contains('/') || reference.contains(':'))).then_some(reference)
    }
}

#[cfg(test)]
mod tests;
