//! Why there is no bundle to judge.

use crate::snapshot::SnapshotError;

/// Why there is no bundle to judge.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// It cannot be opened.
    #[error("cannot be opened: {0}")]
    Io(#[from] std::io::Error),
    /// It is none, or a damaged one.
    #[error("is no bundle that can be read: {0}")]
    Shape(String),
    /// Another program wrote it.
    #[error("has the shape `{0}`, which this program does not know")]
    Schema(String),
    /// The snapshot in it is damaged, whatever its signature says.
    #[error("the snapshot in it {0}")]
    Snapshot(#[from] SnapshotError),
    /// It could not be signed.
    #[error("could not be signed: {0}")]
    Signing(String),
}

impl BundleError {
    pub(super) fn shape(what: impl std::fmt::Display) -> BundleError {
        BundleError::Shape(what.to_string())
    }
}
