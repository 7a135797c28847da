//! Descriptors, manifests and indexes as they are written (OCI image specification).

use std::collections::BTreeMap;

use model::Digest;
use serde::Deserialize;

use super::Platform;

/// What a document says of a blob.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor {
    #[serde(default)]
    pub(super) media_type: String,
    pub(super) digest: Digest,
    pub(super) size: u64,
    #[serde(default)]
    pub(super) urls: Option<Vec<String>>,
    #[serde(default)]
    pub(super) annotations: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub(super) platform: Option<Platform>,
    #[serde(default)]
    pub(super) artifact_type: Option<String>,
}

/// An index or a manifest: told apart by what they hold, never both.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    #[serde(default)]
    pub(super) schema_version: Option<u64>,
    #[serde(default)]
    pub(super) media_type: Option<String>,
    #[serde(default)]
    pub(super) artifact_type: Option<String>,
    #[serde(default)]
    pub(super) manifests: Option<Vec<Descriptor>>,
    #[serde(default)]
    pub(super) config: Option<Descriptor>,
    #[serde(default)]
    pub(super) layers: Option<Vec<Descriptor>>,
    /// Schema 1.
    #[serde(default)]
    pub(super) fs_layers: Option<serde::de::IgnoredAny>,
}

impl Descriptor {
    pub(super) fn annotation(&self, name: &str) -> Option<&str> {
        self.annotations.as_ref()?.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// What the image is called: the whole reference if a tool noted it, else the tag or whatever stands for one.
    pub(super) fn reference(&self) -> Option<&str> {
        self.annotation("io.containerd.image.name").or_else(|| self.annotation("org.opencontainers.image.ref.name"))
    }

    /// A statement about an image, filed beside it.
    pub(super) fn is_attestation(&self) -> bool {
        self.annotation("vnd.docker.reference.type") == Some("attestation-manifest")
            || self.artifact_type.is_some()
            || self.platform.as_ref().is_some_and(Platform::is_unknown)
    }
}
