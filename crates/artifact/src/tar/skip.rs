//! Passing over bytes without copying them.

use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};

use crate::stream::Piece;

/// A stream that can pass over bytes.
pub(crate) trait Skip: BufRead {
    /// Passes over `count` bytes; fewer only where the stream ends.
    fn skip(&mut self, count: u64) -> io::Result<u64> {
        let mut passed = 0;
        while passed < count {
            let available = self.fill_buf()?.len() as u64;
            if available == 0 {
                break;
            }
            let step = available.min(count - passed);
            self.consume(usize::try_from(step).expect("no longer than a buffer"));
            passed += step;
        }
        Ok(passed)
    }

    /// Some of the next bytes, at most so many, to be kept without a copy. `None` at the end, and where bytes are not shared.
    fn piece(&mut self, _most: u64) -> io::Result<Option<Piece>> {
        Ok(None)
    }
}

/// A content that is read from its start.
pub(crate) trait Body: Read {
    /// Some of the next bytes, at most so many, to be kept without a copy. `None` at the end, and where bytes are not shared.
    fn piece(&mut self, _most: u64) -> io::Result<Option<Piece>> {
        Ok(None)
    }
}

/// A content that can only be copied.
pub(crate) struct Plain<R>(pub(crate) R);

impl<R: Read> Read for Plain<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R: Read> Body for Plain<R> {}

impl Skip for &[u8] {}

impl<T: AsRef<[u8]>> Skip for Cursor<T> {}

impl<R: Skip + ?Sized> Skip for Box<R> {
    fn skip(&mut self, count: u64) -> io::Result<u64> {
        (**self).skip(count)
    }

    fn piece(&mut self, most: u64) -> io::Result<Option<Piece>> {
        (**self).piece(most)
    }
}

impl<R: Skip + ?Sized> Skip for &mut R {
    fn skip(&mut self, count: u64) -> io::Result<u64> {
        (**self).skip(count)
    }

    fn piece(&mut self, most: u64) -> io::Result<Option<Piece>> {
        (**self).piece(most)
    }
}

/// A file, where passing over is seeking. What lies beyond the buffer is not read.
pub(crate) struct SeekingFile<F> {
    file: BufReader<F>,
    at: u64,
    length: u64,
}

impl<F: Read + Seek> SeekingFile<F> {
    /// `file` is at its start.
    pub(crate) fn new(file: F, length: u64) -> SeekingFile<F> {
        // Small: of an archive only headers are read this way.
        SeekingFile { file: BufReader::with_capacity(4096, file), at: 0, length }
    }
}

impl<F: Read> Read for SeekingFile<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<F: Read> BufRead for SeekingFile<F> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.file.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.file.consume(amount);
    }
}

impl<F: Read + Seek> Skip for SeekingFile<F> {
    fn skip(&mut self, count: u64) -> io::Result<u64> {
        let step = count.min(self.length.saturating_sub(self.at));
        self.file.seek_relative(i64::try_from(step).map_err(io::Error::other)?)?;
        self.at += step;
        Ok(step)
    }
}
