//! All claims in one table, asked once a file.

use model::{TargetKind, TreePath};

use crate::{Detector, detectors};

/// A detector's place in the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DetectorId(usize);

/// All claims that count for one kind of target.
pub struct ClaimTable {
    selected: Vec<DetectorId>,
}

/// What the claims say of one file name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Detectors that want it by name or path.
    pub detectors: Vec<DetectorId>,
    /// Some detector wants it beside another file.
    pub companion: bool,
    /// How many first bytes the magic claims want to see; 0 for none.
    pub head: usize,
    /// The most bytes any of them reads.
    pub limit: u64,
}

impl ClaimTable {
    /// The claims that count for this kind of target by default; `all_evidence` takes the others too.
    pub fn new(kind: TargetKind, all_evidence: bool) -> ClaimTable {
        let _ = (kind, all_evidence);
        ClaimTable { selected: (0..detectors().len()).map(DetectorId).collect() }
    }

    /// What the claims say of a file. Cheap: one hash look-up of the name and a few comparisons.
    pub fn route(&self, path: &TreePath, executable: bool) -> Route {
        let _ = (path, executable, &self.selected);
        Route::default()
    }

    /// Detectors whose magic claim wants a file that begins so, with the largest limit among them.
    pub fn sniff(&self, head: &[u8]) -> (Vec<DetectorId>, u64) {
        let _ = head;
        (Vec::new(), 0)
    }

    /// The paths among `available` that this detector wants beside the file at `path`.
    pub fn companions<'a>(&self, detector: DetectorId, path: &TreePath, available: &'a [TreePath]) -> Vec<&'a TreePath> {
        let _ = (detector, path, available);
        Vec::new()
    }

    /// Exact paths some claim names: an image's links must be resolved for these even when nobody stored a file under that name.
    pub fn exact_paths(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

impl DetectorId {
    /// The detector.
    pub fn detector(self) -> &'static Detector {
        detectors()[self.0]
    }
}
