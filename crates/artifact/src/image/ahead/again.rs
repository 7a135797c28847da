//! A layer read once more, on this thread, for contents that went by unwanted or under another name.

use std::io::{self, Read};

use crate::stream::{Blob, Bounds, Inflating, Piece};
use crate::tar::{Body, Reader};

/// A layer's tar, read from its start a second time.
pub(super) struct Again {
    reader: Reader<Inflating>,
    /// The entry that comes next.
    next: u64,
}

/// A content of it, or why there is none.
pub(super) enum AgainBody<B> {
    There(B),
    Fault(Option<io::Error>),
}

impl Again {
    pub(super) fn open(blob: &Blob, bounds: Bounds, header_limit: u64) -> io::Result<Again> {
        let inflating = Inflating::new(blob, bounds).map_err(|fault| io::Error::other(fault.to_string()))?;
        Ok(Again { reader: Reader::new(inflating, header_limit), next: 0 })
    }

    /// The content of an entry that was not passed yet.
    pub(super) fn body(&mut self, number: u64) -> io::Result<impl Body + '_> {
        while self.next <= number {
            let entry = self.reader.next().map_err(|fault| io::Error::other(fault.to_string()))?;
            entry.ok_or_else(|| io::Error::new(io::ErrorKind::UnexpectedEof, "the layer ends before it"))?;
            self.next += 1;
        }
        Ok(self.reader.body())
    }
}

impl<B: Body> AgainBody<B> {
    pub(super) fn of(body: io::Result<B>) -> AgainBody<B> {
        match body {
            Ok(body) => AgainBody::There(body),
            Err(error) => AgainBody::Fault(Some(error)),
        }
    }

    fn there(&mut self) -> io::Result<&mut B> {
        match self {
            AgainBody::There(body) => Ok(body),
            AgainBody::Fault(error) => Err(error.take().unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into())),
        }
    }
}

impl<B: Body> Read for AgainBody<B> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.there()?.read(buffer)
    }
}

impl<B: Body> Body for AgainBody<B> {
    fn piece(&mut self, most: u64) -> io::Result<Option<Piece>> {
        self.there()?.piece(most)
    }
}
