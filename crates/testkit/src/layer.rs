//! Layers of images, from entries to stored bytes.

use std::io::Write;

use crate::digest::{Sum, sha256};
use crate::tar::{Entry, Tar};

/// A layer: its tar, how it is stored, and what its history says.
#[derive(Clone, Debug)]
pub struct Layer {
    pub(crate) tar: Vec<u8>,
    pub(crate) stored: Vec<u8>,
    pub(crate) media_type: String,
    pub(crate) created_by: Option<String>,
    pub(crate) claimed_digest: Option<Sum>,
    pub(crate) claimed_diff_id: Option<Sum>,
    pub(crate) claimed_size: Option<u64>,
    pub(crate) is_missing: bool,
}

/// How a layer is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// As it is.
    Plain,
    /// One gzip member.
    Gzip,
    /// A gzip member for every so many bytes.
    Members(usize),
    /// One zstd frame.
    Zstd,
    /// A zstd frame for every so many bytes.
    Frames(usize),
}

impl Layer {
    /// A layer of these entries, stored with gzip.
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Layer {
        Layer::from_tar(entries.into_iter().fold(Tar::new(), Tar::entry).finish())
    }

    /// A layer of these files, stored with gzip: path and content each.
    pub fn files(files: &[(&str, &str)]) -> Layer {
        Layer::of(&files.iter().map(|(path, content)| Entry::file(path, content)).collect::<Vec<_>>())
    }

    /// A layer of any bytes, stored with gzip.
    pub fn from_tar(tar: Vec<u8>) -> Layer {
        Layer {
            stored: gzip(&tar),
            tar,
            media_type: "application/vnd.oci.image.layer.v1.tar+gzip".to_owned(),
            created_by: None,
            claimed_digest: None,
            claimed_diff_id: None,
            claimed_size: None,
            is_missing: false,
        }
    }

    /// Stored another way, with the media type that says so.
    pub fn stored_as(mut self, storage: Storage) -> Layer {
        let (stored, ending) = match storage {
            Storage::Plain => (self.tar.clone(), ""),
            Storage::Gzip => (gzip(&self.tar), "+gzip"),
            Storage::Members(size) => (self.tar.chunks(size).flat_map(gzip).collect(), "+gzip"),
            Storage::Zstd => (zstd(&self.tar), "+zstd"),
            Storage::Frames(size) => (self.tar.chunks(size).flat_map(zstd).collect(), "+zstd"),
        };
        self.stored = stored;
        self.media_type = format!("application/vnd.oci.image.layer.v1.tar{ending}");
        self
    }

    /// With these stored bytes, whatever its tar is; its diff id stays that of the tar.
    pub fn stored_bytes(mut self, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Layer {
        self.stored = change(self.stored);
        self
    }

    /// With this media type.
    pub fn media_type(mut self, media_type: &str) -> Layer {
        media_type.clone_into(&mut self.media_type);
        self
    }

    /// With this instruction in the history.
    pub fn created_by(mut self, instruction: &str) -> Layer {
        self.created_by = Some(instruction.to_owned());
        self
    }

    /// The manifest claims another digest; the blob lies under that name.
    pub fn claims_digest(mut self, sum: Sum) -> Layer {
        self.claimed_digest = Some(sum);
        self
    }

    /// The configuration claims another diff id.
    pub fn claims_diff_id(mut self, sum: Sum) -> Layer {
        self.claimed_diff_id = Some(sum);
        self
    }

    /// The manifest claims another size.
    pub fn claims_size(mut self, size: u64) -> Layer {
        self.claimed_size = Some(size);
        self
    }

    /// The blob is not there.
    pub fn missing(mut self) -> Layer {
        self.is_missing = true;
        self
    }

    /// The tar.
    pub fn tar(&self) -> &[u8] {
        &self.tar
    }

    /// The bytes as stored.
    pub fn stored(&self) -> &[u8] {
        &self.stored
    }

    /// The digest the manifest has: of the stored bytes, or the claimed one.
    pub fn digest(&self) -> Sum {
        self.claimed_digest.clone().unwrap_or_else(|| sha256(&self.stored))
    }

    /// The digest the configuration has: of the tar, or the claimed one.
    pub fn diff_id(&self) -> Sum {
        self.claimed_diff_id.clone().unwrap_or_else(|| sha256(&self.tar))
    }
}

/// One gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
}

/// One zstd frame.
pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("memory takes all")
}
