//! How large a file is for a service that takes it compressed.

use std::io::{self, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;

/// The bytes that gzip makes of these, at its fastest: a sender that compresses harder sends less.
pub(super) fn compressed(bytes: &[u8]) -> io::Result<usize> {
    let mut encoder = GzEncoder::new(Counter(0), Compression::fast());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.0)
}

/// Counts what is written and keeps none of it.
struct Counter(usize);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_compressed_bytes() {
        let size = compressed(&[b'a'; 1 << 20]).expect("a counter takes every write");
        assert!((100..20_000).contains(&size), "{size}");
    }
}
