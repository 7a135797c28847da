//! Chance that is the same every time: SplitMix64.

/// A chain of chances.
pub(super) struct Chance(u64);

impl Chance {
    /// Begins a chain.
    pub(super) fn new(name: &str) -> Chance {
        // FNV-1a: any mixing does, it only has to stay.
        let seed = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |sum: u64, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Chance(seed)
    }

    /// A number below `most`.
    pub(super) fn of(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % most.max(1) as u64).expect("it is below a usize")
    }

    /// One of a list that is not empty.
    pub(super) fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.of(list.len())]
    }
}
