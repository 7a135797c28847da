//! Bytes to packages: one folder an ecosystem, each a pure `(bytes, origin) -> (packages, problems)`.
//!
//! A detector says in its [`Claim`]s which files it wants; the [`ClaimTable`] asks all claims once a file name.
//! Nothing here opens a file, prints, or knows of advisories.

mod apk;
mod bazel;
mod bottlerocket;
mod bounds;
mod bun;
mod bundler;
mod cargo;
mod carthage;
mod checksum;
mod claim;
mod cocoapods;
mod companions;
mod composer;
mod conan;
mod conda;
mod detector;
mod distribution;
mod dpkg;
mod executable;
mod fault_log;
mod gemspec;
mod golang;
mod gradle;
mod graph;
mod helm;
#[cfg(test)]
mod hostile;
mod java;
mod json;
mod julia;
mod lines;
#[cfg(test)]
mod listing;
mod locked;
mod maven;
mod mix;
mod nix;
mod node;
mod npm;
mod nuget;
mod opkg;
mod os_release;
mod ownership;
mod package_list;
mod pacman;
mod pdm;
mod pipenv;
mod pnpm;
mod poetry;
mod portage;
mod pubspec;
mod pylock;
mod pypi;
mod python;
#[cfg(test)]
mod real;
mod rebar;
mod registry;
mod renv;
mod rpm;
mod runtime;
mod sbom;
mod sbt;
mod sqlite;
mod sqlite_wal;
mod swift;
mod table;
mod terraform;
mod toml_tree;
mod tree;
mod uv;
mod xml_tree;
mod yaml_tree;
mod yarn;

pub use claim::{Claim, Companion, Pattern};
pub use detector::{CompanionFile, Detector, Evidence, Input, Parsed};
pub use distribution::attribute_distribution;
pub use registry::detectors;
pub use sbom::{is_sbom, read_purls, read_sbom};
pub use table::{ClaimTable, DetectorId, Route};
