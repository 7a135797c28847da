//! The embedded default advisory snapshot: facts only.
//!
//! Ids, aliases, package names, ranges, versions, severity vectors, CWE numbers, dates and addresses; no prose of any source.
//! `README.md` beside this crate says what it is made from and how it is made again.

/// The bytes of the snapshot, as `portcullis db build` writes them. They are used where they lie, without a copy.
pub static SNAPSHOT: &[u8] = include_bytes!("../data/default.snapshot");

/// Public keys whose holders may publish bundles, one a line in minisign's format. Empty as published: nobody vouches for
/// advisory data in this project's name. Whoever builds the program for others puts theirs into the file.
pub const TRUSTED_KEYS: &str = include_str!("../data/trusted.keys");
