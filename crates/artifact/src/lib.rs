//! Where bytes come from: folders, files, standard input, images.
//!
//! [`detect`] tells what a path holds, [`open`] reads identity (digest, platform, layers, configuration), and
//! [`Artifact::walk`] streams every entry once past a [`Sink`] that says what it wants. No file of an image is unpacked to disk,
//! no link is followed out of the root, no allocation is sized by what the input claims, and every count and size
//! has a limit ([`Limits`]). Faults of input are [`model::Problem`]s; what was found before a fault stays found.

mod artifact;
mod buffer;
mod cache;
mod content_sum;
mod detect;
mod error;
mod exclude;
mod file;
mod folder;
mod gathered;
mod image;
mod input;
mod limits;
mod open;
mod options;
mod pieces;
mod record;
#[cfg(test)]
mod recorder;
mod remote;
mod seen;
mod shelf;
mod sink;
mod source;
mod stream;
mod take;
mod tar;
mod tree;
mod view;

pub use artifact::Artifact;
#[doc(hidden)]
pub use cache::read_entry_for_tests;
pub use cache::{Cache, CacheLimits, CacheRefused, Derived, Kept, KeptLayer, Tally};
pub use detect::detect;
pub use error::OpenError;
pub use gathered::Gathered;
pub use image::config::{Healthcheck, HistoryEntry, ImageConfig, RunConfig};
pub use input::Stream;
pub use limits::{Limits, UnknownLimit};
pub use open::{open, open_bytes, open_reader, open_stream};
pub use options::Options;
pub use pieces::PieceReader;
pub use remote::{Part, Remote, RootDocument, Wanted, open_remote};
pub use seen::{Program, SpecialFile, Spent};
pub use shelf::FileBytes;
pub use sink::{FileMeta, Interest, Sink, Ticket, Walk};
pub use source::Source;
pub use view::View;
