//! Which layers are read at the same time, who reads them, and the memory they share.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::Event;
use crate::cache::Writer;
use crate::stream::Outcome;

/// What a layer that is read before its turn may hold in chunks on their way: stored ones, inflated ones, and those that wait to be
/// summed.
const SHARE: usize = 12 << 20;

/// What all of these may hold together, with what they have to tell.
const BUDGET: usize = 24 << 20;

/// What the layer whose turn it is may have told before the walk took it.
const UNTAKEN: usize = 2 << 20;

/// The layers of one image on their way.
pub(super) struct Lanes {
    /// The most that are read at the same time.
    most: usize,
    budget: usize,
    state: Mutex<State>,
    /// Something was told, or a layer ended.
    told: Condvar,
    /// There is room, or another turn, or the end.
    room: Condvar,
    is_stopped: AtomicBool,
    abandoned: Vec<AtomicBool>,
}

struct State {
    turn: usize,
    /// The next to be read before its turn.
    next: usize,
    /// How many are read now.
    reading: usize,
    /// How much of the budget is taken.
    used: usize,
    slots: Vec<Slot>,
}

struct Slot {
    /// Its bytes are there, and no cache stands in for it.
    is_readable: bool,
    is_claimed: bool,
    batches: VecDeque<Batch>,
    bytes: usize,
    /// `None` inside where the thread that read it is gone.
    ended: Option<Option<Ended>>,
}

/// Some of what a layer has to tell.
pub(super) struct Batch {
    pub(super) events: Vec<Event>,
    pub(super) bytes: usize,
}

/// What is known of a layer once it was read.
pub(crate) struct Ended {
    pub(crate) outcome: Outcome,
    pub(crate) writer: Option<Writer>,
}

/// Who reads the layer whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The walk, now.
    Walk,
    /// Somebody else, who began before.
    Lane,
}

impl Lanes {
    /// For layers of which these can be read before their turn; the first always is the walk's.
    pub(super) fn new(most: usize, readable: Vec<bool>) -> Lanes {
        let slot =
            |is_readable| Slot { is_readable, is_claimed: false, batches: VecDeque::new(), bytes: 0, ended: None };
        let abandoned = readable.iter().map(|_| AtomicBool::new(false)).collect();
        let slots = readable.into_iter().map(slot).collect();
        Lanes {
            most,
            budget: BUDGET,
            state: Mutex::new(State { turn: 0, next: 1, reading: 0, used: 0, slots }),
            told: Condvar::new(),
            room: Condvar::new(),
            is_stopped: AtomicBool::new(false),
            abandoned,
        }
    }

