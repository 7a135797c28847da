//! Writing bundles.

use std::io::{Cursor, Read, Seek, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::error::BundleError;
use super::key::SigningKey;
use super::manifest::{Manifest, Terms};
use super::read::Bundle;
use super::{MANIFEST, SIGNATURE, SNAPSHOT};
use crate::snapshot::Snapshot;

/// Makes a bundle of a snapshot, signed where a key is given. The snapshot is read to its end first: no damage is vouched for.
pub fn export(snapshot: &Snapshot, terms: Terms, key: Option<&SigningKey>) -> Result<Vec<u8>, BundleError> {
    snapshot.verify()?;
    let manifest = Manifest::of(snapshot, terms);
    pack(&manifest, &manifest.text(), snapshot.as_bytes(), key)
}

/// Signs a bundle; a signature it had is replaced. Nothing is signed that is not as its manifest says.
pub fn sign(bundle: impl Read + Seek, key: &SigningKey) -> Result<Vec<u8>, BundleError> {
    let bundle = Bundle::read(bundle)?;
    if !bundle.is_as_its_manifest_says() {
        return Err(BundleError::Signing("the snapshot in it is not the one its manifest names".to_owned()));
    }
    pack(bundle.manifest(), bundle.manifest_text(), bundle.snapshot().as_bytes(), Some(key))
}

fn pack(manifest: &Manifest, text: &str, snapshot: &[u8], key: Option<&SigningKey>) -> Result<Vec<u8>, BundleError> {
    let signature = key.map(|key| signature(manifest, text, key)).transpose()?;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Deflated, and of no date: equal input gives equal bytes, but for the signature.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    let files = [(MANIFEST, Some(text.as_bytes())), (SIGNATURE, signature.as_deref().map(str::as_bytes))];
    for (name, bytes) in files.into_iter().chain([(SNAPSHOT, Some(snapshot))]) {
        let Some(bytes) = bytes else { continue };
        archive.start_file(name, options).map_err(BundleError::shape)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish().map_err(BundleError::shape)?.into_inner())
}

fn signature(manifest: &Manifest, text: &str, key: &SigningKey) -> Result<String, BundleError> {
    let trusted = format!("portcullis bundle {}, expires {}", manifest.sequence, manifest.expires);
    let untrusted = format!("signature of key {}", key.id());
    minisign::sign(None, &key.key, text.as_bytes(), Some(&trusted), Some(&untrusted))
        .map(|signature| signature.into_string())
        .map_err(|error| BundleError::Signing(error.to_string()))
}
