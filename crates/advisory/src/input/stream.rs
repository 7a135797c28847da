//! Streams that unpack themselves and stop at a limit.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

/// zstd frames that need a larger window than 128 MiB are refused.
const LARGEST_WINDOW_LOG: u32 = 27;

/// Bytes unpacked, whatever they were packed with; found by their first bytes, not by a name.
pub(crate) fn unpack<'a>(reader: impl Read + 'a, limit: u64) -> io::Result<Box<dyn BufRead + 'a>> {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let magic = reader.fill_buf()?;
    if magic.starts_with(&[0x1f, 0x8b]) {
        return Ok(capped(MultiGzDecoder::new(reader), limit));
    }
    if magic.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let mut decoder = zstd::stream::read::Decoder::with_buffer(reader)?;
        decoder.window_log_max(LARGEST_WINDOW_LOG)?;
        return Ok(capped(decoder, limit));
    }
    Ok(capped(reader, limit))
}

fn capped<'a>(reader: impl Read + 'a, limit: u64) -> Box<dyn BufRead + 'a> {
    Box::new(BufReader::with_capacity(1 << 16, Capped { reader, left: limit, limit }))
}

/// Fails where a stream is longer than allowed, instead of ending quietly.
struct Capped<R> {
    reader: R,
    left: u64,
    limit: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            io::Error::other(format!("it is longer than the limit of {} bytes when unpacked", self.limit))
        })?;
        Ok(count)
    }
}

/// What became of a line.
pub(crate) enum Line {
    /// It is in the buffer, without its end.
    Whole,
    /// It was longer than allowed and passed over.
    TooLong,
    /// There is none.
    End,
}

/// Reads up to the next line feed.
pub(crate) fn read_line(reader: &mut dyn BufRead, limit: u64, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let count = reader.take(limit.saturating_add(1)).read_until(b'\n', line)?;
    if count == 0 {
        return Ok(Line::End);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        return Ok(Line::Whole);
    }
    if count as u64 <= limit {
        return Ok(Line::Whole);
    }
    pass_line(reader)?;
    Ok(Line::TooLong)
}

fn pass_line(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (used, done) = match end {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(used);
        if done {
            return Ok(());
        }
    }
}