    /// The next layer to be read before its turn, once there is room for it; `None` when there is no more.
    pub(super) fn claim(&self) -> Option<usize> {
        let mut state = self.state();
        loop {
            if self.is_stopped() {
                return None;
            }
            let at = (state.next..state.slots.len()).find(|at| state.slots[*at].may_be_claimed())?;
            state.next = at;
            if state.reading < self.most && state.used + SHARE <= self.budget {
                state.next += 1;
                state.reading += 1;
                state.used += SHARE;
                state.slots[at].is_claimed = true;
                return Some(at);
            }
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The walk has come to a layer. Where it reads that itself, it says so when it is done ([`Lanes::walked`]).
    pub(super) fn turn(&self, at: usize) -> Turn {
        let mut state = self.state();
        state.turn = at;
        let is_claimed = state.slots[at].is_claimed;
        if !is_claimed {
            state.slots[at].is_claimed = true;
            state.reading += 1;
            state.next = state.next.max(at + 1);
        }
        self.room.notify_all();
        if is_claimed { Turn::Lane } else { Turn::Walk }
    }

    /// The walk has read a layer itself.
    pub(super) fn walked(&self) {
        self.state().reading -= 1;
        self.room.notify_all();
    }

    /// Tells some of a layer; waits while there is no room. False where nobody listens.
    pub(super) fn tell(&self, at: usize, batch: Batch) -> bool {
        let mut state = self.state();
        loop {
            if self.is_unwanted(at) {
                return false;
            }
            let has_room = match state.turn == at {
                true => state.slots[at].bytes < UNTAKEN,
                false => state.used + batch.bytes <= self.budget,
            };
            if has_room {
                break;
            }
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.used += batch.bytes;
        state.slots[at].bytes += batch.bytes;
        state.slots[at].batches.push_back(batch);
        self.told.notify_one();
        true
    }

    /// The next that is told of a layer; waits for it. `None` at the end.
    pub(super) fn take(&self, at: usize) -> Option<Vec<Event>> {
        let mut state = self.state();
        loop {
            if let Some(batch) = state.slots[at].batches.pop_front() {
                state.slots[at].bytes -= batch.bytes;
                state.used -= batch.bytes;
                self.room.notify_all();
                return Some(batch.events);
            }
            if state.slots[at].ended.is_some() {
                return None;
            }
            state = self.told.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A layer was read to its end, or as far as anybody wants; `None` where its thread is gone.
    pub(super) fn end(&self, at: usize, ended: Option<Ended>) {
        let mut state = self.state();
        state.slots[at].ended = Some(ended);
        state.reading -= 1;
        state.used -= SHARE;
        drop(state);
        self.told.notify_one();
        self.room.notify_all();
    }

    /// What is known of a layer in the end; waits for that. What it told and nobody took is let go.
    pub(super) fn ended(&self, at: usize) -> Option<Ended> {
        let mut state = self.state();
        loop {
            state.forget(at);
            self.room.notify_all();
            if let Some(ended) = &mut state.slots[at].ended {
                return ended.take();
            }
            state = self.told.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Nobody wants to know any more of a layer.
    pub(super) fn abandon(&self, at: usize) {
        let mut state = self.state();
        self.abandoned[at].store(true, Ordering::Relaxed);
        state.forget(at);
        self.room.notify_all();
    }

    /// Nobody wants to know any more of any.
    pub(super) fn stop(&self) {
        let _state = self.state();
        self.is_stopped.store(true, Ordering::Relaxed);
        self.room.notify_all();
    }

    /// True where nobody wants to know any more of a layer.
    pub(super) fn is_unwanted(&self, at: usize) -> bool {
        self.is_stopped() || self.abandoned[at].load(Ordering::Relaxed)
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn forget(&mut self, at: usize) {
        let slot = &mut self.slots[at];
        self.used -= std::mem::take(&mut slot.bytes);
        slot.batches.clear();
    }
}

impl Slot {
    fn may_be_claimed(&self) -> bool {
        self.is_readable && !self.is_claimed
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;

    fn lanes(most: usize, layers: usize, budget: usize) -> Lanes {
        Lanes { budget, ..Lanes::new(most, vec![true; layers]) }
    }

    fn batch(bytes: usize) -> Batch {
        Batch { events: Vec::new(), bytes }
    }

    /// Reads a layer that tells so many batches of so many bytes.
    fn read(lanes: &Lanes, at: usize, batches: usize, bytes: usize) {
        let is_heard = (0..batches).all(|_| lanes.tell(at, batch(bytes)));
        lanes.end(at, is_heard.then(|| Ended { outcome: Outcome::default(), writer: None }));
    }

    fn walk(lanes: &Lanes, layers: usize) -> usize {
        (1..layers)
            .map(|at| match lanes.turn(at) {
                Turn::Walk => {
                    lanes.walked();
                    0
                }
                Turn::Lane => {
                    let told = std::iter::from_fn(|| lanes.take(at)).count();
                    assert!(lanes.ended(at).is_some());
                    told
                }
            })
            .sum()
    }

    #[test]
    fn whatever_is_told_is_heard_with_hardly_any_room() {
        for (most, budget, bytes) in [(2, SHARE, 1), (2, SHARE, 1 << 20), (4, 3 * SHARE, SHARE), (9, SHARE + 10, 7)] {
            let lanes = lanes(most, 9, budget);
            assert_eq!(lanes.turn(0), Turn::Walk);
            thread::scope(|scope| {
                for _ in 0..most {
                    scope.spawn(|| {
                        while let Some(at) = lanes.claim() {
                            read(&lanes, at, 40, bytes);
                        }
                    });
                }
                thread::sleep(Duration::from_millis(20));
                lanes.walked();
                let heard = walk(&lanes, 9);
                assert!(heard > 0 && heard.is_multiple_of(40), "{heard}");
            });
            let state = lanes.state();
            assert_eq!((state.used, state.reading), (0, 0));
        }
    }

    #[test]
    fn no_more_are_read_than_may_be_and_the_budget_holds() {
        let lanes = lanes(3, 6, 2 * SHARE);
        assert_eq!(lanes.turn(0), Turn::Walk);
        assert_eq!((lanes.claim(), lanes.claim()), (Some(1), Some(2)));
        thread::scope(|scope| {
            // Neither a lane nor room is free.
            let third = scope.spawn(|| lanes.claim());
            lanes.walked();
            assert!(!third.is_finished());
            lanes.end(1, None);
            assert_eq!(third.join().expect("it only waits"), Some(3));
        });
        assert_eq!(lanes.state().used, 2 * SHARE);
    }

    #[test]
    fn who_waits_for_room_learns_that_nobody_listens() {
        for stop in [Lanes::stop as fn(&Lanes), |lanes: &Lanes| lanes.abandon(1)] {
            let lanes = lanes(2, 3, SHARE);
            lanes.turn(0);
            assert_eq!(lanes.claim(), Some(1));
            thread::scope(|scope| {
                let waiting = scope.spawn(|| lanes.tell(1, batch(1)));
                thread::sleep(Duration::from_millis(10));
                stop(&lanes);
                assert!(!waiting.join().expect("it only waits"));
            });
        }
    }

    #[test]
    fn a_thread_that_is_gone_is_no_end() {
        let lanes = lanes(2, 2, 2 * SHARE);
        lanes.turn(0);
        assert_eq!(lanes.claim(), Some(1));
        lanes.end(1, None);
        assert_eq!(lanes.turn(1), Turn::Lane);
        assert!(lanes.take(1).is_none() && lanes.ended(1).is_none());
    }
}
