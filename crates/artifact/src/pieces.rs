//! A content as it came, in pieces that nobody copied.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use crate::stream::Piece;

/// Pieces, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    /// Each with the place of its first byte.
    pieces: Vec<(usize, Piece)>,
    length: usize,
}

/// Reads pieces at any place.
#[derive(Debug)]
pub struct PieceReader<'p> {
    pieces: &'p Pieces,
    at: u64,
}

impl Pieces {
    pub(crate) fn push(&mut self, piece: Piece) {
        let start = self.length;
        self.length += piece.len();
        self.pieces.push((start, piece));
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    pub(crate) fn reader(&self) -> PieceReader<'_> {
        PieceReader { pieces: self, at: 0 }
    }

    /// What there is in one piece from a place on; empty behind the end.
    fn from(&self, at: usize) -> &[u8] {
        let after = self.pieces.partition_point(|(start, _)| *start <= at);
        match after.checked_sub(1).map(|last| &self.pieces[last]) {
            Some((start, piece)) if at - start < piece.len() => &piece[at - start..],
            _ => &[],
        }
    }

    /// Copies these stretches to their places in a buffer that is as long as all of it.
    pub(crate) fn copy_to(&self, buffer: &mut [u8], wanted: &[Range<usize>]) {
        for range in wanted {
            let mut at = range.start;
            while at < range.end {
                let there = self.from(at);
                let step = there.len().min(range.end - at);
                buffer[at..at + step].copy_from_slice(&there[..step]);
                at += step;
            }
        }
    }

    /// All of it, piece by piece; each is let go once it was seen.
    pub(crate) fn drain(self, mut see: impl FnMut(&[u8])) {
        self.pieces.into_iter().for_each(|(_, piece)| see(&piece));
    }
}

impl Read for PieceReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let there = self.pieces.from(usize::try_from(self.at).unwrap_or(usize::MAX));
        let length = there.len().min(buffer.len());
        buffer[..length].copy_from_slice(&there[..length]);
        self.at += length as u64;
        Ok(length)
    }
}

impl Seek for PieceReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => (self.pieces.length as u64).checked_add_signed(by),
        };
        self.at = place.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no content has such a place"))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_place_of_any_pieces(
            parts in proptest::collection::vec(proptest::collection::vec(1_u8.., 0..50), 0..10),
            start in 0_u64..300,
            length in 0_u64..300,
        ) {
            let mut pieces = Pieces::default();
            parts.iter().for_each(|part| pieces.push(Piece::copied(part.clone())));
            let whole = parts.concat();
            let end = start + length;
            let mut reader = pieces.reader();
            reader.seek(SeekFrom::Start(start)).expect("a place");
            let mut read = Vec::new();
            reader.take(length).read_to_end(&mut read).expect("memory can be read");
            let inside = |at: usize| (start..end).contains(&(at as u64));
            let expected: Vec<u8> =
                whole.iter().enumerate().filter(|(at, _)| inside(*at)).map(|(_, byte)| *byte).collect();
            prop_assert_eq!(read, expected);
            let kept: Vec<u8> =
                whole.iter().enumerate().map(|(at, byte)| if inside(at) { *byte } else { 0 }).collect();
            let place = |at: u64| usize::try_from(at).expect("it is small").min(whole.len());
            let mut copied = vec![0; whole.len()];
            pieces.copy_to(&mut copied, std::slice::from_ref(&(place(start)..place(end))));
            prop_assert_eq!(copied, kept);
            let mut seen = Vec::new();
            pieces.drain(|piece| seen.extend_from_slice(piece));
            prop_assert_eq!(seen, whole);
        }
    }
}
