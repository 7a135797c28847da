//! Sorting lists of large things.

use std::cmp::Ordering;

/// Sorts a list of large things, equal ones in the order they had: their places are sorted, and then each is moved once.
pub fn sort_large_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..list.len()).collect();
    places.sort_by(|left, right| compare(&list[*left], &list[*right]));
    for start in 0..places.len() {
        // Round through those that take each other's places.
        let mut at = start;
        while places[at] != start {
            let from = std::mem::replace(&mut places[at], at);
            list.swap(at, from);
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
            let (mut sorted, mut expected) = (list.clone(), list);
            sort_large_by(&mut sorted, |left, right| left.0.cmp(&right.0));
            expected.sort_by_key(|(key, _)| *key);
            assert_eq!(sorted, expected);
        }
    }
}
