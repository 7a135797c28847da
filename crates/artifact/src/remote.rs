//! Blobs that lie elsewhere and are scanned while they come: what a registry gives by digest.
//!
//! This room never speaks to a network. Whoever does implements [`Remote`]; digests, sizes and limits are checked here,
//! as they are for blobs of a layout.

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

use model::Digest;

use crate::artifact::Body;
use crate::image::open_document;
use crate::{Artifact, OpenError, Options};

/// Gives blobs by digest.
pub trait Remote: fmt::Debug + Send + Sync {
    /// A blob from its start. An error of opening or reading becomes a problem with its text; a reader that ends early
    /// or gives other bytes is found out by size and digest.
    fn open(&self, wanted: &Wanted) -> io::Result<Box<dyn Read + Send>>;
}

/// A blob that is asked for, as a manifest describes it. None of it can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What it is to its image.
    pub part: Part,
    /// Its digest.
    pub digest: Digest,
    /// Its bytes.
    pub size: u64,
    /// Its media type; empty where none is given.
    pub media_type: String,
    /// Where else it is said to be. Only of foreign layers.
    pub urls: Vec<String>,
}

/// What a blob is to its image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// An index or a manifest.
    Manifest,
    /// The configuration.
    Config,
    /// A layer.
    Layer,
}

/// The document a reference leads to: an index or a manifest.
#[derive(Clone, Debug)]
pub struct RootDocument {
    /// What it is called by.
    pub reference: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its digest, which whoever fetched it has computed.
    pub digest: Digest,
    /// What it was said to be; empty where that was no type of a manifest.
    pub media_type: String,
}

/// Opens the image a document describes; all else is fetched when it is needed.
pub fn open_remote(root: RootDocument, remote: Arc<dyn Remote>, options: &Options) -> Result<Artifact, OpenError> {
    let name = root.reference.clone();
    let image = open_document(root, remote, options)?;
    crate::open::finish(name, Body::Image(Box::new(image)), options)
}
