//! What a bundle says of itself: the text that is signed.

use jiff::Timestamp;
use model::Digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::error::BundleError;
use crate::snapshot::Snapshot;

/// The name and version of the shape.
const SCHEMA: &str = "portcullis.bundle/1";

/// What a bundle says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
// A later program may add what must not be passed over.
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The name and version of this shape.
    pub schema: String,
    /// Grows from issue to issue of one publisher.
    pub sequence: u64,
    /// When it was made.
    pub created: Timestamp,
    /// After this it is not to be relied on.
    pub expires: Timestamp,
    /// The snapshot it is about.
    pub snapshot: Content,
}

/// The snapshot a manifest is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// SHA-256 of the file.
    pub sha256: Digest,
    /// Its bytes.
    pub size: u64,
    /// The digest by which reports name it.
    pub digest: Digest,
    /// Date of its newest record.
    pub newest: Timestamp,
    /// Its records.
    pub records: u64,
}

/// What a publisher decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Grows from issue to issue.
    pub sequence: u64,
    /// When the bundle is made.
    pub created: Timestamp,
    /// After this it is not to be relied on.
    pub expires: Timestamp,
}

impl Manifest {
    pub(super) fn of(snapshot: &Snapshot, terms: Terms) -> Manifest {
        let info = snapshot.info();
        let bytes = snapshot.as_bytes();
        Manifest {
            schema: SCHEMA.to_owned(),
            sequence: terms.sequence,
            created: terms.created,
            expires: terms.expires,
            snapshot: Content {
                sha256: sha256(bytes),
                size: bytes.len() as u64,
                digest: info.digest,
                newest: info.newest,
                records: info.records,
            },
        }
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Manifest, BundleError> {
        #[derive(Deserialize)]
        struct Shape {
            schema: String,
        }
        let wrong = |error: serde_json::Error| BundleError::shape(format!("its manifest: {error}"));
        let shape: Shape = serde_json::from_slice(bytes).map_err(wrong)?;
        if shape.schema != SCHEMA {
            return Err(BundleError::Schema(shape.schema.escape_debug().to_string()));
        }
        serde_json::from_slice(bytes).map_err(wrong)
    }

    pub(super) fn text(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("a manifest has only texts and numbers");
        format!("{text}\n")
    }
}

/// The digest of bytes.
pub(super) fn sha256(bytes: &[u8]) -> Digest {
    Digest::sha256(Sha256::digest(bytes).into())
}
