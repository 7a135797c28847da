//! A token that stops long work: set by the caller, or by a deadline the caller chose.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Shared by a caller and the rooms that work for it. Clones share one flag.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    flag: Arc<AtomicBool>,
    deadline: Option<Instant>,
}

/// The work was stopped before its end; what was found so far stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped: cancelled or past its deadline")]
pub struct Cancelled;

impl Cancel {
    /// A token without a deadline.
    pub fn new() -> Cancel {
        Cancel::default()
    }

    /// A token that also fires at `deadline`.
    pub fn with_deadline(deadline: Instant) -> Cancel {
        Cancel { flag: Arc::default(), deadline: Some(deadline) }
    }

    /// Stops everybody who holds a clone.
    pub fn cancel(&self) {
        self.flag.store(true, Ordering::Relaxed);
    }

    /// `Err` once cancelled or past the deadline. Cheap enough for an inner loop over blocks.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// True once cancelled or past the deadline.
    pub fn is_cancelled(&self) -> bool {
        self.flag.load(Ordering::Relaxed) || self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// The deadline the caller chose, for engines that keep their own timer.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }
}
