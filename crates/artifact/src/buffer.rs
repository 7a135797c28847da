//! Bytes for large contents: of the system, which gives zeros without touching them and has them back at once.

use std::ops::{Deref, DerefMut, Range};

#[cfg(target_os = "linux")]
use memmap2::Advice;
use memmap2::MmapMut;

/// Initialised bytes. An allocator may give memory that was used before, write zeros to all of it and keep it when it is let go; the
/// system does neither, but takes longer to give a little.
#[derive(Debug)]
pub(crate) enum Buffer {
    Mapped(MmapMut),
    Allocated(Vec<u8>),
}

impl Buffer {
    /// Zeros of the system; where it has none to give, those of the allocator.
    pub(crate) fn of_zeros(length: usize) -> Buffer {
        Buffer::mapped(length).unwrap_or_else(|| Buffer::Allocated(vec![0; length]))
    }

    /// The same, for a buffer that will be filled: the system gives its pages at once, not each when it is first written to.
    pub(crate) fn to_fill(length: usize) -> Buffer {
        let mut buffer = Buffer::of_zeros(length);
        buffer.expect(0..length);
        buffer
    }

    /// This stretch will be filled.
    pub(crate) fn expect(&mut self, range: Range<usize>) {
        #[cfg(target_os = "linux")]
        if let Buffer::Mapped(bytes) = self {
            // Older systems cannot, and give pages one by one.
            let _ = bytes.advise_range(Advice::PopulateWrite, range.start, range.len());
        }
    }

    /// Zeros of the system, if it has so many: what nobody writes to takes no memory.
    pub(crate) fn mapped(length: usize) -> Option<Buffer> {
        MmapMut::map_anon(length.max(1)).ok().map(Buffer::Mapped)
    }

    /// Lets it become longer, zeros behind what there is.
    pub(crate) fn grow(&mut self, length: usize) {
        if let Buffer::Mapped(bytes) = self {
            *self = Buffer::Allocated(bytes.to_vec());
        }
        if let Buffer::Allocated(bytes) = self {
            bytes.reserve_exact(length.saturating_sub(bytes.len()));
            bytes.resize(length, 0);
        }
    }

    /// The first bytes of it, for whoever keeps them.
    pub(crate) fn into_vec(self, length: usize) -> Vec<u8> {
        match self {
            Buffer::Mapped(bytes) => bytes[..length].to_vec(),
            Buffer::Allocated(mut bytes) => {
                bytes.truncate(length);
                bytes.shrink_to_fit();
                bytes
            }
        }
    }
}

impl Default for Buffer {
    fn default() -> Buffer {
        Buffer::Allocated(Vec::new())
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Buffer::Mapped(bytes) => bytes,
            Buffer::Allocated(bytes) => bytes,
        }
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [u8] {
        match self {
            Buffer::Mapped(bytes) => bytes,
            Buffer::Allocated(bytes) => bytes,
        }
    }
}
