//! Bytes to packages: one folder an ecosystem, each a pure `(bytes, origin) -> (packages, problems)`.
//!
//! A detector says in its [`Claim`]s which files it wants; the [`ClaimTable`] asks all claims once a file name.
//! Nothing here opens a file, prints, or knows of advisories.

mod apk;
mod bounds;
mod bun;
mod cargo;
mod claim;
mod detector;
mod distribution;
mod dpkg;
mod executable;
mod fault_log;
mod golang;
mod graph;
#[cfg(test)]
mod hostile;
mod json;
mod lines;
#[cfg(test)]
mod listing;
mod locked;
mod npm;
mod os_release;
mod ownership;
mod package_list;
mod pdm;
mod pipenv;
mod pnpm;
mod poetry;
mod pylock;
mod pypi;
#[cfg(test)]
mod real;
mod registry;
mod table;
mod toml_tree;
mod tree;
mod uv;
mod yaml_tree;
mod yarn;

pub use claim::{Claim, Companion, Pattern};
pub use detector::{CompanionFile, Detector, Evidence, Input, Parsed};
pub use distribution::attribute_distribution;
pub use registry::detectors;
pub use table::{ClaimTable, DetectorId, Route};
