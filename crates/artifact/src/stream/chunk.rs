//! Chunks of bytes that several threads read and one fills again once all are done with it.

use std::io::{self, BufRead, Read};
use std::ops::{Deref, Range};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError};

use model::Cancel;

use super::StreamFault;
use super::handover::Taker;
use super::sums::Sums;
use crate::buffer::Buffer;
use crate::tar::Skip;

/// Bytes of one chunk: large enough that threads seldom wake each other, small enough for the second-level cache.
pub(super) const CHUNK: usize = 256 << 10;

/// Chunks that lie ready to be filled; more, which programs in pieces were made of, are given back to the system.
const READY: usize = 192;

/// What goes from stage to stage: bytes that are filled once and read by several.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chunk(Arc<Filled>);

/// A stretch of a chunk, kept for as long as somebody wants it.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    chunk: Chunk,
    range: Range<usize>,
}

/// Where chunks come from, and go back to. Clones share what lies ready.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pool {
    /// The last to come back is the first to go: the processor may still have it at hand.
    ready: Arc<Mutex<Vec<Buffer>>>,
    /// How many wait to be summed, in all streams.
    pub(super) unsummed: Arc<AtomicUsize>,
}

#[derive(Debug, Default)]
struct Filled {
    /// All of it initialised; `length` bytes of it mean something.
    buffer: Buffer,
    length: usize,
    home: Option<Arc<Mutex<Vec<Buffer>>>>,
}

impl Pool {
    /// A chunk nobody else holds, filled by `fill`, which says how many bytes it wrote.
    pub(super) fn fill<E>(&self, fill: impl FnOnce(&mut [u8]) -> Result<usize, E>) -> Result<Chunk, E> {
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let buffer = ready.unwrap_or_else(|| Buffer::to_fill(CHUNK));
        let mut filled = Filled { buffer, length: 0, home: Some(Arc::clone(&self.ready)) };
        filled.length = fill(&mut filled.buffer)?;
        Ok(Chunk(Arc::new(filled)))
    }
}

impl Drop for Filled {
    fn drop(&mut self) {
        let Some(home) = &self.home else { return };
        let mut ready = home.lock().unwrap_or_else(PoisonError::into_inner);
        if ready.len() < READY {
            ready.push(std::mem::take(&mut self.buffer));
        }
    }
}

impl Deref for Chunk {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0.buffer[..self.0.length]
    }
}

impl Piece {
    /// Bytes that were copied.
    pub(crate) fn copied(bytes: Vec<u8>) -> Piece {
        let length = bytes.len();
        let filled = Filled { buffer: Buffer::Allocated(bytes), length, home: None };
        Piece { chunk: Chunk(Arc::new(filled)), range: 0..length }
    }
}

impl Deref for Piece {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.chunk[self.range.clone()]
    }
}

/// Where chunks come from, one after another until there are no more.
pub(super) trait Supply {
    fn next(&mut self) -> Option<Result<Chunk, StreamFault>>;
}

enum Origin<'s> {
    /// Another thread.
    Thread(Taker<Result<Chunk, StreamFault>>),
    /// This one.
    Here(&'s mut (dyn Supply + Send)),
}

/// The receiving end: chunks as one stream.
pub(crate) struct Chunks<'s> {
    origin: Origin<'s>,
    /// Summed by who waits for chunks.
    sums: Option<&'s Sums>,
    chunk: Chunk,
    at: usize,
    passed: u64,
    fault: Option<StreamFault>,
    ended: bool,
    cancel: Cancel,
}

impl<'s> Chunks<'s> {
    pub(super) fn new(taker: Taker<Result<Chunk, StreamFault>>, sums: Option<&'s Sums>, cancel: &Cancel) -> Chunks<'s> {
        Chunks::from(Origin::Thread(taker), sums, cancel)
    }

    /// Those that this thread itself has to get.
    pub(super) fn of_supply(supply: &'s mut (dyn Supply + Send), cancel: &Cancel) -> Chunks<'s> {
        Chunks::from(Origin::Here(supply), None, cancel)
    }

    fn from(origin: Origin<'s>, sums: Option<&'s Sums>, cancel: &Cancel) -> Chunks<'s> {
        let cancel = cancel.clone();
        Chunks { origin, sums, chunk: Chunk::default(), at: 0, passed: 0, fault: None, ended: false, cancel }
    }

    /// Bytes that were consumed.
    pub(super) fn passed(&self) -> u64 {
        self.passed
    }

    /// True once everything that came was received, good or not.
    pub(super) fn has_ended(&self) -> bool {
        self.ended && !matches!(self.fault, Some(StreamFault::Cancelled))
    }

    /// Why the stream ended early, once it has. Reading gave an error then.
    pub(super) fn into_fault(self) -> Option<StreamFault> {
        self.fault
    }

    /// Takes the fault, to be passed on.
    pub(super) fn take_fault(&mut self) -> Option<StreamFault> {
        self.fault.take()
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Chunks<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.chunk.len() && !self.ended {
            // Given back before waiting, so that it can be filled again.
            self.chunk = Chunk::default();
            self.at = 0;
            if self.cancel.is_cancelled() {
                self.ended = true;
                self.fault = Some(StreamFault::Cancelled);
                break;
            }
            let next = match &mut self.origin {
                Origin::Thread(taker) => taker.take(|| self.sums.is_some_and(Sums::help)),
                Origin::Here(supply) => supply.next(),
            };
            match next {
                Some(Ok(chunk)) => self.chunk = chunk,
                Some(Err(fault)) => {
                    self.ended = true;
                    self.fault = Some(fault);
                }
                None => self.ended = true,
            }
        }
        if self.fault.is_some() && self.at == self.chunk.len() {
            return Err(io::Error::other("the stream failed"));
        }
        Ok(&self.chunk[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
        self.passed += amount as u64;
    }
}

impl Skip for Chunks<'_> {
    fn piece(&mut self, most: u64) -> io::Result<Option<Piece>> {
        let available = self.fill_buf()?.len();
        let length = usize::try_from(most).map_or(available, |most| most.min(available));
        if length == 0 {
            return Ok(None);
        }
        let piece = Piece { chunk: self.chunk.clone(), range: self.at..self.at + length };
        self.consume(length);
        Ok(Some(piece))
    }
}
