//! What a walk over an image's layers yields, kept in a folder: a layer that was read once is not read again.
//!
//! An entry of the cache is one file. It holds what the walk took from one layer, in the layer's order: every entry of
//! its tar (kind, name, link, size, mode), and the bytes of those files that somebody wanted, as far as they were read.
//! Of programs only the head is kept where the sink keeps what came of the rest ([`KeptLayer`]).
//! [`Replay`] gives them to the same code that reads a tar, so that all that follows cannot tell the difference.
//!
//! **Names.** A file is named after a [`Key`]: what the walk wishes, and the chain of layers up to this one by diff id,
//! digest and size. The layers below belong to it because their links decide where a file of this layer really lies, and
//! so whether it is wanted (`usr/lib` of a merged root). Only what was held against its digests and gave no problem
//! is kept, and nothing above a layer that did.
//!
//! **Files.** They are written beside their place and renamed, carry a checksum over every byte, and are never changed:
//! several processes may use a folder, and one that is killed leaves nothing that could be taken for an entry.

mod check;
mod derived;
mod folder;
mod format;
mod key;
mod limits;
mod owner;
mod replay;
mod tally;
mod write;

pub(crate) use derived::find;
pub use derived::{Derived, KeptLayer};
pub use folder::Cache;
pub use limits::CacheLimits;
pub use owner::CacheRefused;
pub use tally::{Kept, Tally};

pub(crate) use key::{Chain, Key, Part};
pub(crate) use replay::{Given, NotKept, Replay};
pub(crate) use write::Writer;

/// Reads bytes as an entry of the cache would be read, whatever key they are of. For fuzzing.
#[doc(hidden)]
pub fn read_entry_for_tests(bytes: &[u8]) -> Option<u64> {
    check::entries_of(bytes)
}

#[cfg(test)]
mod tests;
