//! From one thread to another: bounded, in order, and seldom waking. Whoever wakes another pays for it, and on a machine with few
//! cores may lose its own; so one that waits is woken for several things at once.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The end that gives; gone, it says that nothing more comes.
pub(super) struct Giver<T>(Arc<Shared<T>>);

/// The end that takes; gone, it says that nobody wants more.
pub(super) struct Taker<T>(Arc<Shared<T>>);

/// Nobody takes any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gone;

struct Shared<T> {
    state: Mutex<State<T>>,
    filled: Condvar,
    emptied: Condvar,
    /// How many may wait to be taken.
    most: usize,
    /// How many must have come, or gone, before the other end is woken.
    few: usize,
}

struct State<T> {
    waiting: VecDeque<T>,
    giver_sleeps: bool,
    taker_sleeps: bool,
    giver_is_gone: bool,
    taker_is_gone: bool,
}

/// Two ends, with at most so many things between them.
pub(super) fn handover<T>(most: usize) -> (Giver<T>, Taker<T>) {
    let state = State {
        waiting: VecDeque::with_capacity(most),
        giver_sleeps: false,
        taker_sleeps: false,
        giver_is_gone: false,
        taker_is_gone: false,
    };
    let shared = Shared {
        state: Mutex::new(state),
        filled: Condvar::new(),
        emptied: Condvar::new(),
        most,
        few: (most / 4).max(1),
    };
    let shared = Arc::new(shared);
    (Giver(Arc::clone(&shared)), Taker(shared))
}

impl<T> Giver<T> {
    /// Gives one thing; waits while there are as many as may be.
    pub(super) fn give(&self, thing: T) -> Result<(), Gone> {
        let Shared { filled, emptied, most, few, .. } = &*self.0;
        let mut state = self.0.lock();
        while state.waiting.len() >= *most && !state.taker_is_gone {
            state.giver_sleeps = true;
            state = emptied.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.giver_sleeps = false;
        if state.taker_is_gone {
            return Err(Gone);
        }
        state.waiting.push_back(thing);
        if state.taker_sleeps && state.waiting.len() >= *few {
            state.taker_sleeps = false;
            drop(state);
            filled.notify_one();
        }
        Ok(())
    }
}

impl<T> Taker<T> {
    /// Takes one thing, or gives `None` at the end. Where nothing is there it does something `else_do` instead of waiting, as
    /// long as that has something to do.
    pub(super) fn take(&self, mut else_do: impl FnMut() -> bool) -> Option<T> {
        let Shared { filled, emptied, most, few, .. } = &*self.0;
        let mut state = self.0.lock();
        loop {
            if let Some(thing) = state.waiting.pop_front() {
                if state.giver_sleeps && state.waiting.len() + few <= *most {
                    state.giver_sleeps = false;
                    drop(state);
                    emptied.notify_one();
                }
                return Some(thing);
            }
            if state.giver_is_gone {
                return None;
            }
            drop(state);
            let was_busy = else_do();
            state = self.0.lock();
            if !was_busy && state.waiting.is_empty() && !state.giver_is_gone {
                state.taker_sleeps = true;
                state = filled.wait(state).unwrap_or_else(PoisonError::into_inner);
                state.taker_sleeps = false;
            }
        }
    }
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Drop for Giver<T> {
    fn drop(&mut self) {
        self.0.lock().giver_is_gone = true;
        self.0.filled.notify_one();
    }
}

impl<T> Drop for Taker<T> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.taker_is_gone = true;
        // What nobody takes is let go at once, and not under the lock.
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        self.0.emptied.notify_one();
        drop(waiting);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_in_order_and_then_the_end() {
        for most in [1, 2, 3, 16] {
            let (giver, taker) = handover(most);
            let giving = std::thread::spawn(move || (0..1000).try_for_each(|number| giver.give(number)));
            let taken: Vec<u32> = std::iter::from_fn(|| taker.take(|| false)).collect();
            assert_eq!(taken, (0..1000).collect::<Vec<u32>>(), "{most}");
            assert_eq!(giving.join().expect("it ends"), Ok(()));
        }
    }

    #[test]
    fn whoever_gives_learns_that_nobody_takes() {
        let (giver, taker) = handover(4);
        let giving = std::thread::spawn(move || (0..1000).try_for_each(|number| giver.give(number)));
        assert_eq!(taker.take(|| false), Some(0));
        drop(taker);
        assert_eq!(giving.join().expect("it ends"), Err(Gone));
    }

    #[test]
    fn whoever_waits_does_something_else_first() {
        let (giver, taker) = handover(4);
        let mut left = 3;
        let mut giver = Some(giver);
        let taken = taker.take(|| {
            left -= 1;
            if left == 0 {
                giver.take().expect("it is there once").give(7).expect("somebody takes");
            }
            true
        });
        assert_eq!((taken, left, taker.take(|| false)), (Some(7), 0, None));
    }
}
