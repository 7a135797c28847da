//! Buffers that contents of files are read into, used again: fresh memory costs more than the copy that fills it.

use std::io::{self, Read};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::buffer::Buffer;
use crate::gathered::{Gathered, Zeros};
use crate::pieces::{PieceReader, Pieces};
use crate::stream::Piece;
use crate::tar::Body;

/// Smaller contents are allocated as they come.
const LEAST: usize = 64 << 10;

/// A new buffer is at once as long as its content claims to be, if that is not more than this: nearly all tell the truth.
const BELIEVED: usize = 512 << 10;

/// From so many bytes on memory is the system's: a buffer as long as the content claims to be costs what really comes.
const MAPPED_FROM: usize = 1 << 20;

/// Longer claims are not believed so far.
const MAPPED_TO: usize = 1 << 30;

/// So many bytes are expected at once, whatever was claimed.
const STEP: usize = 1 << 20;

/// Larger buffers do not lie idle.
const MOST: usize = 4 << 20;

/// Bytes that may lie idle.
const IDLE: usize = 8 << 20;

/// How much larger a buffer becomes that is full.
const GROWTH: usize = 4;

/// The content of a file.
#[derive(Debug, Default)]
pub struct FileBytes {
    /// All of it initialised, so that it need not be filled with zeros before it is filled with content.
    buffer: Buffer,
    length: usize,
    /// How long it is said to be: no reason to have so much room, but one to have no more before that much is there.
    claimed: usize,
    shelf: Option<Arc<Shelf>>,
    /// In place of the buffer: the content as it came.
    pieces: Option<Pieces>,
}

/// Buffers nobody uses now.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    idle: Mutex<Idle>,
    zeros: Arc<Zeros>,
}

#[derive(Debug, Default)]
struct Idle {
    buffers: Vec<Vec<u8>>,
    bytes: usize,
}

impl FileBytes {
    /// How long it is.
    pub fn len(&self) -> usize {
        self.pieces.as_ref().map_or(self.length, Pieces::len)
    }

    /// True where there is nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of it, put together first where it came in pieces.
    pub fn whole(&mut self) -> &[u8] {
        self.put_together();
        &self.buffer[..self.length]
    }

