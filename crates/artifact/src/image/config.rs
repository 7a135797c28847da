//! The configuration of an image, as far as anybody asks for it (OCI image specification, `config.md`).

use std::collections::BTreeMap;

use model::Digest;
use serde::{Deserialize, Deserializer};

/// The configuration of an image. Data only: nothing of it is ever interpreted. What is absent or `null` is empty.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct ImageConfig {
    /// The processor: `amd64`, `arm64`.
    #[serde(default, deserialize_with = "or_default")]
    pub architecture: String,
    /// The operating system: `linux`.
    #[serde(default, deserialize_with = "or_default")]
    pub os: String,
    /// The kind of processor: `v8`.
    #[serde(default)]
    pub variant: Option<String>,
    /// When it was made, RFC 3339.
    #[serde(default)]
    pub created: Option<String>,
    /// Who made it.
    #[serde(default)]
    pub author: Option<String>,
    /// How it runs.
    #[serde(default, deserialize_with = "or_default")]
    pub config: RunConfig,
    /// Its layers, uncompressed.
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) rootfs: RootFs,
    /// How it was made, oldest first.
    #[serde(default, deserialize_with = "or_default")]
    pub history: Vec<HistoryEntry>,
}

/// How a container of the image runs.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct RunConfig {
    /// User and group: `1000:1000`; empty is root.
    #[serde(default, deserialize_with = "or_default")]
    pub user: String,
    /// Environment, `NAME=value` each.
    #[serde(default, deserialize_with = "or_default")]
    pub env: Vec<String>,
    /// The program.
    #[serde(default, deserialize_with = "or_default")]
    pub entrypoint: Vec<String>,
    /// Its default arguments.
    #[serde(default, deserialize_with = "or_default")]
    pub cmd: Vec<String>,
    /// Ports, as `80/tcp`.
    #[serde(default, deserialize_with = "keys")]
    pub exposed_ports: Vec<String>,
    /// Folders outside the layers.
    #[serde(default, deserialize_with = "keys")]
    pub volumes: Vec<String>,
    /// Where it starts.
    #[serde(default, deserialize_with = "or_default")]
    pub working_dir: String,
    /// Labels.
    #[serde(default, deserialize_with = "or_default")]
    pub labels: BTreeMap<String, String>,
    /// The signal that ends it.
    #[serde(default)]
    pub stop_signal: Option<String>,
    /// How to see that it is well. A Docker extension.
    #[serde(default)]
    pub healthcheck: Option<Healthcheck>,
}

/// A health check.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct Healthcheck {
    /// The command; `["NONE"]` for none.
    #[serde(default, deserialize_with = "or_default")]
    pub test: Vec<String>,
}

/// One step of how the image was made.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct HistoryEntry {
    /// When, RFC 3339.
    #[serde(default)]
    pub created: Option<String>,
    /// The instruction.
    #[serde(default)]
    pub created_by: Option<String>,
    /// A remark.
    #[serde(default)]
    pub comment: Option<String>,
    /// It made no layer.
    #[serde(default, deserialize_with = "or_default")]
    pub empty_layer: bool,
}

/// The layers, uncompressed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub(crate) struct RootFs {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) diff_ids: Vec<Digest>,
}

/// Docker writes `null` for what is empty.
fn or_default<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A set, written as an object of empty objects.
fn keys<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let set = Option::<BTreeMap<String, serde::de::IgnoredAny>>::deserialize(deserializer)?;
    Ok(set.unwrap_or_default().into_keys().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_docker_writes() {
        let text = r#"{"architecture":"amd64","os":"linux","config":{"User":"","Env":["A=1"],"Cmd":null,"Labels":null,
            "ExposedPorts":{"80/tcp":{}},"OnBuild":null},"rootfs":{"type":"layers","diff_ids":null},"history":null}"#;
        let config: ImageConfig = serde_json::from_str(text).expect("a configuration");
        assert_eq!(config.config.env, ["A=1"]);
        assert_eq!(config.config.exposed_ports, ["80/tcp"]);
        assert!(config.history.is_empty());
    }

    #[test]
    fn a_diff_id_is_a_digest() {
        let text = r#"{"rootfs":{"diff_ids":["sha256:../../etc/passwd"]}}"#;
        assert!(serde_json::from_str::<ImageConfig>(text).is_err());
    }
}
