//! How bytes are compressed, told by their first bytes and by nothing else.

/// Bytes that tell every compression.
pub(super) const MAGIC: usize = 6;

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    /// Nothing we know as a compression.
    None,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
    /// A compression no runtime knows.
    Foreign(&'static str),
}

impl Compression {
    /// From the first bytes, `MAGIC` of them.
    pub(crate) fn of(head: &[u8]) -> Compression {
        match head {
            [0x1f, 0x8b, ..] => Compression::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Compression::Zstd,
            // A skippable frame: seekable variants may begin with one.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Compression::Zstd,
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Compression::Foreign("xz"),
            [b'B', b'Z', b'h', b'1'..=b'9', ..] => Compression::Foreign("bzip2"),
            [0x04, 0x22, 0x4d, 0x18, ..] => Compression::Foreign("lz4"),
            _ => Compression::None,
        }
    }
}
