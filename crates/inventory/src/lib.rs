//! Bytes to packages: one folder an ecosystem, each a pure `(bytes, origin) -> (packages, problems)`.
//!
//! A detector says in its [`Claim`]s which files it wants; the [`ClaimTable`] asks all claims once a file name.
//! Nothing here opens a file, prints, or knows of advisories.

mod apk;
mod bounds;
mod claim;
mod detector;
mod distribution;
mod dpkg;
mod executable;
mod fault_log;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod listing;
mod os_release;
mod ownership;
mod registry;
mod table;

pub use claim::{Claim, Companion, Pattern};
pub use detector::{CompanionFile, Detector, Evidence, Input, Parsed};
pub use distribution::attribute_distribution;
pub use registry::detectors;
pub use table::{ClaimTable, DetectorId, Route};
