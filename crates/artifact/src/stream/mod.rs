//! From a stored blob to the bytes of a layer, verified on the way.
//!
//! Reading and hashing what is stored, inflating, hashing what comes out, and whoever consumes it run on four threads
//! (plain bytes: the last and the one that hashes) with a few chunks between them: a layer costs what its slowest stage
//! costs, whoever waits for another hashes instead, and memory stays at those chunks and what somebody keeps of them. Layers of one
//! image take their chunks from one pool.

mod allowance;
mod blob;
mod chunk;
mod compression;
mod digests;
mod fault;
mod gzip;
mod handover;
mod inflate;
mod passing;
mod pipeline;
mod spool;
mod sums;
mod zstd;

pub(crate) use allowance::Allowance;
pub(crate) use blob::{Blob, Store};
pub(crate) use chunk::{Chunks, Piece, Pool};
pub(crate) use compression::Compression;
pub(crate) use digests::{Digests, digest_of};
pub(crate) use fault::StreamFault;
pub(crate) use inflate::{Bounds, Inflating, inflate_head, inflate_into};
pub(crate) use pipeline::{Checks, Outcome, stream};
pub(crate) use spool::Spool;

#[cfg(test)]
mod tests;
