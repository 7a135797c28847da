//! A package, and which records speak of it.
//!
//! ```text
//! package = ecosystem:number name:text (record-offset:number affected-offset:number), the last again and again to its end
//! key     = sum(ecosystem's number, name)
//! ```
//!
//! Ecosystems are numbered by their place in the head. A record may occur several times in the list: each block of affected
//! versions counts.

use super::cursor::Cursor;
use super::encode;
use super::error::SnapshotError;
use super::sum::sum;

/// One record that speaks of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Posting {
    /// Offset in the section of records.
    pub(crate) record: u32,
    /// Offset in the section of affected versions.
    pub(crate) affected: u32,
}

/// A package of a snapshot.
pub(crate) struct Entry<'a> {
    pub(crate) ecosystem: u32,
    name: Cursor<'a>,
    postings: Cursor<'a>,
}

/// The hash of a package.
pub(crate) fn key(ecosystem: u32, name: &str) -> u64 {
    sum(u64::from(ecosystem), name.as_bytes())
}

/// Writes a package.
pub(crate) fn write(ecosystem: u32, name: &str, postings: impl Iterator<Item = Posting>) -> Vec<u8> {
    let mut out = Vec::new();
    encode::number(&mut out, u64::from(ecosystem));
    encode::text(&mut out, name);
    for posting in postings {
        encode::number(&mut out, u64::from(posting.record));
        encode::number(&mut out, u64::from(posting.affected));
    }
    out
}

/// Reads a package, which ends where `cursor` does.
pub(crate) fn read(mut cursor: Cursor<'_>) -> Result<Entry<'_>, SnapshotError> {
    let ecosystem = cursor.offset()?;
    let name = cursor.part()?;
    Ok(Entry { ecosystem, name, postings: cursor })
}

impl<'a> Entry<'a> {
    /// Whether this is the package of this name. What has the same bytes is text without being looked at.
    pub(crate) fn is(&self, ecosystem: u32, name: &str) -> bool {
        self.ecosystem == ecosystem && self.name.rest() == name.as_bytes()
    }

    /// Its name.
    pub(crate) fn name(&self) -> Result<&'a str, SnapshotError> {
        std::str::from_utf8(self.name.rest()).map_err(|_| self.name.damaged("a text is not UTF-8"))
    }

    /// The records that speak of it.
    pub(crate) fn postings(&self) -> impl Iterator<Item = Result<Posting, SnapshotError>> {
        let mut cursor = self.postings.clone();
        let mut is_whole = true;
        std::iter::from_fn(move || {
            let more = is_whole && !cursor.is_at_end();
            more.then(|| posting(&mut cursor).inspect_err(|_| is_whole = false))
        })
    }
}

fn posting(cursor: &mut Cursor<'_>) -> Result<Posting, SnapshotError> {
    Ok(Posting { record: cursor.offset()?, affected: cursor.offset()? })
}
