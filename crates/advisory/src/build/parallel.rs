//! One pure function over many items, on every core; the answers come in the order of the items.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Fewer items are not worth a thread.
const FEW: usize = 32;
/// Pieces a thread gets one after the other, so that none waits long for the last.
const PIECES: usize = 8;

/// Applies `each` to every item.
pub(super) fn map<T: Sync, U: Send>(items: &[T], each: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if items.len() < FEW || threads == 1 {
        return items.iter().map(each).collect();
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
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let mut done = done.into_inner().expect("a thread that panics ends the scope");
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().flat_map(|(_, answers)| answers).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_in_the_order_of_the_items() {
        for count in [0, 1, FEW - 1, FEW, 1000] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(map(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }
}
