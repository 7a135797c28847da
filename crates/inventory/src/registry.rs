//! The one list of ecosystems: a line each enters its detectors.

use crate::Detector;

/// Every detector there is.
pub fn detectors() -> &'static [&'static Detector] {
    DETECTORS
}

const DETECTORS: &[&Detector] = &[
    // operating systems
    &crate::apk::DETECTOR,
    &crate::bottlerocket::DETECTOR,
    &crate::dpkg::DETECTOR,
    &crate::nix::DETECTOR,
    &crate::opkg::DETECTOR,
    &crate::os_release::DETECTOR,
    &crate::pacman::DETECTOR,
    &crate::portage::DETECTOR,
    &crate::rpm::DETECTOR,
    &crate::rpm::MANIFEST,
    // lockfiles and manifests
    &crate::bazel::DETECTOR,
    &crate::bun::DETECTOR,
    &crate::bundler::DETECTOR,
    &crate::cargo::DETECTOR,
    &crate::carthage::DETECTOR,
    &crate::cocoapods::DETECTOR,
    &crate::composer::LOCK,
    &crate::conan::DETECTOR,
    &crate::conda::ENVIRONMENT,
    &crate::conda::EXPLICIT,
    &crate::conda::LOCK,
    &crate::golang::DETECTOR,
    &crate::gradle::CATALOG,
    &crate::gradle::DETECTOR,
    &crate::gradle::VERIFICATION,
    &crate::helm::DETECTOR,
    &crate::julia::DETECTOR,
    &crate::maven::DETECTOR,
    &crate::mix::DETECTOR,
    &crate::npm::DETECTOR,
    &crate::nuget::ASSETS,
    &crate::nuget::CENTRAL,
    &crate::nuget::CONFIG,
    &crate::nuget::DEPS,
    &crate::nuget::LOCK,
    &crate::pdm::DETECTOR,
    &crate::pipenv::DETECTOR,
    &crate::pnpm::DETECTOR,
    &crate::poetry::DETECTOR,
    &crate::pubspec::DETECTOR,
    &crate::pylock::DETECTOR,
    &crate::pypi::DETECTOR,
    &crate::rebar::DETECTOR,
    &crate::renv::DETECTOR,
    &crate::sbt::DETECTOR,
    &crate::swift::DETECTOR,
    &crate::terraform::DETECTOR,
    &crate::uv::DETECTOR,
    &crate::yarn::DETECTOR,
    // installed packages of languages
    &crate::composer::INSTALLED,
    &crate::conda::DETECTOR,
    &crate::gemspec::DETECTOR,
    &crate::java::DETECTOR,
    &crate::node::DETECTOR,
    &crate::python::DETECTOR,
    &crate::sbom::DETECTOR,
    // executables
    &crate::executable::CARGO_AUDITABLE,
    &crate::executable::GO_BUILD_INFO,
    &crate::executable::PACKED,
    // programs nobody packaged
    &crate::runtime::FINGERPRINT,
    &crate::runtime::JAVA_LIBRARY,
    &crate::runtime::JAVA_RELEASE,
    &crate::runtime::RELEASE,
];
