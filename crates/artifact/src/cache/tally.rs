//! What a cache was good for, and what it holds.

use std::sync::atomic::{AtomicU64, Ordering};

/// What a cache was good for since it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Layers that were not read because the cache held them.
    pub found: u64,
    /// Layers that were read and are kept now.
    pub kept: u64,
    /// Entries that were damaged, and removed.
    pub damaged: u64,
}

/// What a cache holds, or what was removed from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Entries.
    pub entries: u64,
    /// Bytes of all files.
    pub bytes: u64,
    /// Files that somebody writes, or that were left behind by who was killed.
    pub unfinished: u64,
}

#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) found: AtomicU64,
    pub(super) kept: AtomicU64,
    pub(super) damaged: AtomicU64,
}

impl Counters {
    pub(super) fn tally(&self) -> Tally {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Tally { found: read(&self.found), kept: read(&self.kept), damaged: read(&self.damaged) }
    }
}
