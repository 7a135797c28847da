//! An entry of the cache, read.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use super::check::check_sum;
use super::format::{
    BYTES, CONTENT_SUM, END, GIVEN, HEAD, MAGIC, PLACE, SPARSE, damaged, kind_of, read_byte, read_bytes, read_length,
    read_number,
};
use super::key::{Key, Part};
use crate::content_sum::ContentSum;
use crate::tar::Entry;

/// What an entry holds, from its start. All of it was checked before any of it is given.
#[derive(Debug)]
pub(crate) struct Replay<R> {
    source: R,
    path: Vec<u8>,
    link: Vec<u8>,
    content: Content,
    sum: Option<ContentSum>,
    records: u64,
    given: u64,
    /// What its end says; known from the check.
    content_bytes: u64,
    ended: bool,
}

/// The content of the file it is at.
#[derive(Debug, Default)]
struct Content {
    size: u64,
    /// How much of it was given.
    at: u64,
    /// How much of the piece it is in was not.
    piece: u64,
}

/// A content was not kept as far as it is asked for.
#[derive(Debug, thiserror::Error)]
#[error("the cache holds less of it than is asked for")]
pub(crate) struct NotKept;

/// The rest of a content was given to who keeps what came of it.
#[derive(Debug, thiserror::Error)]
#[error("the cache holds what came of it")]
pub(crate) struct Given;

/// Reads the content of the file that a [`Replay`] is at.
pub(crate) struct ReplayBody<'r, R> {
    replay: &'r mut Replay<R>,
}

impl NotKept {
    /// True for the error that says so.
    pub(crate) fn is(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|inner| inner.is::<NotKept>())
    }
}

impl Given {
    /// True for the error that says so.
    pub(crate) fn is(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|inner| inner.is::<Given>())
    }
}

impl<R: BufRead + Seek> Replay<R> {
    /// Checks all of it, then begins at its start. An error is an entry that is damaged, or of another key.
    pub(crate) fn open(mut source: R, key: &Key) -> io::Result<Replay<R>> {
        let end = check_sum(&mut source)?;
        source.seek(SeekFrom::Start(0))?;
        let mut head = [0; HEAD];
        source.read_exact(&mut head)?;
        if head != *[MAGIC.as_slice(), &key.sum, &[key.part.number()]].concat() {
            return Err(damaged("it is the entry of something else"));
        }
        let mut replay = Replay::at_first(source);
        replay.check_records(key.part)?;
        let Replay { content_bytes, given, .. } = replay;
        if replay.source.stream_position()? != end {
            return Err(damaged("it goes on after its end"));
        }
        let mut source = replay.source;
        source.seek(SeekFrom::Start(HEAD as u64))?;
        Ok(Replay { content_bytes, given, ..Replay::at_first(source) })
    }
}

impl<R: BufRead> Replay<R> {
    fn at_first(source: R) -> Replay<R> {
        Replay {
            source,
            path: Vec::new(),
            link: Vec::new(),
            content: Content::default(),
            sum: None,
            records: 0,
            given: 0,
            content_bytes: 0,
            ended: false,
        }
    }

    /// Bytes the layer's tar has.
    pub(crate) fn content_bytes(&self) -> u64 {
        self.content_bytes
    }

    /// How many contents are not here because somebody keeps what came of them.
    pub(crate) fn given(&self) -> u64 {
        self.given
    }

    /// The name of the entry it is at, as its tar has it.
    pub(crate) fn path(&self) -> &[u8] {
        &self.path
    }

    /// The name that entry links to, likewise.
    pub(crate) fn link(&self) -> &[u8] {
        &self.link
    }

