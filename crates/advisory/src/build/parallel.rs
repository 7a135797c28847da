//! One pure function over many items, on every core, and two things at once; the answers come in the order of the items.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Fewer items are not worth a thread.
const FEW: usize = 32;
/// Pieces a thread gets one after the other, so that none waits long for the last.
const PIECES: usize = 8;

/// Applies `each` to every item, while this thread does something else first.
pub(super) fn map_beside<T: Sync, U: Send, B>(
    items: &[T],
    each: impl Fn(&T) -> U + Sync,
    beside: impl FnOnce() -> B,
) -> (Vec<U>, B) {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if items.len() < FEW || threads == 1 {
        let other = beside();
        return (items.iter().map(each).collect(), other);
    }
    let size = items.len().div_ceil(threads * PIECES);
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Vec<U>)>> = Mutex::default();
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = items.chunks(size).nth(at) else { break };
            let answers = piece.iter().map(&each).collect();
            done.lock().expect("a thread that panics ends the scope").push((at, answers));
        }
    };
    let other = std::thread::scope(|scope| {
        (1..threads).for_each(|_| drop(scope.spawn(work)));
        let other = beside();
        work();
        other
    });
    let mut done = done.into_inner().expect("a thread that panics ends the scope");
    done.sort_by_key(|(at, _)| *at);
    (done.into_iter().flat_map(|(_, answers)| answers).collect(), other)
}

/// Two things at once.
pub(super) fn both<A: Send, B>(left: impl FnOnce() -> A + Send, right: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let left = scope.spawn(left);
        let right = right();
        (left.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), right)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_in_the_order_of_the_items() {
        for count in [0, 1, FEW - 1, FEW, 1000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(map_beside(&items, |item| item * 2, || "done"), (doubled, "done"));
        }
    }
}
