//! The content of one entry: stored bytes, with holes filled by zeros.

use std::io::{self, Read};

use super::skip::{Body, Skip};
use super::sparse::Segment;
use crate::content_sum::Summing;
use crate::stream::Piece;

/// How much of an entry's content is still to come.
#[derive(Debug, Default)]
pub(super) struct Rest {
    /// Stored bytes that were not read yet.
    pub(super) stored: u64,
    /// Zeros that bring the content to the end of a block.
    pub(super) padding: u64,
    /// Of a file with holes: what is where.
    pub(super) holes: Option<Holes>,
    /// The sum of what was read, where one is made. A file with holes has none.
    pub(super) sum: Option<Summing>,
}

/// A file with holes, read from its start.
#[derive(Debug)]
pub(super) struct Holes {
    pub(super) segments: Vec<Segment>,
    pub(super) next: usize,
    pub(super) position: u64,
    pub(super) size: u64,
}

/// Reads the content of the entry the reader is at.
pub(crate) struct EntryBody<'r, R> {
    pub(super) source: &'r mut R,
    pub(super) offset: &'r mut u64,
    pub(super) rest: &'r mut Rest,
}

impl<R: Skip> Read for EntryBody<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        match self.rest.holes.as_mut().map(Holes::stretch) {
            None => self.read_stored(buffer, u64::MAX),
            Some(Stretch::End) => Ok(0),
            Some(Stretch::Zeros(length)) => {
                let length = fit(buffer, length);
                buffer[..length].fill(0);
                self.advance(length);
                Ok(length)
            }
            Some(Stretch::Data(length)) => {
                let read = self.read_stored(buffer, length)?;
                self.advance(read);
                Ok(read)
            }
        }
    }
}

impl<R: Skip> Body for EntryBody<'_, R> {
    /// A file with holes is put together by copying.
    fn piece(&mut self, most: u64) -> io::Result<Option<Piece>> {
        let most = most.min(self.rest.stored);
        if most == 0 || self.rest.holes.is_some() {
            return Ok(None);
        }
        let piece = self.source.piece(most)?;
        if let Some(piece) = &piece {
            self.passed(piece);
        }
        Ok(piece)
    }
}

enum Stretch {
    Zeros(u64),
    Data(u64),
    End,
}

impl Holes {
    fn stretch(&mut self) -> Stretch {
        while let Some(segment) = self.segments.get(self.next) {
            let end = segment.offset + segment.length;
            if self.position < segment.offset {
                return Stretch::Zeros(segment.offset - self.position);
            }
            if self.position < end {
                return Stretch::Data(end - self.position);
            }
            self.next += 1;
        }
        if self.position < self.size { Stretch::Zeros(self.size - self.position) } else { Stretch::End }
    }
}

impl<R: Skip> EntryBody<'_, R> {
    fn read_stored(&mut self, buffer: &mut [u8], most: u64) -> io::Result<usize> {
        let length = fit(buffer, most.min(self.rest.stored));
        if length == 0 {
            return Ok(0);
        }
        let read = self.source.read(&mut buffer[..length])?;
        if read == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the tar ends inside a file"));
        }
        self.passed(&buffer[..read]);
        Ok(read)
    }

    fn passed(&mut self, bytes: &[u8]) {
        if let Some(sum) = &mut self.rest.sum {
            sum.update(bytes, false);
        }
        self.rest.stored -= bytes.len() as u64;
        *self.offset += bytes.len() as u64;
    }

    /// Passes over what is left of the stored bytes, or to the end of the stream.
    pub(super) fn pass(&mut self) -> io::Result<()> {
        let Rest { stored, sum, .. } = &mut *self.rest;
        let mut passed = 0;
        match sum {
            None => passed = self.source.skip(*stored)?,
            Some(sum) => loop {
                let available = self.source.fill_buf()?;
                let step = fit(available, *stored - passed);
                if step == 0 {
                    break;
                }
                sum.update(&available[..step], *stored == step as u64);
                self.source.consume(step);
                passed += step as u64;
            },
        }
        *stored -= passed;
        *self.offset += passed;
        Ok(())
    }

    fn advance(&mut self, by: usize) {
        if let Some(holes) = &mut self.rest.holes {
            holes.position += by as u64;
        }
    }
}

fn fit(buffer: &[u8], length: u64) -> usize {
    usize::try_from(length).map_or(buffer.len(), |length| length.min(buffer.len()))
}
