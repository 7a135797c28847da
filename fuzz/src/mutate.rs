//! Mutations of seeds, the same on every machine.

/// A small generator (xorshift), seeded by the input.
pub struct Mutator {
    state: u64,
}

/// Pieces that many formats give a meaning to.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\xff",
    b"\n",
    b"\r\n",
    b"\"",
    b"'",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b">",
    b":",
    b"=",
    b"-",
    b"..",
    b"/",
    b"%00",
    b"&a ",
    b"*a",
    b"<<: *a",
    b"---\n",
    b"0",
    b"-1",
    b"99999999999999999999",
    b"1e999",
    b"\xef\xbb\xbf",
    "é🚀".as_bytes(),
    b"\x1f\x8b",
    b"null",
];

impl Mutator {
    /// A generator for one input.
    pub fn new(data: &[u8], round: u64) -> Mutator {
        let state = data
            .iter()
            .fold(0xcbf2_9ce4_8422_2325, |state: u64, byte| (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        Mutator { state: (state ^ round.wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1 }
    }

    /// One to four changes.
    pub fn mutate(&mut self, data: &[u8]) -> Vec<u8> {
        let mut data = data.to_vec();
        for _ in 0..=self.below(4) {
            self.change(&mut data);
        }
        data
    }

    fn change(&mut self, data: &mut Vec<u8>) {
        let (from, length) = (self.below(data.len() + 1), self.below(32));
        let to = (from + length).min(data.len());
        match self.below(7) {
            0 => data.truncate(from),
            1 => drop(data.drain(from..to)),
            2 => {
                let piece = PIECES[self.below(PIECES.len())];
                data.splice(from..from, piece.iter().copied());
            }
            3 => {
                let copy = data[from..to].repeat(1 + self.below(8));
                data.splice(to..to, copy);
            }
            4 => {
                let other = self.below(data.len() + 1);
                let piece = data[from..to].to_vec();
                data.splice(other..other, piece);
            }
            _ if from < data.len() => data[from] ^= 1 << self.below(8),
            _ => {}
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state % end.max(1) as u64) as usize
    }
}
