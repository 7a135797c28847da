//! Where the walk gets a layer's entries from: its tar, its tar while that is written down for the cache, the cache, or who read the
//! tar before its turn.

use std::io::{self, BufRead, Read};

use super::ahead::Came;
use crate::cache::{Replay, Writer};
use crate::content_sum::ContentSum;
use crate::stream::Piece;
use crate::take::Taking;
use crate::tar::{Body, Doubt, Entry, Fault, Plain, Reader, Skip};
use crate::{FileBytes, FileMeta, Interest, Sink};

/// The entries of one layer, one after another.
pub(super) trait Entries {
    /// The next entry; `None` at the end. After a fault nothing more can be read.
    fn next(&mut self) -> Result<Option<Entry>, Fault>;
    /// The name of the entry it is at, as written.
    fn path(&self) -> &[u8];
    /// The name that entry links to, as written.
    fn link(&self) -> &[u8];
    /// What was taken of that entry before its turn, if it was taken under this name and with this interest.
    fn foreseen(&mut self, _file: &FileMeta, _interest: Interest) -> Option<io::Result<Came>> {
        None
    }
    /// Contents of this layer that the sink has already, by entry and length, in order: read once more. From here on nothing is
    /// foreseen.
    fn again(&mut self, _wanted: &[(u32, usize)], _taking: &Taking<'_>) -> io::Result<Vec<FileBytes>> {
        Err(io::ErrorKind::Unsupported.into())
    }
    /// The content of that entry, for who asks for it.
    fn body<'a>(&'a mut self, asked: &'a Asked<'a>) -> impl Body + 'a;
    /// The sum of the content before the entry it is at, or before the end.
    fn take_sum(&mut self) -> Option<ContentSum>;
    /// What was odd since this was last asked.
    fn take_doubts(&mut self) -> Vec<Doubt>;
    /// Reads what follows the end; true where that is not only zeros.
    fn drain(&mut self) -> Result<bool, Fault>;
}

/// Who asks for a content.
pub(super) struct Asked<'a> {
    pub(super) interest: Interest,
    pub(super) file: &'a FileMeta,
    pub(super) sink: &'a dyn Sink,
}

/// A tar, and what of it is kept for the next time.
pub(super) struct Recording<'r, E> {
    pub(super) entries: &'r mut E,
    pub(super) writer: &'r mut Option<Writer>,
    sum: Option<ContentSum>,
}

/// Content that is written down while it is read.
pub(super) struct Copied<'w, 'a, R> {
    pub(super) body: R,
    pub(super) writer: Option<&'w mut Writer>,
    /// Bytes of the head, and who may say that no more need be written down.
    pub(super) asked: Option<(usize, &'a Asked<'a>)>,
}

impl<'r, E> Recording<'r, E> {
    pub(super) fn new(entries: &'r mut E, writer: &'r mut Option<Writer>) -> Recording<'r, E> {
        Recording { entries, writer, sum: None }
    }
}

impl<R: Skip> Entries for Reader<R> {
    fn next(&mut self) -> Result<Option<Entry>, Fault> {
        Reader::next(self)
    }

    fn path(&self) -> &[u8] {
        Reader::path(self)
    }

    fn link(&self) -> &[u8] {
        Reader::link(self)
    }

    fn body<'a>(&'a mut self, _: &'a Asked<'a>) -> impl Body + 'a {
        Reader::body(self)
    }

    fn take_sum(&mut self) -> Option<ContentSum> {
        Reader::take_sum(self)
    }

    fn take_doubts(&mut self) -> Vec<Doubt> {
        Reader::take_doubts(self)
    }

    fn drain(&mut self) -> Result<bool, Fault> {
        Reader::drain(self)
    }
}

impl<E: Entries> Entries for Recording<'_, E> {
    fn next(&mut self) -> Result<Option<Entry>, Fault> {
        let next = self.entries.next()?;
        self.sum = self.entries.take_sum();
        if let (Some(writer), Some(sum)) = (self.writer.as_mut(), self.sum) {
            writer.sum(sum);
        }
        if let (Some(writer), Some(entry)) = (self.writer.as_mut(), &next) {
            writer.entry(entry, self.entries.path(), self.entries.link());
        }
        Ok(next)
    }

    fn path(&self) -> &[u8] {
        self.entries.path()
    }

    fn link(&self) -> &[u8] {
        self.entries.link()
    }

    fn body<'a>(&'a mut self, asked: &'a Asked<'a>) -> impl Body + 'a {
        let head = match asked.interest {
            Interest::Head(length) => Some((length, asked)),
            Interest::Skip | Interest::Whole { .. } => None,
        };
        Copied { body: self.entries.body(asked), writer: self.writer.as_mut(), asked: head }
    }

    fn take_sum(&mut self) -> Option<ContentSum> {
        self.sum.take()
    }

    fn take_doubts(&mut self) -> Vec<Doubt> {
        self.entries.take_doubts()
    }

    fn drain(&mut self) -> Result<bool, Fault> {
        self.entries.drain()
    }
}

impl<R: Read> Read for Copied<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.body.read(buffer)?;
        self.copy(&buffer[..read]);
        Ok(read)
    }
}

impl<R: Body> Body for Copied<'_, '_, R> {
    fn piece(&mut self, most: u64) -> io::Result<Option<Piece>> {
        let piece = self.body.piece(most)?;
        self.copy(piece.as_deref().unwrap_or_default());
        Ok(piece)
    }
}

impl<R> Copied<'_, '_, R> {
    /// Writes down what was read, unless the rest need not be.
    fn copy(&mut self, bytes: &[u8]) {
        let Some(writer) = self.writer.as_mut().filter(|_| !bytes.is_empty()) else { return };
        match &mut self.asked {
            Some((0, asked)) if asked.sink.keeps_results(asked.file) => {
                writer.give();
                self.writer = None;
                return;
            }
            // A head is read to its end before anything else is.
            Some((left, _)) => *left = left.saturating_sub(bytes.len()),
            None => {}
        }
        writer.bytes(bytes);
    }
}

/// Only what gave no doubt and ended well was kept.
impl<R: BufRead> Entries for Replay<R> {
    fn next(&mut self) -> Result<Option<Entry>, Fault> {
        Ok(Replay::next(self)?)
    }

    fn path(&self) -> &[u8] {
        Replay::path(self)
    }

    fn link(&self) -> &[u8] {
        Replay::link(self)
    }

    fn body<'a>(&'a mut self, _: &'a Asked<'a>) -> impl Body + 'a {
        Plain(Replay::body(self))
    }

    fn take_sum(&mut self) -> Option<ContentSum> {
        Replay::take_sum(self)
    }

    fn take_doubts(&mut self) -> Vec<Doubt> {
        Vec::new()
    }

    fn drain(&mut self) -> Result<bool, Fault> {
        Ok(false)
    }
}
