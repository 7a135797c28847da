//! A few stretches of a large content, in a buffer as long as all of it.

use std::ops::{Deref, Range};
use std::sync::{Arc, Mutex, PoisonError};

use crate::buffer::Buffer;
use crate::pieces::Pieces;

/// Buffers that lie ready. The system makes no memory of zeros nobody touched, so their length costs nothing.
const READY: usize = 4;

/// From so many bytes that were written to it on a buffer is given back: its memory stays, of all that lie ready.
const WORN: usize = 2 << 20;

/// Buffers of zeros.
#[derive(Debug, Default)]
pub(crate) struct Zeros(Mutex<Vec<Blank>>);

/// A buffer of zeros, and how much of it was ever written to.
#[derive(Debug, Default)]
struct Blank {
    buffer: Buffer,
    worn: usize,
}

/// The stretches at their places, with zeros between them.
#[derive(Debug)]
pub struct Gathered {
    blank: Blank,
    length: usize,
    written: Vec<Range<usize>>,
    home: Arc<Zeros>,
}

impl Gathered {
    pub(crate) fn of(pieces: &Pieces, wanted: &[Range<u64>], home: &Arc<Zeros>) -> Gathered {
        let length = pieces.len();
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(length);
        let written: Vec<Range<usize>> = wanted.iter().map(|range| place(range.start)..place(range.end)).collect();
        let mut blank = home.take(length);
        pieces.copy_to(&mut blank.buffer[..length], &written);
        blank.worn += written.iter().map(ExactSizeIterator::len).sum::<usize>();
        Gathered { blank, length, written, home: Arc::clone(home) }
    }
}

impl Deref for Gathered {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.blank.buffer[..self.length]
    }
}

impl Drop for Gathered {
    fn drop(&mut self) {
        if self.blank.worn < WORN {
            self.written.drain(..).for_each(|range| self.blank.buffer[range].fill(0));
            self.home.give_back(std::mem::take(&mut self.blank));
        }
    }
}

impl Zeros {
    fn take(&self, length: usize) -> Blank {
        let mut ready = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match ready.iter().position(|blank| blank.buffer.len() >= length) {
            Some(at) => ready.swap_remove(at),
            None => Blank { buffer: Buffer::of_zeros(length), worn: 0 },
        }
    }

    fn give_back(&self, blank: Blank) {
        let mut ready = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if ready.len() >= READY {
            // The shortest is of least use.
            let shortest = ready.iter().enumerate().min_by_key(|(_, blank)| blank.buffer.len());
            let Some(at) = shortest.map(|(at, _)| at) else { return };
            ready.swap_remove(at);
        }
        ready.push(blank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::Piece;

    #[test]
    fn nothing_is_left_of_what_was_gathered_before() {
        let zeros = Arc::new(Zeros::default());
        let pieces = |length: usize| {
            let mut pieces = Pieces::default();
            pieces.push(Piece::copied(vec![7; length]));
            pieces
        };
        for (length, wanted, expected) in [
            (8, vec![2..4, 3..6], [0, 0, 7, 7, 7, 7, 0, 0].as_slice()),
            (6, vec![0..1, 1..1], &[7, 0, 0, 0, 0, 0]),
            (9, vec![8..20, 30..40], &[0, 0, 0, 0, 0, 0, 0, 0, 7]),
            (4, vec![], &[0; 4]),
        ] {
            assert_eq!(&*Gathered::of(&pieces(length), &wanted, &zeros), expected);
        }
        assert_eq!(zeros.0.lock().expect("nobody panicked").len(), 2);
    }
}
