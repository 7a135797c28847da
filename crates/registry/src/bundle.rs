//! What a registry keeps beside images: layers with a media type and a title each.

use model::Digest;
use network::Fault;

/// One layer, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleLayer {
    /// What it holds.
    pub media_type: String,
    /// The name of the file it was made of, as whoever pushed it says; empty where nobody said. Not to be trusted with a path.
    pub title: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PulledBundle {
    /// Of its manifest.
    pub digest: Digest,
    /// In the order of the manifest.
    pub layers: Vec<BundleLayer>,
}

/// Why it could not be had or put.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct BundleFault(pub(crate) Fault);

impl From<Fault> for BundleFault {
    fn from(fault: Fault) -> BundleFault {
        BundleFault(fault)
    }
}
