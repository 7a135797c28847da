//! Sums that tell contents that are the same from those that are not.
//!
//! XXH3 with 128 bits: it costs a tenth of a digest, and is taken of every file of an image while it passes. It does not withstand
//! whoever wants two contents to be taken for one; what they gain is a wrong figure about their own image.

use std::fmt;

use twox_hash::xxhash3_128::Hasher;

/// The sum of a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ContentSum(u128);

/// A sum that is being made.
#[derive(Default)]
pub(crate) enum Summing {
    #[default]
    Nothing,
    /// The content came in one piece, as most do.
    Whole(ContentSum),
    Pieces(Box<Hasher>),
}

impl ContentSum {
    /// How many bytes it is written in.
    pub(crate) const LENGTH: usize = 16;

    /// Of a content that is at hand as a whole.
    pub(crate) fn of(content: &[u8]) -> ContentSum {
        ContentSum(Hasher::oneshot(content))
    }

    pub(crate) fn to_bytes(self) -> [u8; ContentSum::LENGTH] {
        self.0.to_le_bytes()
    }

    pub(crate) fn from_bytes(bytes: [u8; ContentSum::LENGTH]) -> ContentSum {
        ContentSum(u128::from_le_bytes(bytes))
    }
}

impl Summing {
    /// The next bytes, and whether they are the last.
    pub(crate) fn update(&mut self, bytes: &[u8], are_last: bool) {
        match self {
            Summing::Nothing if are_last => *self = Summing::Whole(ContentSum::of(bytes)),
            Summing::Nothing => {
                let mut hasher = Box::new(Hasher::new());
                hasher.write(bytes);
                *self = Summing::Pieces(hasher);
            }
            Summing::Pieces(hasher) => hasher.write(bytes),
            // Nothing follows the last.
            Summing::Whole(_) => {}
        }
    }

    pub(crate) fn finish(self) -> ContentSum {
        match self {
            Summing::Nothing => ContentSum::of(&[]),
            Summing::Whole(sum) => sum,
            Summing::Pieces(hasher) => ContentSum(hasher.finish_128()),
        }
    }
}

impl fmt::Debug for Summing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Summing")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn pieces_give_the_sum_of_the_whole(content in proptest::collection::vec(any::<u8>(), 0..5000), step in 1_usize..700) {
            let mut summing = Summing::default();
            content.chunks(step).for_each(|piece| summing.update(piece, piece.len() == content.len()));
            let sum = summing.finish();
            prop_assert_eq!(sum, ContentSum::of(&content));
            prop_assert_eq!(ContentSum::from_bytes(sum.to_bytes()), sum);
            prop_assert_ne!(sum, ContentSum::of(&[content.as_slice(), &[0]].concat()));
        }
    }
}
