//! Files with holes: the four ways their maps are written.
//!
//! Old GNU: in the header and in blocks that follow it. pax 0.0: repeated `offset` and `numbytes` records. pax 0.1: one
//! `map` record. pax 1.0: decimal lines at the start of the content. All map to [`Segment`]s.

use super::block::{BLOCK, Block};
use super::number;

/// A stretch of a sparse file that holds data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) offset: u64,
    pub(super) length: u64,
}

/// The `GNU.sparse.*` records of an extended header.
#[derive(Debug, Default)]
pub(super) struct SparseKeys {
    major: Option<Vec<u8>>,
    minor: Option<Vec<u8>>,
    pub(super) name: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    blocks: Option<u64>,
    map: Vec<u64>,
}

/// Where the map of a sparse file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The file has no holes.
    Nowhere,
    /// In the records: 0.0 and 0.1.
    Records,
    /// At the start of the content: 1.0.
    Content,
}

impl SparseKeys {
    pub(super) fn enter(&mut self, key: &[u8], value: &[u8]) -> Result<(), &'static str> {
        const WRONG: &str = "a number of a sparse map is none";
        let number = || number_of(value).ok_or(WRONG);
        match key {
            b"major" => self.major = Some(value.to_vec()),
            b"minor" => self.minor = Some(value.to_vec()),
            b"name" if value.contains(&0) => return Err("the name of a sparse file holds a NUL byte"),
            b"name" => self.name = (!value.is_empty()).then(|| value.to_vec()),
            b"size" | b"realsize" => self.size = Some(number()?),
            b"numblocks" => self.blocks = Some(number()?),
            b"offset" if self.map.len().is_multiple_of(2) => self.map.push(number()?),
            b"numbytes" if self.map.len() % 2 == 1 => self.map.push(number()?),
            b"offset" | b"numbytes" => return Err("offsets and lengths of a sparse map do not alternate"),
            b"map" if value.is_empty() => self.map.clear(),
            b"map" => {
                self.map = value.split(|byte| *byte == b',').map(number_of).collect::<Option<_>>().ok_or(WRONG)?;
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn is_sparse(&self) -> bool {
        self.place() != Place::Nowhere
    }

    /// An unknown version is passed over, as runtimes do.
    pub(super) fn place(&self) -> Place {
        match (self.major.as_deref(), self.minor.as_deref()) {
            (Some(b"0"), Some(b"0" | b"1")) => Place::Records,
            (Some(b"1"), Some(b"0")) => Place::Content,
            (None, None) if !self.map.is_empty() => Place::Records,
            _ => Place::Nowhere,
        }
    }

    /// True for a version nobody has defined.
    pub(super) fn is_unknown(&self) -> bool {
        self.place() == Place::Nowhere && (self.major.is_some() || self.minor.is_some())
    }

    /// The map that the records hold.
    pub(super) fn segments(&self) -> Result<Vec<Segment>, &'static str> {
        if !self.map.len().is_multiple_of(2) || self.blocks.is_some_and(|blocks| blocks != self.map.len() as u64 / 2) {
            return Err("a sparse map does not have the number of blocks it claims");
        }
        Ok(self.map.chunks_exact(2).map(|pair| Segment { offset: pair[0], length: pair[1] }).collect())
    }
}

/// Entries of an old GNU map: 12 bytes offset, 12 bytes length. The first without an offset ends it.
pub(super) fn old_gnu(fields: &[u8], segments: &mut Vec<Segment>) -> Result<(), &'static str> {
    const WRONG: &str = "a number of a sparse map is none";
    let number = |field: &[u8]| number::parse(field).ok().and_then(|number| u64::try_from(number).ok()).ok_or(WRONG);
    for entry in fields.chunks_exact(24).take_while(|entry| entry[0] != 0) {
        segments.push(Segment { offset: number(&entry[..12])?, length: number(&entry[12..])? });
    }
    Ok(())
}

/// A block that continues an old GNU map: its entries, and whether another follows.
pub(super) fn continuation(block: &Block) -> (&[u8], bool) {
    (&block.0[..504], block.0[504] != 0)
}

/// The map of pax 1.0, block by block: decimal lines, first their number, then offsets and lengths.
#[derive(Default)]
pub(super) struct ContentMap {
    digits: Vec<u8>,
    numbers: Vec<u64>,
}

impl ContentMap {
    /// Takes one block; the segments once the map is complete. The rest of the block is padding.
    pub(super) fn take(&mut self, block: &[u8; BLOCK]) -> Result<Option<Vec<Segment>>, &'static str> {
        const WRONG: &str = "a number of a sparse map is none";
        for byte in block {
            if *byte != b'\n' {
                self.digits.push(*byte);
                continue;
            }
            self.numbers.push(number_of(&self.digits).ok_or(WRONG)?);
            self.digits.clear();
            if self.is_complete() {
                let pairs = self.numbers[1..].chunks_exact(2);
                return Ok(Some(pairs.map(|pair| Segment { offset: pair[0], length: pair[1] }).collect()));
            }
        }
        Ok(None)
    }

    fn is_complete(&self) -> bool {
        let claimed = self.numbers.first().and_then(|count| count.checked_mul(2));
        claimed.is_some_and(|claimed| self.numbers.len() as u64 > claimed)
    }
}

/// Segments in order, none over another, none beyond the end. Gives the bytes they hold.
pub(super) fn stored_bytes(segments: &[Segment], size: u64) -> Result<u64, &'static str> {
    let mut end = 0_u64;
    let mut stored = 0_u64;
    for segment in segments {
        let after = segment.offset.checked_add(segment.length).filter(|after| *after <= size);
        let after = after.ok_or("a sparse map leads beyond the end of its file")?;
        if segment.offset < end {
            return Err("a sparse map is not in order");
        }
        end = after;
        stored += segment.length;
    }
    Ok(stored)
}

/// A decimal number, nothing but digits.
pub(super) fn number_of(text: &[u8]) -> Option<u64> {
    let is_number = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let number: u64 = std::str::from_utf8(text).ok().filter(|_| is_number)?.parse().ok()?;
    (number <= i64::MAX.unsigned_abs()).then_some(number)
}
