//! Sorting lists of large things.

use std::cmp::Ordering;

/// Sorts a list of large things, equal ones in the order they had: their places are sorted, and then each is moved once.
pub fn sort_large_by<T>(list: &mut [T], compare: impl FnMut(&T, &T) -> Ordering) {
    sort_large_by_digest(list, |_| (), compare);
}

/// The same, with a digest of each that tells most of them apart without looking at the things themselves: those whose digests differ must be
/// in the order of these.
pub fn sort_large_by_digest<T, D: Ord>(
    list: &mut [T],
    digest: impl Fn(&T) -> D,
    mut compare: impl FnMut(&T, &T) -> Ordering,
) {
    let mut digests: Vec<(D, usize)> = list.iter().enumerate().map(|(at, one)| (digest(one), at)).collect();
    digests.sort_by(|(left, at), (right, beside)| left.cmp(right).then_with(|| compare(&list[*at], &list[*beside])));
    let mut places: Vec<usize> = digests.into_iter().map(|(_, at)| at).collect();
    for start in 0..places.len() {
        // Round through those that take each other's places.
        let mut at = start;
        while places[at] != start {
            let from = std::mem::replace(&mut places[at], at);
            // Swaps word by word. Swapping by places copies three times, each a call that musl's `memcpy` is slow to begin.
            let pair = list.get_disjoint_mut([at, from]);
            let [here, there] = pair.expect("both are places in the list, and no round passes one twice");
            std::mem::swap(here, there);
            at = from;
        }
        places[at] = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ones_keep_their_order() {
        for step in 1..11 {
            let list: Vec<(usize, usize)> = (0..11).map(|at| (at * step % 11 / 3, at)).collect();
            let (mut sorted, mut expected) = (list.clone(), list.clone());
            sort_large_by(&mut sorted, |left, right| left.0.cmp(&right.0));
            expected.sort_by_key(|(key, _)| *key);
            assert_eq!(sorted, expected);
            let (mut digested, mut compared) = (list.clone(), false);
            sort_large_by_digest(
                &mut digested,
                |one| one.0 / 2,
                |left, right| {
                    compared |= left.0 != right.0;
                    assert_eq!(left.0 / 2, right.0 / 2, "the digest tells them apart");
                    left.0.cmp(&right.0)
                },
            );
            assert_eq!((digested, compared), (sorted, true));
        }
    }
}
