//! How much a cache may keep, and for how long.

use std::time::Duration;

/// Bounds of a cache. What was used longest ago goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheLimits {
    /// Bytes of all entries.
    pub bytes: u64,
    /// How long an entry is kept that nobody uses.
    pub unused: Duration,
}

const MIB: u64 = 1 << 20;
const DAY: Duration = Duration::from_secs(86_400);

impl CacheLimits {
    /// Of 2 GiB: room for some hundred images.
    pub const DEFAULT_MIB: u64 = 2048;
    /// A month.
    pub const DEFAULT_DAYS: u32 = 30;

    /// So many MiB, so many days.
    pub fn new(mib: u64, days: u32) -> CacheLimits {
        CacheLimits { bytes: mib.saturating_mul(MIB), unused: DAY * days }
    }

    /// The most one entry may take: a layer that would push out most others is not worth it.
    pub(super) fn entry_bytes(self) -> u64 {
        self.bytes / 4
    }
}

impl Default for CacheLimits {
    fn default() -> CacheLimits {
        CacheLimits::new(CacheLimits::DEFAULT_MIB, CacheLimits::DEFAULT_DAYS)
    }
}
