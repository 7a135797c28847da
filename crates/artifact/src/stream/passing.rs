//! Plain bytes: read, summed by another thread, and given to whoever reads on.

use std::io::{self, Read};

use super::StreamFault;
use super::chunk::{Chunk, Pool, Supply};
use super::inflate::Bounds;
use super::sums::Sums;

/// Plain bytes on their way. Gone, it closes the sums.
pub(super) struct Passing<'s> {
    reader: Box<dyn Read + Send>,
    pool: Pool,
    bounds: Bounds,
    sums: Option<&'s Sums>,
    pub(super) passed: Passed,
}

/// What is known of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Passed {
    pub(super) bytes: u64,
    /// All of them were given on.
    pub(super) complete: bool,
    pub(super) all_summed: bool,
}

impl<'s> Passing<'s> {
    pub(super) fn new(reader: Box<dyn Read + Send>, bounds: Bounds, sums: Option<&'s Sums>) -> Passing<'s> {
        Passing { reader, pool: Pool::default(), bounds, sums, passed: Passed::default() }
    }

    /// Whatever was not given on, for a wrong digest explains much.
    pub(super) fn sum_rest(&mut self) {
        if self.sums.is_some() {
            while matches!(self.read(), Ok(Some(_))) {}
        }
    }

    fn read(&mut self) -> io::Result<Option<Chunk>> {
        let chunk = self.pool.fill(|buffer| read_full(&mut *self.reader, buffer))?;
        if chunk.is_empty() {
            self.passed.all_summed = true;
            return Ok(None);
        }
        if let Some(sums) = self.sums {
            sums.give(chunk.clone());
        }
        Ok(Some(chunk))
    }
}

impl Supply for Passing<'_> {
    fn next(&mut self) -> Option<Result<Chunk, StreamFault>> {
        match self.read() {
            Ok(Some(chunk)) => {
                self.passed.bytes += chunk.len() as u64;
                Some(self.bounds.check(self.passed.bytes, self.passed.bytes).map(|()| chunk))
            }
            Ok(None) => {
                self.passed.complete = true;
                None
            }
            Err(error) => Some(Err(StreamFault::Io(error))),
        }
    }
}

impl Drop for Passing<'_> {
    fn drop(&mut self) {
        if let Some(sums) = self.sums {
            sums.close();
        }
    }
}

/// Reads until the buffer is full or nothing more comes.
pub(super) fn read_full(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