    /// The content of that entry, as far as it was kept; [`NotKept`] beyond.
    pub(crate) fn body(&mut self) -> ReplayBody<'_, R> {
        ReplayBody { replay: self }
    }

    /// The sum of the content before the entry it is at, or before the end.
    pub(crate) fn take_sum(&mut self) -> Option<ContentSum> {
        self.sum.take()
    }

    /// The next entry of the layer; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Entry>> {
        match self.next_tag()? {
            None => Ok(None),
            Some(PLACE) => Err(damaged("a layer holds no places")),
            Some(tag) => self.entry(tag).map(Some),
        }
    }

    /// The next content of a second pass: its layer, and its entry there.
    pub(crate) fn next_place(&mut self) -> io::Result<Option<(u32, u32)>> {
        match self.next_tag()? {
            None => Ok(None),
            Some(PLACE) => {
                let (layer, entry) = (self.number_32()?, self.number_32()?);
                self.content = Content { size: read_number(&mut self.source)?, ..Content::default() };
                Ok(Some((layer, entry)))
            }
            Some(_) => Err(damaged("a second pass holds places only")),
        }
    }

    /// Passes over what is left of the content, and gives the tag after it.
    fn next_tag(&mut self) -> io::Result<Option<u8>> {
        loop {
            self.skip_piece()?;
            if self.ended {
                return Ok(None);
            }
            match read_byte(&mut self.source)? {
                BYTES => self.begin_piece()?,
                // Nothing follows of this content.
                GIVEN => self.content.at = self.content.size,
                CONTENT_SUM => {
                    let mut sum = [0; ContentSum::LENGTH];
                    self.source.read_exact(&mut sum)?;
                    self.sum = Some(ContentSum::from_bytes(sum));
                }
                END => {
                    self.content_bytes = read_number(&mut self.source)?;
                    let records = read_number(&mut self.source)?;
                    self.given = read_number(&mut self.source)?;
                    self.ended = true;
                    return if records == self.records { Ok(None) } else { Err(damaged("records are missing")) };
                }
                tag => {
                    self.records += 1;
                    return Ok(Some(tag));
                }
            }
        }
    }

    fn entry(&mut self, tag: u8) -> io::Result<Entry> {
        let kind = kind_of(tag).filter(|_| tag & !(SPARSE | 0x0f) == 0).ok_or_else(|| damaged("an unknown record"))?;
        let source = &mut self.source;
        let shared = usize::try_from(read_number(source)?).map_err(io::Error::other)?;
        if shared > self.path.len() {
            return Err(damaged("a name shares more than the last one has"));
        }
        self.path.truncate(shared);
        read_bytes(source, &mut self.path)?;
        self.link.clear();
        read_bytes(source, &mut self.link)?;
        let size = read_number(source)?;
        let mode = self.number_32()?;
        let (offset, content_offset) = (read_number(&mut self.source)?, read_number(&mut self.source)?);
        self.content = Content { size, ..Content::default() };
        Ok(Entry { kind, size, mode, offset, content_offset, sparse: tag & SPARSE != 0 })
    }

    fn begin_piece(&mut self) -> io::Result<()> {
        let length = read_length(&mut self.source)?;
        if length == 0 || length > self.content.size.saturating_sub(self.content.at) {
            return Err(damaged("a content is longer than its file"));
        }
        self.content.piece = length;
        Ok(())
    }

    fn skip_piece(&mut self) -> io::Result<()> {
        while self.content.piece > 0 {
            let available = self.source.fill_buf()?.len() as u64;
            let step = available.min(self.content.piece);
            if step == 0 {
                return Err(damaged("a content is cut off"));
            }
            self.source.consume(usize::try_from(step).map_err(io::Error::other)?);
            self.content.piece -= step;
            self.content.at += step;
        }
        Ok(())
    }

    fn number_32(&mut self) -> io::Result<u32> {
        u32::try_from(read_number(&mut self.source)?).map_err(|_| damaged("a number is too large"))
    }

    /// Reads all records.
    fn check_records(&mut self, part: Part) -> io::Result<()> {
        match part {
            Part::Layer => while self.next()?.is_some() {},
            _ => while self.next_place()?.is_some() {},
        }
        Ok(())
    }
}

impl<R: BufRead> Read for ReplayBody<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let replay = &mut *self.replay;
        if buffer.is_empty() || replay.content.at == replay.content.size {
            return Ok(0);
        }
        if replay.content.piece == 0 {
            match replay.source.fill_buf()?.first() {
                Some(&BYTES) if !replay.ended => {}
                Some(&GIVEN) if !replay.ended => return Err(io::Error::other(Given)),
                _ => return Err(io::Error::other(NotKept)),
            }
            replay.source.consume(1);
            replay.begin_piece()?;
        }
        let length = usize::try_from(replay.content.piece).map_or(buffer.len(), |piece| piece.min(buffer.len()));
        let read = replay.source.read(&mut buffer[..length])?;
        if read == 0 {
            return Err(damaged("a content is cut off"));
        }
        replay.content.piece -= read as u64;
        replay.content.at += read as u64;
        Ok(read)
    }
}
