//! Where an image's blobs are: files of a layout, members of an archive, or a registry.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use model::{Digest, Problem};

use super::descriptor::Descriptor;
use crate::remote::{Part, Remote, Wanted};
use crate::stream::{Blob, Store, digest_of};
use crate::{Limits, OpenError};

/// Blobs by name.
#[derive(Debug)]
pub(super) struct Blobs {
    /// What to call it in messages.
    pub(super) place: String,
    pub(super) holder: Holder,
    /// What was wrong with the archive itself.
    pub(super) problems: Vec<Problem>,
}

#[derive(Debug)]
pub(super) enum Holder {
    /// A folder in the OCI image layout.
    Folder(PathBuf),
    /// An archive, by the plain names of its members.
    Archive(HashMap<Vec<u8>, Blob>),
    /// A registry, and the document that was fetched from it already.
    Remote { remote: Arc<dyn Remote>, root: Digest, document: Blob },
}

impl Blobs {
    /// A blob by its name in the layout: `blobs/sha256/…`, `index.json`. Names never leave the holder.
    pub(super) fn named(&self, name: &str) -> io::Result<Option<Blob>> {
        match &self.holder {
            Holder::Archive(members) => Ok(members.get(name.as_bytes()).cloned()),
            Holder::Remote { .. } => Ok(None),
            Holder::Folder(root) => {
                let is_plain = name.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
                match Store::File(root.join(name)).whole() {
                    _ if !is_plain => Ok(None),
                    Ok(blob) => Ok(Some(blob)),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(error),
                }
            }
        }
    }

    /// The blob a descriptor leads to.
    pub(super) fn blob(&self, descriptor: &Descriptor, part: Part) -> io::Result<Option<Blob>> {
        let digest = descriptor.digest;
        if let Holder::Remote { remote, root, document } = &self.holder {
            if digest == *root {
                return Ok(Some(document.clone()));
            }
            let wanted = Wanted {
                part,
                digest,
                size: descriptor.size,
                media_type: descriptor.media_type.clone(),
                urls: descriptor.urls.clone().unwrap_or_default(),
            };
            return Store::Remote(Arc::clone(remote), Arc::new(wanted)).whole().map(Some);
        }
        self.named(&format!("blobs/{}/{}", digest.algorithm().name(), digest.hex()))
    }

    /// A document by name, `None` where there is none. `limit` has the name of a field of [`Limits`].
    pub(super) fn document(&self, name: &str, limit: (&'static str, u64)) -> Result<Option<Vec<u8>>, OpenError> {
        let damaged = |error: io::Error| self.damaged(format!("`{name}` could not be read: {error}"));
        match self.named(name).map_err(damaged)? {
            Some(blob) => self.read(&blob, name, limit).map(Some),
            None => Ok(None),
        }
    }

    /// The document a descriptor leads to, held against its size and digest.
    pub(super) fn described(
        &self,
        descriptor: &Descriptor,
        part: Part,
        limit: (&'static str, u64),
    ) -> Result<Vec<u8>, OpenError> {
        let digest = descriptor.digest;
        let unread = |error| self.damaged(format!("blob {digest} could not be read: {error}"));
        let blob = self.blob(descriptor, part).map_err(unread)?;
        let blob = blob.ok_or_else(|| self.damaged(format!("blob {digest} is missing")))?;
        let bytes = self.read(&blob, &digest.to_string(), limit)?;
        let found = digest_of(&bytes, digest);
        if found != digest {
            return Err(self.damaged(format!("blob {digest} has the digest {found}")));
        }
        if bytes.len() as u64 != descriptor.size {
            let (claimed, found) = (descriptor.size, bytes.len());
            return Err(self.damaged(format!("blob {digest} has {found} bytes where its descriptor says {claimed}")));
        }
        Ok(bytes)
    }

    pub(super) fn damaged(&self, what: impl Into<String>) -> OpenError {
        OpenError::Damaged { place: self.place.clone(), what: what.into() }
    }

    pub(super) fn unsupported(&self, what: impl Into<String>) -> OpenError {
        OpenError::Unsupported { place: self.place.clone(), what: what.into() }
    }

    fn read(&self, blob: &Blob, name: &str, (limit, value): (&'static str, u64)) -> Result<Vec<u8>, OpenError> {
        let damaged = |error: io::Error| self.damaged(format!("`{name}` could not be read: {error}"));
        blob.read_all(value).map_err(damaged)?.map_err(|length| OpenError::Limit {
            place: self.place.clone(),
            what: format!("`{name}` has {length} bytes"),
            limit,
            value,
        })
    }
}

/// The limit on manifests and indexes.
pub(super) fn manifest_limit(limits: &Limits) -> (&'static str, u64) {
    ("manifest_bytes", limits.manifest_bytes)
}

/// The limit on configurations.
pub(super) fn config_limit(limits: &Limits) -> (&'static str, u64) {
    ("config_bytes", limits.config_bytes)
}
