//! Bundles: a snapshot with who vouches for it, for mirrors and machines without a network.
//!
//! # Format
//!
//! A zip archive of three files, so that every step can be repeated with ordinary tools:
//!
//! | file | what |
//! |---|---|
//! | `manifest.json` | [`Manifest`]: sequence number, expiry, size and SHA-256 of the snapshot |
//! | `manifest.json.minisig` | a minisign signature of the manifest's bytes; absent in a bundle nobody signed |
//! | `advisories.snapshot` | the snapshot |
//!
//! The one signature covers everything: who changes the snapshot must change the manifest. What stands against a bundle is
//! data ([`BundleFault`]); whoever installs it decides, and what was allowed stays with the snapshot (the file
//! `SNAPSHOT.origin.json`, see [`origin_of`]) and gets into every report.

mod error;
mod judge;
mod key;
mod manifest;
mod origin;
mod pack;
mod read;
#[cfg(test)]
mod tests;

pub use error::BundleError;
pub use judge::{BundleFault, Import, Trust};
pub use key::{KeyError, KeyTexts, SigningKey, TrustedKey};
pub use manifest::{Content, Manifest, Terms};
pub use origin::{Installed, installed, origin_of, remove_origin, write_with_origin};
pub use pack::{export, sign};
pub use read::Bundle;

/// Names of the files in a bundle.
pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const SIGNATURE: &str = "manifest.json.minisig";
pub(crate) const SNAPSHOT: &str = "advisories.snapshot";
