//! How much content a stream may still give, where that is known for certain only once the layers below it were counted.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::StreamFault;
use super::inflate::Bounds;

/// Bounds of one stream that may become narrower while it is read. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Allowance(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    bounds: Bounds,
    /// The most content it was asked about.
    content: u64,
}

impl Allowance {
    /// Holds a stream to other bounds from here on. False where more came already than they allow: then nothing is changed.
    pub(crate) fn narrow(&self, bounds: Bounds) -> bool {
        let mut state = self.state();
        if state.content > bounds.most && bounds.most < state.bounds.most {
            return false;
        }
        state.bounds = bounds;
        true
    }

    /// What it allows now.
    pub(crate) fn bounds(&self) -> Bounds {
        self.state().bounds
    }

    pub(super) fn check(&self, content: u64, stored: u64) -> Result<(), StreamFault> {
        let mut state = self.state();
        state.content = content;
        state.bounds.check(content, stored)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<Bounds> for Allowance {
    fn from(bounds: Bounds) -> Allowance {
        Allowance(Arc::new(Mutex::new(State { bounds, content: 0 })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    #[test]
    fn narrower_bounds_count_unless_they_come_too_late() {
        let bounds = |most| Bounds { most, ..Bounds::new(&Limits::default(), "image_bytes", 1 << 30) };
        let allowance = Allowance::from(bounds(100));
        let sharing = allowance.clone();
        assert!(sharing.check(60, 60).is_ok());
        assert!(!allowance.narrow(bounds(59)));
        assert!(sharing.check(80, 80).is_ok(), "nothing was changed");
        assert!(allowance.narrow(bounds(90)));
        assert!(sharing.check(91, 91).is_err());
        assert!(allowance.narrow(bounds(90)), "the same bounds again");
    }
}
