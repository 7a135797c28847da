//! How fast bytes come.

use std::time::Duration;

/// How fast bytes come. Only the time that was waited for them counts: whoever reads may be slow.
#[derive(Debug, Default)]
pub struct Pace {
    waited: Duration,
    bytes: u64,
}

impl Pace {
    /// So many bytes came after so long a wait.
    pub fn add(&mut self, waited: Duration, bytes: usize) {
        self.waited += waited;
        self.bytes += bytes as u64;
    }

    /// Asked once in each stretch of waiting, which then begins anew.
    pub fn is_slow(&mut self, stretch: Duration, slowest: u64) -> bool {
        if self.waited < stretch {
            return false;
        }
        let due = slowest.saturating_mul(self.waited.as_secs().max(1));
        let is_slow = self.bytes < due;
        *self = Pace::default();
        is_slow
    }
}
