//! The checksum of a block and the hash of a key: one function, fixed by the format.
//!
//! It is no cryptographic digest. It finds damage on the way to an answer without reading the rest of the file; the SHA-256
//! sums in the head are what makes a file trusted.

use model::word_of;

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Bytes that are summed at once: a word in each of four states, which do not wait for each other.
const STRIDE: usize = 32;

/// Sums `bytes`, eight at a time, little-endian, the last word padded with zeros: whole strides in four states, one word of each to each, then
/// these states and the words that are left in one. Each step is a bijection of the state and of the word, so a change inside one word always
/// changes the sum before it is folded.
pub(crate) fn sum(seed: u64, bytes: &[u8]) -> u64 {
    let first = seed.wrapping_mul(MULTIPLIER) ^ bytes.len() as u64;
    let (strides, rest) = bytes.as_chunks::<STRIDE>();
    let mut state = if strides.is_empty() { first } else { sum_strides(first, strides) };
    let (words, rest) = rest.as_chunks();
    for word in words {
        state = step(state, u64::from_le_bytes(*word));
    }
    if !rest.is_empty() {
        state = step(state, last_word(bytes, rest));
    }
    state ^= state >> 32;
    state = state.wrapping_mul(MULTIPLIER);
    state ^ (state >> 29)
}

fn sum_strides(first: u64, strides: &[[u8; STRIDE]]) -> u64 {
    let [mut first, mut second, mut third, mut fourth] = [first, 1, 2, 3];
    for stride in strides {
        first = step(first, word(stride, 0));
        second = step(second, word(stride, 1));
        third = step(third, word(stride, 2));
        fourth = step(fourth, word(stride, 3));
    }
    [second, third, fourth].into_iter().fold(first, step)
}

/// The bytes that make no whole word, padded with zeros: the last eight bytes of all hold them, where there are so many.
fn last_word(bytes: &[u8], rest: &[u8]) -> u64 {
    match bytes.last_chunk() {
        Some(last) => u64::from_le_bytes(*last) >> (64 - 8 * rest.len()),
        None => word_of(rest, 0),
    }
}

fn word(stride: &[u8; STRIDE], number: usize) -> u64 {
    u64::from_le_bytes(stride.as_chunks().0[number])
}

/// The 32 bits stored before a block.
pub(crate) fn fold(sum: u64) -> u32 {
    (sum ^ (sum >> 32)) as u32
}

fn step(state: u64, word: u64) -> u64 {
    (state ^ word).wrapping_mul(MULTIPLIER).rotate_left(29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_fixed() {
        assert_eq!(sum(0, b""), 0);
        assert_eq!(sum(1, b"lodash"), sum(1, b"lodash"));
        assert_ne!(sum(1, b"lodash"), sum(2, b"lodash"));
        assert_ne!(sum(0, b"a"), sum(0, b"a\0"));
    }

    #[test]
    fn the_last_word_is_padded_with_zeros() {
        for length in 0..40_usize {
            let bytes: Vec<u8> = (1..=length as u8).map(|byte| byte.wrapping_mul(37) | 0x80).collect();
            let rest = &bytes[length / 8 * 8..];
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            assert!(rest.is_empty() || last_word(&bytes, rest) == u64::from_le_bytes(word), "{length}");
        }
    }

    #[test]
    fn every_change_of_a_byte_changes_it() {
        for length in 1..100 {
            let whole: Vec<u8> = (0..length).collect();
            for at in 0..whole.len() {
                let mut changed = whole.clone();
                changed[at] ^= 1 << (at % 8);
                assert_ne!(sum(1, &whole), sum(1, &changed), "byte {at} of {length}");
            }
            assert_ne!(sum(1, &whole), sum(2, &whole));
            assert_ne!(sum(1, &whole), sum(1, &whole[1..]));
        }
    }
}