    /// Of a content in pieces: a reader of any place, for whoever needs little of it. `None` of one that is whole.
    pub fn reader(&self) -> Option<PieceReader<'_>> {
        self.pieces.as_ref().map(Pieces::reader)
    }

    /// Of a content in pieces: these stretches at their places, with zeros between them.
    pub fn gather(&self, wanted: &[Range<u64>]) -> Option<Gathered> {
        let zeros = &self.shelf.as_ref()?.zeros;
        self.pieces.as_ref().map(|pieces| Gathered::of(pieces, wanted, zeros))
    }

    /// The content, for whoever keeps it.
    pub fn into_vec(mut self) -> Vec<u8> {
        self.put_together();
        std::mem::take(&mut self.buffer).into_vec(self.length)
    }

    /// A second copy.
    pub(crate) fn copy(&self) -> Vec<u8> {
        let Some(pieces) = &self.pieces else { return self.buffer[..self.length].to_vec() };
        let mut copy = vec![0; pieces.len()];
        pieces.copy_to(&mut copy, std::slice::from_ref(&(0..pieces.len())));
        copy
    }

    /// What comes as it comes, after what came already; more than `most` bytes only so far that it is seen.
    pub(crate) fn in_pieces(
        shelf: &Arc<Shelf>,
        came: [Piece; 2],
        most: u64,
        body: &mut dyn Body,
    ) -> io::Result<FileBytes> {
        let mut pieces = Pieces::default();
        came.into_iter().for_each(|piece| pieces.push(piece));
        let left = |pieces: &Pieces| most.saturating_add(1).saturating_sub(pieces.len() as u64);
        while left(&pieces) > 0
            && let Some(piece) = retry(|| body.piece(left(&pieces)))?
        {
            pieces.push(piece);
        }
        // Where bytes are not shared, the rest of it is copied.
        let mut rest = Vec::new();
        body.take(left(&pieces)).read_to_end(&mut rest)?;
        if !rest.is_empty() {
            pieces.push(Piece::copied(rest));
        }
        let mut bytes = FileBytes::from(Vec::new());
        (bytes.shelf, bytes.pieces) = (Some(Arc::clone(shelf)), Some(pieces));
        Ok(bytes)
    }

    fn put_together(&mut self) {
        let Some(pieces) = self.pieces.take() else { return };
        self.buffer = Buffer::of_zeros(pieces.len());
        self.length = 0;
        pieces.drain(|piece| {
            self.buffer[self.length..self.length + piece.len()].copy_from_slice(piece);
            self.length += piece.len();
        });
    }

    /// Nothing yet; for a content that claims to be so long.
    pub(crate) fn begin(shelf: &Arc<Shelf>, claimed: u64) -> FileBytes {
        let claimed = usize::try_from(claimed).unwrap_or(usize::MAX);
        if claimed < LEAST {
            let buffer = Buffer::Allocated(vec![0; claimed]);
            return FileBytes { buffer, length: 0, claimed, shelf: None, pieces: None };
        }
        let of_system = (MAPPED_FROM..=MAPPED_TO).contains(&claimed).then(|| Buffer::mapped(claimed)).flatten();
        let buffer = of_system.unwrap_or_else(|| Buffer::Allocated(shelf.take(claimed)));
        FileBytes { buffer, length: 0, claimed, shelf: Some(Arc::clone(shelf)), pieces: None }
    }

    /// Reads on until so many bytes are there, or the end. The buffer grows with what really comes, whatever was claimed.
    pub(crate) fn read_up_to(&mut self, most: u64, body: &mut dyn Read) -> io::Result<()> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let mut expected = 0;
        while self.length < most {
            let end = self.buffer.len().min(most);
            if self.length >= expected {
                expected = end.min(self.length + STEP);
                self.buffer.expect(self.length..expected);
            }
            let read = if self.length < end {
                retry(|| body.read(&mut self.buffer[self.length..end]))?
            } else {
                self.read_beyond(most, body)?
            };
            if read == 0 {
                break;
            }
            self.length += read;
        }
        Ok(())
    }

    /// Asks for a few bytes more before there is room for them: most contents end where they said they would.
    fn read_beyond(&mut self, most: usize, body: &mut dyn Read) -> io::Result<usize> {
        let mut probe = [0; 32];
        let wanted = probe.len().min(most - self.length);
        let read = retry(|| body.read(&mut probe[..wanted]))?;
        if read > 0 {
            let filled = self.length + read;
            let most = if filled <= self.claimed { self.claimed.min(most) } else { most };
            let room = self.buffer.len().saturating_mul(GROWTH).max(LEAST).min(most).max(filled);
            self.buffer.grow(room);
            self.buffer[self.length..self.length + read].copy_from_slice(&probe[..read]);
        }
        Ok(read)
    }
}

impl Shelf {
    /// The smallest buffer that is long enough, else the largest, else a new one.
    fn take(&self, wanted: usize) -> Vec<u8> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let lengths = idle.buffers.iter().map(Vec::len).enumerate();
        let best =
            lengths.min_by_key(|(_, length)| if *length >= wanted { (false, *length) } else { (true, MOST - *length) });
        match best {
            Some((at, _)) => {
                let buffer = idle.buffers.swap_remove(at);
                idle.bytes -= buffer.len();
                buffer
            }
            None if wanted <= BELIEVED => vec![0; wanted.max(LEAST)],
            None => vec![0; LEAST],
        }
    }

    fn give_back(&self, buffer: Vec<u8>) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if (LEAST..=MOST).contains(&buffer.len()) && idle.bytes + buffer.len() <= IDLE {
            idle.bytes += buffer.len();
            idle.buffers.push(buffer);
        }
    }
}

impl Drop for FileBytes {
    fn drop(&mut self) {
        if let Some(shelf) = self.shelf.take()
            && let Buffer::Allocated(buffer) = std::mem::take(&mut self.buffer)
        {
            shelf.give_back(buffer);
        }
    }
}

impl From<Vec<u8>> for FileBytes {
    fn from(buffer: Vec<u8>) -> FileBytes {
        let length = buffer.len();
        FileBytes { buffer: Buffer::Allocated(buffer), length, claimed: length, shelf: None, pieces: None }
    }
}

