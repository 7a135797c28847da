//! How many bytes of an image it could do without, and why they are there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{LayerIndex, TreePath};

/// Bytes of all layers, and those an image of the same use would not have. Sizes are of files, not of the compressed layers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Efficiency {
    /// Bytes of all files in all layers.
    pub total_bytes: u64,
    /// Bytes it could do without, each counted once: the sum of `causes`.
    pub reclaimable_bytes: u64,
    /// Those of them that no container can see, for a later entry overwrites or deletes their file: an image made in one layer
    /// would not have them.
    #[serde(default)]
    pub hidden_bytes: u64,
    /// All of the reclaimable bytes, by the layer that holds them and by cause.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Reclaimable>,
    /// The largest of the files that hold them, largest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waste: Vec<Waste>,
    /// How many more there are, which are not listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_waste: u64,
    /// The figures that dive (wagoodman/dive) computes, for gates that are set by them.
    pub dive: DiveFigures,
}

/// Bytes of one layer that have one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reclaimable {
    /// The layer that holds them.
    pub layer: LayerIndex,
    /// Why the image could do without them.
    pub cause: WasteCause,
    /// The files they are of.
    pub files: u64,
    /// How many.
    pub bytes: u64,
}

/// One file the image could do without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waste {
    /// The file.
    pub path: TreePath,
    /// The layer that holds the bytes.
    pub layer: LayerIndex,
    /// How many.
    pub bytes: u64,
    /// Why.
    pub cause: WasteCause,
    /// The layer that overwrote or deleted it, or wrote it again as it was; of another file of the same content, and of a cache, the
    /// layer of that file.
    pub by: LayerIndex,
    /// The other file of the same content, which is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<TreePath>,
}

/// Why an image could do without bytes. What several causes would fit has the first of them that is true in this order: it cannot be
/// seen, it is of a cache, it is there twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WasteCause {
    /// The same path was written again, otherwise.
    Overwritten,
    /// The file, or a folder it was in, was deleted.
    Deleted,
    /// The same content is there a second time: under another path that can be seen, or because the path was written again as it was.
    DuplicateContent,
    /// It can be seen and lies in the cache of a package manager, which nothing needs to run.
    Cache,
}

impl WasteCause {
    /// All of them, in their order.
    pub const ALL: [WasteCause; 4] =
        [WasteCause::Overwritten, WasteCause::Deleted, WasteCause::DuplicateContent, WasteCause::Cache];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            WasteCause::Overwritten => "overwritten",
            WasteCause::Deleted => "deleted",
            WasteCause::DuplicateContent => "duplicate-content",
            WasteCause::Cache => "cache",
        }
    }
}

impl Efficiency {
    /// The reclaimable bytes that have this cause.
    pub fn bytes_of(&self, cause: WasteCause) -> u64 {
        let of_cause = self.causes.iter().filter(|one| one.cause == cause);
        of_cause.fold(0, |sum, one| sum.saturating_add(one.bytes))
    }
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
