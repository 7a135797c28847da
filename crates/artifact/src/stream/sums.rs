//! Sums of what passes by, made by whichever thread has the time: one of its own, and who else waits for something.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, TryLockError};

use model::Digest;

use super::Digests;
use super::chunk::{Chunk, Pool};

/// Chunks of one stream that may wait to be summed in any case: 4 MiB.
const OWN: usize = 16;

/// Chunks that may wait so in all streams of one pool: 8 MiB. Some stretches are inflated quicker than they are summed, others slower:
/// the longer those are that can be evened out, the less do both wait for each other.
const MOST: usize = 32;

/// From how many on the thread of the sums is woken; below it, who waits sums them.
const MANY: usize = 6;

/// Sums over one stream.
pub(super) struct Sums {
    /// Locked before `waiting`: who has it sums, and in order.
    digests: Mutex<Digests>,
    waiting: Mutex<Waiting>,
    many: Condvar,
    room: Condvar,
    pool: Pool,
}

#[derive(Default)]
struct Waiting {
    chunks: VecDeque<Chunk>,
    is_closed: bool,
    summer_sleeps: bool,
    giver_sleeps: bool,
}

impl Sums {
    /// Of the algorithms of these digests; `None` where nothing is asked for.
    pub(super) fn of(expected: impl IntoIterator<Item = Option<Digest>>, pool: &Pool) -> Option<Sums> {
        let expected: Vec<Option<Digest>> = expected.into_iter().filter(Option::is_some).collect();
        (!expected.is_empty()).then(|| Sums {
            digests: Mutex::new(Digests::for_each(expected)),
            waiting: Mutex::default(),
            many: Condvar::new(),
            room: Condvar::new(),
            pool: pool.clone(),
        })
    }

    /// The next chunk. While there are as many as may be it sums some itself, or waits for who does.
    pub(super) fn give(&self, chunk: Chunk) {
        let mut waiting = self.waiting();
        while !self.has_room(&waiting, 1) {
            drop(waiting);
            let has_summed = self.help();
            waiting = self.waiting();
            if !has_summed && !self.has_room(&waiting, 1) {
                waiting.giver_sleeps = true;
                waiting = self.room.wait(waiting).unwrap_or_else(PoisonError::into_inner);
            }
        }
        waiting.giver_sleeps = false;
        waiting.chunks.push_back(chunk);
        self.pool.unsummed.fetch_add(1, Ordering::Relaxed);
        if waiting.summer_sleeps && waiting.chunks.len() >= MANY {
            waiting.summer_sleeps = false;
            drop(waiting);
            self.many.notify_one();
        }
    }

    /// Nothing more comes.
    pub(super) fn close(&self) {
        self.waiting().is_closed = true;
        self.many.notify_one();
    }

    /// Sums one chunk, if there is one and nobody else sums.
    pub(super) fn help(&self) -> bool {
        let mut digests = match self.digests.try_lock() {
            Ok(digests) => digests,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return false,
        };
        self.sum_one(&mut digests)
    }

    /// Sums until all is summed: the thread of the sums.
    pub(super) fn run(&self) {
        while self.wait_for_many() {
            let mut digests = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
            while self.sum_one(&mut digests) {}
        }
    }

    /// What came of it.
    pub(super) fn finish(self) -> Digests {
        self.digests.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// False once all is summed.
    fn wait_for_many(&self) -> bool {
        let mut waiting = self.waiting();
        while waiting.chunks.len() < MANY && !waiting.is_closed {
            waiting.summer_sleeps = true;
            waiting = self.many.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        waiting.summer_sleeps = false;
        !waiting.chunks.is_empty()
    }

    fn sum_one(&self, digests: &mut Digests) -> bool {
        let mut waiting = self.waiting();
        let Some(chunk) = waiting.chunks.pop_front() else { return false };
        self.pool.unsummed.fetch_sub(1, Ordering::Relaxed);
        let is_room = waiting.giver_sleeps && self.has_room(&waiting, MANY);
        if is_room {
            waiting.giver_sleeps = false;
        }
        drop(waiting);
        if is_room {
            self.room.notify_one();
        }
        digests.update(&chunk);
        true
    }

    fn has_room(&self, waiting: &Waiting, chunks: usize) -> bool {
        waiting.chunks.len() + chunks <= OWN || self.pool.unsummed.load(Ordering::Relaxed) + chunks <= MOST
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
