//! Few bytes as one number.

/// The first eight bytes as a number, the first the lowest; what is missing is `pad`. For so few bytes, how many they are is known only when
/// it runs, a copy is a call that takes longer than all of this.
pub fn word_of(bytes: &[u8], pad: u8) -> u64 {
    match bytes.first_chunk() {
        Some(first) => u64::from_le_bytes(*first),
        None => {
            let padding = u64::from_le_bytes([pad; 8]);
            bytes.iter().rev().fold(padding, |word, byte| word << 8 | u64::from(*byte))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_padding() {
        let bytes = [0x81, 2, 0, 0xFF, 5, 6, 7, 8, 9];
        for length in 0..=bytes.len() {
            let mut padded = [b' '; 8];
            padded.iter_mut().zip(&bytes[..length]).for_each(|(place, byte)| *place = *byte);
            assert_eq!(word_of(&bytes[..length], b' '), u64::from_le_bytes(padded), "{length}");
        }
    }
}
