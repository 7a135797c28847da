//! How many bytes of an image a container of it cannot see, and why they are there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{LayerIndex, TreePath};

/// Bytes of all layers, and those no container can see. Sizes are of files, not of the compressed layers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Efficiency {
    /// Bytes of all files in all layers.
    pub total_bytes: u64,
    /// Bytes of files that a later entry overwrites or deletes: an image made in one layer would not have them.
    pub reclaimable_bytes: u64,
    /// The largest of these files, largest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waste: Vec<Waste>,
    /// How many more there are, which are not listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_waste: u64,
    /// The figures that dive (wagoodman/dive) computes, for gates that are set by them.
    pub dive: DiveFigures,
}

/// One file whose bytes are there and cannot be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waste {
    /// The file.
    pub path: TreePath,
    /// The layer that holds the bytes.
    pub layer: LayerIndex,
    /// How many.
    pub bytes: u64,
    /// What became of it.
    pub cause: WasteCause,
    /// The layer that did it.
    pub by: LayerIndex,
}

/// Why bytes cannot be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WasteCause {
    /// The same path was written again.
    Overwritten,
    /// The file, or a folder it was in, was deleted.
    Deleted,
}

/// dive's figures, by its definitions: they count a path's every copy as wasted where it occurs twice, the one that is kept included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DiveFigures {
    /// The least size of every path to the sum of its sizes, over all paths; 1 is best.
    pub efficiency: f64,
    /// Sizes of all paths that occur more than once.
    pub wasted_bytes: u64,
    /// The same to the bytes of all layers but the first; absent where there is one layer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_wasted_ratio: Option<f64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}
