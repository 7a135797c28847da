//! Portcullis as a library: build a [`Scanner`] once, share it, ask it for [`Report`]s.
//!
//! ```no_run
#![doc = include_str!("../examples/embed.rs")]
//! ```
//!
//! No globals: the date is an argument, and so are the number of threads, the deadline, the limits and the data. Nothing
//! is printed, no environment variable is read, and nothing leaves the machine. A [`Scanner`] is `Send + Sync`.

pub mod admission;
mod advisories;
mod assemble;
mod assigned;
mod claims;
mod collect;
mod combined;
mod config;
mod config_tree;
mod credential;
mod documents;
mod embedded;
mod fingerprint;
mod hidden;
mod ignores;
mod image;
mod kept;
mod line_hash;
mod lineage;
mod named;
mod parse;
mod patches;
mod policy_check;
mod policy_room;
mod read;
mod scanner;
mod secrets;
mod snippet;
mod source;
mod stated;
mod target;
mod threads;

pub use advisories::{open_advisories, trusted_keys};
pub use config::{Advisories, Config, MoreEvidence, ScannerKind, Scanners};
pub use config_tree::ConfigTree;
pub use image::ImageDocument;
pub use model::{Cancel, Report};
pub use policy_check::report_on_policies;
pub use scanner::{ScanError, Scanner, SetupError};
pub use source::Source;
pub use stated::is_sbom;

// The rooms, for embedders that want one of them alone, and for the command line.
#[cfg(feature = "update")]
pub use feed;
#[cfg(any(feature = "registry", feature = "update"))]
pub use network;
#[cfg(feature = "registry")]
pub use registry;
pub use {advisory, artifact, document, gate, inventory, model, policy, report};

/// The policies that come with the program.
pub mod builtin_policies;
mod builtin_room;
