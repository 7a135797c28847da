//! Reading bundles: what is in one, before anything is believed of it.

use std::io::{Read, Seek};

use zip::ZipArchive;

use super::error::BundleError;
use super::manifest::{Manifest, sha256};
use super::{MANIFEST, SIGNATURE, SNAPSHOT};
use crate::snapshot::Snapshot;

/// A manifest longer than this is a lie, and so is a signature.
const LONGEST_TEXT: u64 = 64 << 10;
/// The largest snapshot; it is held in memory while it is judged.
const LARGEST: u64 = 8 << 30;

/// What is in a bundle. The snapshot is whole; whether it is the one that somebody signed is for [`Bundle::faults`] to say.
#[derive(Debug)]
pub struct Bundle {
    manifest: Manifest,
    text: String,
    pub(super) signature: Option<String>,
    snapshot: Snapshot,
}

impl Bundle {
    /// Reads a bundle, and the snapshot in it to its end.
    pub fn read(bundle: impl Read + Seek) -> Result<Bundle, BundleError> {
        let mut archive = ZipArchive::new(bundle).map_err(BundleError::shape)?;
        let text = text(&mut archive, MANIFEST)?.ok_or_else(|| BundleError::shape("it has no manifest"))?;
        let manifest = Manifest::parse(text.as_bytes())?;
        let signature = self::text(&mut archive, SIGNATURE)?;
        // One byte more than the manifest says is enough to see that it lies.
        let limit = manifest.snapshot.size.min(LARGEST).saturating_add(1);
        let bytes = bytes(&mut archive, SNAPSHOT, limit)?.ok_or_else(|| BundleError::shape("it has no snapshot"))?;
        let snapshot = Snapshot::from_bytes(bytes)?;
        snapshot.verify()?;
        Ok(Bundle { manifest, text, signature, snapshot })
    }

    /// What it says of itself. Not to be believed before it was judged.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The snapshot in it.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub(super) fn manifest_text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_as_its_manifest_says(&self) -> bool {
        let (said, info) = (&self.manifest.snapshot, self.snapshot.info());
        let bytes = self.snapshot.as_bytes();
        said.size == bytes.len() as u64
            && said.sha256 == sha256(bytes)
            && said.digest == info.digest
            && said.newest == info.newest
            && said.records == info.records
    }
}

fn text<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> Result<Option<String>, BundleError> {
    let Some(bytes) = bytes(archive, name, LONGEST_TEXT)? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|_| BundleError::shape(format!("{name} is no text")))?;
    Ok(Some(text))
}

fn bytes<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str, limit: u64) -> Result<Option<Vec<u8>>, BundleError> {
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(BundleError::shape(format!("{name}: {error}"))),
    };
    let mut bytes = Vec::new();
    let read = entry.take(limit).read_to_end(&mut bytes);
    read.map_err(|error| BundleError::shape(format!("{name}: {error}")))?;
    if bytes.len() as u64 == limit {
        return Err(BundleError::shape(format!("{name} is longer than it may be")));
    }
    Ok(Some(bytes))
}
