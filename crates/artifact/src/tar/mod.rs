//! A strict, read-only reader of tar streams: what a container runtime would see, and every place where another reader
//! would see something else.
//!
//! Formats: v7, ustar, pax (POSIX.1-2001), GNU long names, base-256 numbers, sparse files in all four encodings (old
//! GNU, pax 0.0, 0.1 and 1.0). Where readers differ, the reading of Go's `archive/tar` counts, for the container
//! runtimes are built on it, and the place is a [`Doubt`]. Contents nobody asks for are passed over without a copy.

mod block;
mod body;
mod entry;
mod fault;
mod names;
mod number;
mod pax;
mod reader;
mod skip;
mod sparse;

pub(crate) use block::{BLOCK, is_header};
pub(crate) use entry::{Entry, Kind};
pub(crate) use fault::{Doubt, Fault};
pub(crate) use reader::Reader;
pub(crate) use skip::{Body, Plain, SeekingFile, Skip};

#[cfg(test)]
mod tests;
