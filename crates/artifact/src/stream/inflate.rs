//! One decoder for whatever the bytes are compressed with, held to its bounds.

use std::io::{self, BufRead, BufReader, Read};

use super::chunk::{CHUNK, Chunks};
use super::compression::MAGIC;
use super::gzip::Gzip;
use super::zstd::Zstd;
use super::{Blob, Compression, Spool, Store, StreamFault};
use crate::Limits;
use crate::tar::Skip;

/// Stored bytes, as a decoder takes them.
pub(super) trait Source {
    /// What is there; empty at the end.
    fn fill(&mut self) -> Result<&[u8], StreamFault>;
    fn consume(&mut self, count: usize);
    /// Bytes consumed so far.
    fn passed(&self) -> u64;
}

/// Stored bytes to content.
pub(super) trait Decode {
    /// Writes some content to `buffer`; 0 at the end.
    fn decode(&mut self, buffer: &mut [u8]) -> Result<usize, StreamFault>;
    /// Stored bytes taken so far.
    fn stored(&self) -> u64;
    /// Stored bytes after the end of the compressed stream.
    fn trailing(&self) -> u64 {
        0
    }
}

/// How much content a stream may give.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// The name of the limit on bytes, and its value.
    pub(crate) limit: (&'static str, u64),
    /// The most bytes; less than the limit where others have had their share of it.
    pub(crate) most: u64,
    /// The most bytes per stored byte.
    pub(crate) ratio: u64,
    /// From how many bytes on the ratio is asked.
    pub(crate) ratio_from: u64,
}

impl Bounds {
    /// The usual ratio, and so many bytes.
    pub(crate) fn new(limits: &Limits, name: &'static str, value: u64) -> Bounds {
        Bounds { limit: (name, value), most: value, ratio: limits.ratio, ratio_from: limits.ratio_from }
    }

    pub(super) fn check(&self, content: u64, stored: u64) -> Result<(), StreamFault> {
        let (limit, value) = self.limit;
        if content > self.most {
            let what = format!("it holds more than {} uncompressed bytes", self.most);
            return Err(StreamFault::Limit { limit, value, what });
        }
        if content > self.ratio_from && content / self.ratio.max(1) > stored {
            let what = format!("{stored} stored bytes hold more than {content} uncompressed ones");
            return Err(StreamFault::Limit { limit: "ratio", value: self.ratio, what });
        }
        Ok(())
    }
}

/// The decoder of compressed bytes.
pub(super) fn decoder<'s, S: Source + Send + 's>(
    compression: Compression,
    source: S,
) -> Result<Box<dyn Decode + Send + 's>, StreamFault> {
    match compression {
        Compression::None => Ok(Box::new(Plain(source))),
        Compression::Gzip => Ok(Box::new(Gzip::new(source))),
        Compression::Zstd => Ok(Box::new(Zstd::new(source)?)),
        Compression::Foreign(name) => Err(StreamFault::Unsupported(name)),
    }
}

/// Fills a buffer as far as there is content, however small the pieces are that come.
pub(super) fn fill(decoder: &mut dyn Decode, buffer: &mut [u8]) -> Result<(usize, Option<StreamFault>), StreamFault> {
    let mut filled = 0;
    while filled < buffer.len() {
        match decoder.decode(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(written) => filled += written,
            // What came before the fault is still good.
            Err(fault) if filled > 0 => return Ok((filled, Some(fault))),
            Err(fault) => return Err(fault),
        }
    }
    Ok((filled, None))
}

/// Inflates a whole blob.
pub(crate) fn inflate_into(mut spool: Spool, blob: &Blob, bounds: &Bounds) -> Result<Store, StreamFault> {
    let compression = Compression::of(&blob.head(MAGIC)?);
    let mut decoder = decoder(compression, Counted::new(blob.open()?))?;
    let mut buffer = vec![0; CHUNK];
    let mut content = 0;
    loop {
        let (filled, fault) = fill(&mut *decoder, &mut buffer)?;
        content += filled as u64;
        bounds.check(content, decoder.stored())?;
        spool.write(&buffer[..filled])?;
        match fault {
            Some(fault) => return Err(fault),
            None if filled == 0 => return Ok(spool.finish()),
            None => {}
        }
    }
}

