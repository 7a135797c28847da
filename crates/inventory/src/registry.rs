//! The one list of ecosystems: a line each enters its detectors.

use crate::Detector;

/// Every detector there is.
pub fn detectors() -> &'static [&'static Detector] {
    DETECTORS
}

const DETECTORS: &[&Detector] = &[];
