//! What an image's bytes are spent on: every content with its size, and what is left of it in the end.

use model::{DiveFigures, Efficiency, Waste};

use super::waste::{Lost, Written, by_cause, lost};
use crate::content_sum::ContentSum;
use crate::tree::{ContentId, NodeId, Tree};

/// More files than this help nobody to make an image smaller.
const MOST_LISTED: usize = 100;

/// Contents and paths of all layers read so far.
#[derive(Default)]
pub(super) struct Ledger {
    contents: Vec<Written>,
    /// By node: what dive counts of a path.
    paths: Vec<Occurrences>,
    layer_bytes: Vec<u64>,
}

/// How often a path occurs in layers, and with which sizes.
#[derive(Clone, Copy, Default)]
struct Occurrences {
    count: u32,
    sum: u64,
    least: u64,
}

impl Ledger {
    /// A layer's entry that brings a content.
    pub(super) fn wrote(&mut self, id: ContentId, node: NodeId, size: u64) {
        self.contents.push(Written { id, node, size, sum: None });
        let layer = id.layer as usize;
        if self.layer_bytes.len() <= layer {
            self.layer_bytes.resize(layer + 1, 0);
        }
        self.layer_bytes[layer] = self.layer_bytes[layer].saturating_add(size);
        self.occurred(node, size);
    }

    /// The content of an entry has passed, and this is its sum. Entries that brought none are no matter.
    pub(super) fn passed(&mut self, id: ContentId, sum: ContentSum) {
        if let Some(last) = self.contents.last_mut().filter(|last| last.id == id) {
            last.sum = Some(sum);
        }
    }

    /// A layer's entry for a path, of any kind; a whiteout of a folder has the size of what it hides.
    pub(super) fn occurred(&mut self, node: NodeId, size: u64) {
        let at = node.index();
        if self.paths.len() <= at {
            self.paths.resize(at + 1, Occurrences::default());
        }
        let path = &mut self.paths[at];
        path.least = if path.count == 0 { size } else { path.least.min(size) };
        path.sum = path.sum.saturating_add(size);
        path.count += 1;
    }

    /// What it comes to, once the tree is as the last layer left it. `caches` are paths of folders.
    pub(super) fn close(&self, tree: &Tree, caches: &[String]) -> Efficiency {
        let mut lost = lost(&self.contents, tree, caches);
        lost.sort_by_key(|lost| (std::cmp::Reverse(lost.written.size), lost.written.id));
        let waste: Vec<Waste> = lost.iter().take(MOST_LISTED).filter_map(|lost| lost.told(tree)).collect();
        let sum = |is_counted: &dyn Fn(&&Lost<'_>) -> bool| {
            lost.iter().filter(is_counted).fold(0_u64, |sum, lost| sum.saturating_add(lost.written.size))
        };
        Efficiency {
            total_bytes: self.layer_bytes.iter().fold(0, |sum, bytes| sum.saturating_add(*bytes)),
            reclaimable_bytes: sum(&|_| true),
            hidden_bytes: sum(&|lost| lost.is_hidden),
            causes: by_cause(&lost),
            more_waste: (lost.len() - waste.len()) as u64,
            waste,
            dive: self.dive(),
        }
    }

    /// `dive/filetree/efficiency.go` and `dive/image/analysis.go`, as research describes them; without sizes nothing is wasted.
    fn dive(&self) -> DiveFigures {
        let (mut least, mut sum, mut wasted_bytes) = (0_u64, 0_u64, 0_u64);
        for path in &self.paths {
            least = least.saturating_add(path.least);
            sum = sum.saturating_add(path.sum);
            if path.count > 1 {
                wasted_bytes = wasted_bytes.saturating_add(path.sum);
            }
        }
        let user_bytes = self.layer_bytes.iter().skip(1).fold(0_u64, |sum, bytes| sum.saturating_add(*bytes));
        DiveFigures {
            efficiency: if sum == 0 { 1.0 } else { ratio(least, sum) },
            wasted_bytes,
            user_wasted_ratio: (user_bytes > 0).then(|| ratio(wasted_bytes, user_bytes)),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "images are far below 2^53 bytes, and a ratio is no count")]
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}
