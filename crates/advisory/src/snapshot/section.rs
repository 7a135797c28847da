//! The sections of a file, and blocks in them: a checksum, a length, a body.

use super::cursor::Cursor;
use super::error::SnapshotError;
use super::sum::{fold, sum};

/// What a section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Kind {
    /// Where each group of packages begins.
    NameIndex = 1,
    /// Groups: packages and who speaks of them.
    Entries = 2,
    /// Blocks: facts of a record.
    Records = 3,
    /// Blocks: which versions are affected.
    Affected = 4,
    /// Blocks: texts that many records share.
    Texts = 5,
    /// Buckets: ids and aliases to records.
    IdIndex = 6,
    /// Blocks: release cycles of a product.
    Lifetimes = 7,
}

/// One section of a file.
#[derive(Clone, Copy)]
pub(crate) struct Section<'a> {
    pub(crate) kind: Kind,
    pub(crate) bytes: &'a [u8],
}

impl Kind {
    pub(crate) const ALL: [Kind; 7] =
        [Kind::NameIndex, Kind::Entries, Kind::Records, Kind::Affected, Kind::Texts, Kind::IdIndex, Kind::Lifetimes];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::NameIndex => "package names",
            Kind::Entries => "packages",
            Kind::Records => "records",
            Kind::Affected => "affected versions",
            Kind::Texts => "shared texts",
            Kind::IdIndex => "ids",
            Kind::Lifetimes => "lifetimes",
        }
    }

    pub(crate) fn number(self) -> u32 {
        self as u32
    }

    /// Blocks of different sections have different sums, so that none is taken for another.
    fn seed(self) -> u64 {
        u64::from(self.number())
    }
}

impl<'a> Section<'a> {
    /// The body of the block at `offset`, if its checksum holds.
    pub(crate) fn block(self, offset: u32) -> Result<Cursor<'a>, SnapshotError> {
        self.block_and_next(offset as usize).map(|(cursor, _)| cursor)
    }

    /// The body of the block at `offset`, and where the next one begins.
    pub(crate) fn block_and_next(self, offset: usize) -> Result<(Cursor<'a>, usize), SnapshotError> {
        let damaged = |what| SnapshotError::damaged(self.kind, offset, what);
        let stored = self.bytes.get(offset..).and_then(|rest| rest.first_chunk::<4>());
        let stored = u32::from_le_bytes(*stored.ok_or_else(|| damaged("the offset lies outside"))?);
        let start = offset + 4;
        let mut length = Cursor::new(self.kind, self.bytes, start);
        let body_length = length.length()?;
        let end = length.position().checked_add(body_length).filter(|end| *end <= self.bytes.len());
        let end = end.ok_or_else(|| damaged("the block is longer than its section"))?;
        if fold(sum(self.kind.seed(), &self.bytes[start..end])) != stored {
            return Err(damaged("the checksum does not match"));
        }
        Ok((Cursor::new(self.kind, &self.bytes[..end], length.position()), end))
    }
}

/// Appends a block and gives its offset; `None` when the section is full.
pub(crate) fn push_block(kind: Kind, out: &mut Vec<u8>, body: &[u8]) -> Option<u32> {
    let offset = u32::try_from(out.len()).ok()?;
    out.extend_from_slice(&[0; 4]);
    super::encode::number(out, body.len() as u64);
    out.extend_from_slice(body);
    let start = offset as usize + 4;
    let checksum = fold(sum(kind.seed(), &out[start..]));
    out[offset as usize..start].copy_from_slice(&checksum.to_le_bytes());
    Some(offset)
}
