//! Chunks of bytes that several threads read and one fills again once all are done with it.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use model::Cancel;

use super::StreamFault;
use crate::tar::Skip;

/// Bytes of one chunk: large enough that threads seldom wake each other, small enough for the second-level cache.
pub(super) const CHUNK: usize = 256 << 10;

/// What goes from stage to stage.
pub(super) type Chunk = Arc<Vec<u8>>;

/// Chunks that are out, to be filled again.
#[derive(Default)]
pub(super) struct Ring {
    chunks: Vec<Chunk>,
}

impl Ring {
    /// A chunk nobody else holds, filled by `fill`, which says how many bytes it wrote.
    pub(super) fn fill<E>(&mut self, fill: impl FnOnce(&mut [u8]) -> Result<usize, E>) -> Result<Chunk, E> {
        let free = self.chunks.iter_mut().position(|chunk| Arc::get_mut(chunk).is_some());
        let mut chunk = match free {
            Some(at) => self.chunks.swap_remove(at),
            None => Chunk::default(),
        };
        let buffer = Arc::get_mut(&mut chunk).expect("nobody else holds it");
        buffer.resize(CHUNK, 0);
        let length = fill(buffer)?;
        buffer.truncate(length);
        self.chunks.push(Arc::clone(&chunk));
        Ok(chunk)
    }
}

/// The receiving end: chunks as one stream.
pub(crate) struct Chunks {
    receiver: Receiver<Result<Chunk, StreamFault>>,
    chunk: Chunk,
    at: usize,
    passed: u64,
    fault: Option<StreamFault>,
    ended: bool,
    cancel: Cancel,
}

impl Chunks {
    pub(super) fn new(receiver: Receiver<Result<Chunk, StreamFault>>, cancel: &Cancel) -> Chunks {
        let cancel = cancel.clone();
        Chunks { receiver, chunk: Chunk::default(), at: 0, passed: 0, fault: None, ended: false, cancel }
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

impl Read for Chunks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Chunks {
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
            match self.receiver.recv() {
                Ok(Ok(chunk)) => self.chunk = chunk,
                Ok(Err(fault)) => {
                    self.ended = true;
                    self.fault = Some(fault);
                }
                Err(_) => self.ended = true,
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

impl Skip for Chunks {}