/// A signal that came between is no reason to stop.
fn retry<T>(mut read: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match read() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tar::Plain;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_was_claimed_the_content_is_what_came(
            contents in proptest::collection::vec((0_usize..400_000, 0_u64..500_000, 0_u64..400_000), 1..8),
        ) {
            let shelf = Arc::new(Shelf::default());
            for (number, (length, claimed, most)) in contents.into_iter().enumerate() {
                let content: Vec<u8> = (0..length).map(|at| (at * (number + 3)) as u8).collect();
                let mut bytes = FileBytes::begin(&shelf, claimed);
                let mut body = content.as_slice();
                bytes.read_up_to(most / 2, &mut body).expect("memory can be read");
                bytes.read_up_to(most, &mut body).expect("memory can be read");
                prop_assert_eq!(bytes.whole(), &content[..length.min(usize::try_from(most).expect("small"))]);
                if number % 2 == 0 {
                    let expected = bytes.whole().to_vec();
                    prop_assert_eq!(bytes.into_vec(), expected);
                }
            }
        }
    }

    #[test]
    fn a_content_in_pieces_is_what_came() {
        let shelf = Arc::new(Shelf::default());
        let content: Vec<u8> = (0..200_000_u32).map(|at| at as u8).collect();
        let begin = |most| {
            let came = [&content[..3], &content[3..7]].map(|piece| Piece::copied(piece.to_vec()));
            FileBytes::in_pieces(&shelf, came, most, &mut Plain(&content[7..])).expect("memory can be read")
        };
        assert_eq!((begin(u64::MAX).whole(), begin(u64::MAX).copy()), (content.as_slice(), content.clone()));
        // One more than may be, so that it is seen.
        assert_eq!((begin(10).len(), begin(200_000).len(), begin(199_999).into_vec()), (11, 200_000, content.clone()));
        let gathered = begin(u64::MAX).gather(&[0..2, 5..6]).expect("it is in pieces");
        assert_eq!((&gathered[..7], gathered.len()), ([0, 1, 0, 0, 0, 5, 0].as_slice(), content.len()));
        let mut put_together = begin(u64::MAX);
        put_together.whole();
        assert!(put_together.reader().is_none() && put_together.gather(&[]).is_none());
    }

    #[test]
    fn room_grows_with_what_comes_and_not_beyond_what_was_claimed() {
        let shelf = Arc::new(Shelf::default());
        let length = 5 << 20;
        let mut honest = FileBytes::begin(&shelf, length);
        honest.read_up_to(u64::MAX, &mut io::repeat(1).take(length)).expect("memory can be read");
        assert_eq!(honest.buffer.len() as u64, length);
        let mut boasting = FileBytes::begin(&shelf, 1 << 40);
        boasting.read_up_to(u64::MAX, &mut io::repeat(1).take(length)).expect("memory can be read");
        assert!(boasting.buffer.len() <= GROWTH * (length as usize), "{}", boasting.buffer.len());
    }

    #[test]
    fn more_may_come_than_was_claimed_of_a_large_content() {
        let shelf = Arc::new(Shelf::default());
        let content: Vec<u8> = (0..3 * MAPPED_FROM).map(|at| at as u8).collect();
        for claimed in [MAPPED_FROM, 2 * MAPPED_FROM + 1, 3 * MAPPED_FROM, 5 * MAPPED_FROM] {
            let mut bytes = FileBytes::begin(&shelf, claimed as u64);
            assert!(matches!(bytes.buffer, Buffer::Mapped(_)), "the system has so much to give");
            bytes.read_up_to(u64::MAX, &mut content.as_slice()).expect("memory can be read");
            assert_eq!(bytes.len(), content.len());
            assert_eq!(bytes.whole(), content);
            assert_eq!(bytes.into_vec(), content);
        }
    }

    #[test]
    fn buffers_are_used_again_and_idle_ones_are_bounded() {
        let shelf = Arc::new(Shelf::default());
        let content = vec![7; 300 << 10];
        for _ in 0..100 {
            let mut bytes = FileBytes::begin(&shelf, content.len() as u64);
            bytes.read_up_to(u64::MAX, &mut content.as_slice()).expect("memory can be read");
        }
        assert_eq!(shelf.idle.lock().expect("nobody panicked").buffers.len(), 1);
        (0..40)
            .map(|_| FileBytes {
                buffer: Buffer::Allocated(vec![0; 300 << 10]),
                length: 0,
                claimed: 0,
                shelf: Some(Arc::clone(&shelf)),
                pieces: None,
            })
            .for_each(drop);
        assert!(shelf.idle.lock().expect("nobody panicked").bytes <= IDLE);
    }
}
