//! The one list of ecosystems: a line each enters its detectors.

use crate::Detector;

/// Every detector there is.
pub fn detectors() -> &'static [&'static Detector] {
    DETECTORS
}

const DETECTORS: &[&Detector] = &[
    // operating systems
    &crate::apk::DETECTOR,
    &crate::dpkg::DETECTOR,
    &crate::os_release::DETECTOR,
    // lockfiles and manifests
    &crate::bun::DETECTOR,
    &crate::cargo::DETECTOR,
    &crate::golang::DETECTOR,
    &crate::npm::DETECTOR,
    &crate::pdm::DETECTOR,
    &crate::pipenv::DETECTOR,
    &crate::pnpm::DETECTOR,
    &crate::poetry::DETECTOR,
    &crate::pylock::DETECTOR,
    &crate::pypi::DETECTOR,
    &crate::uv::DETECTOR,
    &crate::yarn::DETECTOR,
    // executables
    &crate::executable::CARGO_AUDITABLE,
    &crate::executable::GO_BUILD_INFO,
];
