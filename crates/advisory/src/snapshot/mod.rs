//! The snapshot: one immutable file, mapped, shared by any number of processes without a lock.
//!
//! # Format
//!
//! A head (see [`head`]) and seven sections:
//!
//! | section | made of | read by |
//! |---|---|---|
//! | package names | a directory ([`groups`]): where the group of a key, the hash of (ecosystem, normalised name), begins | every lookup |
//! | packages | groups of some four packages: each with its postings ([`entry`]: record, affected versions) | every lookup |
//! | affected versions | blocks ([`affected`]): windows of versions, sorted when the file was built; equal ones once | lookups that hit |
//! | records | blocks ([`mod@record`]): the facts of a record, in order of id | records that match |
//! | shared texts | blocks: a text each | records that match |
//! | ids | buckets ([`index`]): hash of an id or alias to a record | `explain` |
//! | lifetimes | blocks ([`lifetime`]): release cycles of a product | once for an operating system |
//!
//! A block is a checksum (4 bytes, little-endian), a length and a body; numbers are LEB128, texts are a length and UTF-8.
//! The checksum ([`mod@sum`]) covers length and body and is compared on every access, as is that of every group and bucket: damage anywhere
//! on the way to an answer is an error, also where the answer is "nothing". The head holds the SHA-256 of each section and
//! ends with its own, which is compared on opening and names the snapshot. [`Snapshot::verify`] reads everything.
//!
//! Equal input gives equal bytes: records are sorted by id, packages by key, ecosystem and name, and blocks are written in the
//! order of their first use.

pub(crate) mod affected;
mod cursor;
mod ecosystems;
pub(crate) mod encode;
pub(crate) mod entry;
mod error;
pub(crate) mod groups;
pub(crate) mod head;
pub(crate) mod index;
pub(crate) mod lifetime;
mod map;
mod open;
pub(crate) mod record;
pub(crate) mod section;
mod stored;
pub(crate) mod sum;
#[cfg(test)]
mod tests;

pub use error::SnapshotError;
pub use open::{Snapshot, SnapshotInfo};
pub use stored::Stored;
