//! The checksum of a block and the hash of a key: one function, fixed by the format.
//!
//! It is no cryptographic digest. It finds damage on the way to an answer without reading the rest of the file; the SHA-256
//! sums in the head are what makes a file trusted.

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Sums `bytes`, eight at a time, little-endian, the last word padded with zeros. Each step is a bijection of the state,
/// so a change inside one word always changes the sum before it is folded.
pub(crate) fn sum(seed: u64, bytes: &[u8]) -> u64 {
    let mut state = seed.wrapping_mul(MULTIPLIER) ^ bytes.len() as u64;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        state = step(state, u64::from_le_bytes(word.try_into().expect("eight bytes")));
    }
    let rest = words.remainder();
    if !rest.is_empty() {
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        state = step(state, u64::from_le_bytes(word));
    }
    state ^= state >> 32;
    state = state.wrapping_mul(MULTIPLIER);
    state ^ (state >> 29)
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
}
