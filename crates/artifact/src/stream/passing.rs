//! Plain bytes: read, summed by another thread, and given to whoever reads on.

use std::io::{self, Read};

use super::chunk::{Chunk, Pool, Supply};
use super::sums::Sums;
use super::{Allowance, StreamFault};

/// Plain bytes on their way. Gone, it closes the sums.
pub(super) struct Passing<'s> {
    reader: Box<dyn Read + Send>,
    pool: Pool,
    bounds: Allowance,
    sums: Option<&'s Sums>,
    /// Reading failed: nothing more can be read.
    has_failed: bool,
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
    pub(super) fn new(
        reader: Box<dyn Read + Send>,
        pool: &Pool,
        bounds: Allowance,
        sums: Option<&'s Sums>,
    ) -> Passing<'s> {
        Passing { reader, pool: pool.clone(), bounds, sums, has_failed: false, passed: Passed::default() }
    }

    /// Sums what was not given on.
    pub(super) fn sum_rest(&mut self) {
        while !self.has_failed && !self.passed.all_summed {
            self.has_failed = self.read().is_err();
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
            Err(error) => {
                self.has_failed = true;
                Some(Err(StreamFault::Io(error)))
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::stream::Bounds;
    use crate::stream::chunk::CHUNK;

    /// Some chunks, then a fault, then an end.
    struct Cut(u32);

    impl Read for Cut {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 = self.0.saturating_sub(1);
            match self.0 {
                0 => Ok(0),
                1 => Err(io::Error::other("the line is cut")),
                _ => Ok(buffer.len()),
            }
        }
    }

    fn pass(reader: impl Read + Send + 'static, most: u64) -> (usize, Passed, Passed) {
        let bounds = Bounds::new(&Limits::default(), "layer_bytes", most);
        let mut passing = Passing::new(Box::new(reader), &Pool::default(), bounds.into(), None);
        let given = std::iter::from_fn(|| passing.next()?.ok()).count();
        let passed = passing.passed;
        passing.sum_rest();
        (given, passed, passing.passed)
    }

    #[test]
    fn what_was_cut_off_is_not_all() {
        let (given, passed, in_the_end) = pass(Cut(5), u64::MAX);
        assert_eq!((given, passed.complete, in_the_end.all_summed), (3, false, false));
    }

    #[test]
    fn beyond_its_bounds_it_is_summed_and_not_given_on() {
        let chunk = CHUNK as u64;
        let (given, passed, in_the_end) = pass(io::repeat(7).take(4 * chunk), 2 * chunk);
        assert_eq!((given, passed.complete, passed.all_summed), (2, false, false));
        assert_eq!((in_the_end.complete, in_the_end.all_summed), (false, true));
    }

    #[test]
    fn all_of_it_is_given_on() {
        let (given, passed, _) = pass(io::repeat(7).take(3 * CHUNK as u64 + 1), u64::MAX);
        assert_eq!((given, passed.bytes, passed.complete), (4, 3 * CHUNK as u64 + 1, true));
    }
}
