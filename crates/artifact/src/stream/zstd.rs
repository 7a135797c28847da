//! Zstandard, all frames: RFC 8878.

use zstd::stream::raw::{DParameter, Decoder, InBuffer, Operation, OutBuffer};

use super::StreamFault;
use super::inflate::{Decode, Source};

/// The largest window a frame may ask for, as a power of two: 128 MiB, the most the reference tool accepts unasked.
const WINDOW_LOG: u32 = 27;

/// A zstd stream.
pub(super) struct Zstd<S> {
    source: S,
    decoder: Decoder<'static>,
    in_frame: bool,
}

const FORMAT: &str = "zstd";

impl<S: Source> Zstd<S> {
    pub(super) fn new(source: S) -> Result<Zstd<S>, StreamFault> {
        let mut decoder = Decoder::new()?;
        decoder.set_parameter(DParameter::WindowLogMax(WINDOW_LOG))?;
        Ok(Zstd { source, decoder, in_frame: false })
    }
}

impl<S: Source> Decode for Zstd<S> {
    fn decode(&mut self, buffer: &mut [u8]) -> Result<usize, StreamFault> {
        loop {
            let input = self.source.fill()?;
            let at_end = input.is_empty();
            if at_end && !self.in_frame {
                return Ok(0);
            }
            let mut from = InBuffer::around(input);
            let mut to = OutBuffer::around(&mut *buffer);
            let result = self.decoder.run(&mut from, &mut to);
            let (read, written) = (from.pos(), to.pos());
            self.source.consume(read);
            let stored = self.source.passed();
            match result {
                Err(error) => return Err(StreamFault::Corrupt { format: FORMAT, stored, reason: error.to_string() }),
                Ok(hint) => self.in_frame = hint != 0,
            }
            if written > 0 {
                return Ok(written);
            }
            if at_end && self.in_frame {
                return Err(StreamFault::Truncated { format: FORMAT, stored });
            }
        }
    }

    fn stored(&self) -> u64 {
        self.source.passed()
    }
}