/// The first content of a blob: at most so many bytes, fewer where it is damaged before.
pub(crate) fn inflate_head(blob: &Blob, length: usize) -> Result<Vec<u8>, StreamFault> {
    let compression = Compression::of(&blob.head(MAGIC)?);
    let mut decoder = decoder(compression, Counted::new(blob.open()?))?;
    let mut head = vec![0; length];
    let filled = fill(&mut *decoder, &mut head).map_or(0, |(filled, _)| filled);
    head.truncate(filled);
    Ok(head)
}

/// A blob's content as one stream, on this thread.
pub(crate) struct Inflating {
    decoder: Box<dyn Decode + Send>,
    bounds: Bounds,
    buffer: Vec<u8>,
    at: usize,
    content: u64,
    /// What is wrong after the content that is in the buffer.
    late: Option<StreamFault>,
}

impl Inflating {
    pub(crate) fn new(blob: &Blob, bounds: Bounds) -> Result<Inflating, StreamFault> {
        let compression = Compression::of(&blob.head(MAGIC)?);
        let decoder = decoder(compression, Counted::new(blob.open()?))?;
        Ok(Inflating { decoder, bounds, buffer: Vec::new(), at: 0, content: 0, late: None })
    }

    /// In the same steps as a layer is read by several threads: a chunk that goes beyond the bounds is not given.
    fn next_chunk(&mut self) -> Result<usize, StreamFault> {
        if let Some(fault) = self.late.take() {
            return Err(fault);
        }
        self.buffer.resize(CHUNK, 0);
        let (filled, late) = fill(&mut *self.decoder, &mut self.buffer)?;
        self.late = late;
        self.content += filled as u64;
        self.bounds.check(self.content, self.decoder.stored())?;
        Ok(filled)
    }

    fn refill(&mut self) -> Result<(), StreamFault> {
        let filled = self.next_chunk();
        self.at = 0;
        self.buffer.truncate(*filled.as_ref().unwrap_or(&0));
        filled.map(drop)
    }
}

impl Read for Inflating {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Inflating {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.buffer.len() {
            self.refill().map_err(|fault| io::Error::other(fault.to_string()))?;
        }
        Ok(&self.buffer[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl Skip for Inflating {}

/// Bytes that are not compressed.
struct Plain<S>(S);

impl<S: Source> Decode for Plain<S> {
    fn decode(&mut self, buffer: &mut [u8]) -> Result<usize, StreamFault> {
        let available = self.0.fill()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.0.consume(length);
        Ok(length)
    }

    fn stored(&self) -> u64 {
        self.0.passed()
    }
}

/// A plain reader, counted.
struct Counted<R> {
    reader: BufReader<R>,
    passed: u64,
}

impl<R: Read> Counted<R> {
    fn new(reader: R) -> Counted<R> {
        Counted { reader: BufReader::with_capacity(CHUNK, reader), passed: 0 }
    }
}

impl<R: Read> Source for Counted<R> {
    fn fill(&mut self) -> Result<&[u8], StreamFault> {
        Ok(self.reader.fill_buf()?)
    }

    fn consume(&mut self, count: usize) {
        self.passed += count as u64;
        self.reader.consume(count);
    }

    fn passed(&self) -> u64 {
        self.passed
    }
}

impl Source for Chunks<'_> {
    fn fill(&mut self) -> Result<&[u8], StreamFault> {
        if BufRead::fill_buf(self).is_err() {
            let lost = || StreamFault::Io(io::Error::other("the reading thread ended"));
            return Err(self.take_fault().unwrap_or_else(lost));
        }
        // Borrowed anew: the compiler cannot see that the first borrow ended.
        Ok(BufRead::fill_buf(self)?)
    }

    fn consume(&mut self, count: usize) {
        BufRead::consume(self, count);
    }

    fn passed(&self) -> u64 {
        Chunks::passed(self)
    }
}
