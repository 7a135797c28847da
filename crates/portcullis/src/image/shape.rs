//! The shape `portcullis.image/1`, which rules see. It grows by addition only; `docs/documents.md` describes it.

use std::collections::BTreeMap;

use model::{Digest, Efficiency, LayerIndex, TreePath};
use serde::{Deserialize, Serialize};

/// The name and version of the shape.
pub(super) const SCHEMA: &str = "portcullis.image/1";

#[derive(Serialize)]
pub(super) struct Image {
    pub(super) schema: &'static str,
    /// The date everything is judged by; an input, not the clock.
    pub(super) evaluated_at: String,
    pub(super) name: String,
    pub(super) digest: Option<Digest>,
    pub(super) platform: Option<String>,
    pub(super) created: Option<String>,
    pub(super) age_days: Option<i64>,
    /// `null` where it could not be read.
    pub(super) config: Option<Config>,
    pub(super) history: Vec<Step>,
    pub(super) layers: Vec<Layer>,
    /// `null` where no operating system was found.
    pub(super) os: Option<System>,
    pub(super) base: BaseImage,
    pub(super) special_files: Vec<SpecialFile>,
    pub(super) programs: Vec<Program>,
    pub(super) caches: Vec<Cache>,
    /// How many are left out of the lists.
    pub(super) cut: Cut,
    /// Files in all layers.
    pub(super) files: u64,
    pub(super) efficiency: Option<Efficiency>,
}

#[derive(Serialize)]
pub(super) struct Config {
    pub(super) user: String,
    pub(super) env: Vec<Variable>,
    pub(super) entrypoint: Vec<String>,
    pub(super) cmd: Vec<String>,
    /// `null` where there is none; its command is `["NONE"]` where it was turned off.
    pub(super) healthcheck: Option<Vec<String>>,
    pub(super) exposed_ports: Vec<String>,
    pub(super) volumes: Vec<String>,
    pub(super) labels: BTreeMap<String, String>,
    pub(super) working_dir: String,
    pub(super) stop_signal: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) value: String,
}

#[derive(Serialize)]
pub(super) struct Step {
    pub(super) index: usize,
    pub(super) instruction: String,
    pub(super) created: Option<String>,
    pub(super) age_days: Option<i64>,
    pub(super) empty_layer: bool,
    /// The layer it made, where that can be told.
    pub(super) layer: Option<LayerIndex>,
    /// Names that it gives a value: of ENV and ARG, of build arguments, of assignments in a command.
    pub(super) variables: Vec<Variable>,
}

#[derive(Serialize)]
pub(super) struct Layer {
    pub(super) index: LayerIndex,
    pub(super) digest: Option<Digest>,
    pub(super) diff_id: Option<Digest>,
    pub(super) size: u64,
    pub(super) instruction: Option<String>,
    pub(super) base: Option<bool>,
}

#[derive(Serialize)]
pub(super) struct System {
    pub(super) id: String,
    pub(super) version: Option<String>,
    pub(super) name: Option<String>,
    /// The file that says so.
    pub(super) path: Option<TreePath>,
    pub(super) layer: Option<LayerIndex>,
    pub(super) end_of_life: EndOfLife,
}

#[derive(Serialize)]
pub(super) struct EndOfLife {
    pub(super) state: &'static str,
    /// The last day of support.
    pub(super) date: Option<String>,
    /// The last day of extended support.
    pub(super) extended_until: Option<String>,
}

#[derive(Serialize)]
pub(super) struct BaseImage {
    pub(super) reference: Option<String>,
    pub(super) digest: Option<String>,
    /// How many of the lowest layers are its; `null` where nobody says.
    pub(super) layers: Option<usize>,
    /// `option` or `label`.
    pub(super) known_by: Option<&'static str>,
    pub(super) created: Option<String>,
    pub(super) age_days: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SpecialFile {
    pub(super) path: TreePath,
    pub(super) layer: LayerIndex,
    /// Octal: `4755`.
    pub(super) mode: String,
    pub(super) setuid: bool,
    pub(super) setgid: bool,
    pub(super) base: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Program {
    pub(super) name: String,
    pub(super) path: TreePath,
    pub(super) layer: LayerIndex,
    pub(super) base: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Cache {
    pub(super) tool: String,
    pub(super) path: TreePath,
    pub(super) layer: LayerIndex,
    pub(super) files: u64,
    pub(super) bytes: u64,
    pub(super) base: Option<bool>,
}

#[derive(Serialize)]
pub(super) struct Cut {
    pub(super) special_files: u64,
    pub(super) programs: u64,
}
