//! Berkeley DB, the oldest form: a hash of pages, whose large values lie in chains of pages of their own
//! (Oracle Berkeley DB, `dbinc/db_page.h`).

use model::ProblemKind;

use super::Blobs;

/// At its place in the first page, in the byte order of the machine that wrote the file.
const HASH_MAGIC: u32 = 0x0006_1561;

/// Bytes of a page's head.
const HEAD: usize = 26;
/// Kinds of pages: hash without and with order, and overflow.
const HASH_UNSORTED: u8 = 2;
const HASH: u8 = 13;
const OVERFLOW: u8 = 7;
/// Kinds of items: in the page, and in a chain of pages.
const KEY_DATA: u8 = 1;
const OFF_PAGE: u8 = 3;

/// The largest header rpm accepts is smaller.
const MAX_BLOB: usize = 256 << 20;

/// The file, its byte order and the size of its pages.
struct Database<'a> {
    bytes: &'a [u8],
    is_big_endian: bool,
    page_size: usize,
}

/// All headers.
pub(super) fn read(bytes: &[u8]) -> Blobs {
    let mut found = Blobs::default();
    let little = Database { bytes, is_big_endian: false, page_size: 0 };
    let is_big_endian = little.number(12) == Some(HASH_MAGIC.swap_bytes());
    if !is_big_endian && little.number(12) != Some(HASH_MAGIC) {
        found
            .fault(ProblemKind::Unsupported, "the package database is in no form that is known: nothing of it is read");
        return found;
    }
    let database = Database { is_big_endian, ..little };
    let page_size = database.number(20).unwrap_or_default() as usize;
    if !(512..=65536).contains(&page_size) || !page_size.is_power_of_two() {
        found.fault(ProblemKind::Shape, "the package database has pages of an impossible size: nothing of it is read");
        return found;
    }
    let database = Database { page_size, ..database };
    let last = database.number(32).unwrap_or_default() as usize;
    if (last + 1).saturating_mul(page_size) > bytes.len() {
        found.fault(ProblemKind::Truncated, "the package database is shorter than it says: packages may be missing");
    }
    let mut left = bytes.len();
    for page in 1..=last.min(bytes.len() / page_size) {
        let Some(page) = database.page(page) else { break };
        if matches!(page[25], HASH | HASH_UNSORTED) && !database.read_page(page, &mut left, &mut found) {
            break;
        }
    }
    found
}

impl<'a> Database<'a> {
    /// The values of a page: keys and values in turn. False when no more is wanted.
    fn read_page(&self, page: &'a [u8], left: &mut usize, found: &mut Blobs) -> bool {
        let entries = self.short(page, 20).unwrap_or_default();
        for at in (1..entries).step_by(2) {
            let offset = |at: usize| self.short(page, HEAD + 2 * at);
            let (Some(start), Some(end)) = (offset(at), offset(at - 1)) else { break };
            let blob = match page.get(start) {
                Some(&OFF_PAGE) => self.chain(page, start, left),
                // Items are packed from the end of the page, each before the one with the lower number.
                Some(&KEY_DATA) => match page.get(start + 1..end).filter(|value| value.len() <= *left) {
                    Some(value) => {
                        *left -= value.len();
                        Ok(value.to_vec())
                    }
                    None => Err("its value does not fit its page"),
                },
                _ => Err("its value is of a kind that is not known"),
            };
            match blob {
                // The first value is a counter.
                Ok(blob) if blob.len() < 16 => {}
                Ok(blob) => {
                    if !found.push(blob) {
                        return false;
                    }
                }
                Err(fault) => found.fault(
                    ProblemKind::Shape,
                    format!("a package of the database is damaged, {fault}: it is not read"),
                ),
            }
        }
        true
    }

    /// A value in pages of its own. `left` bounds what all of them together may be.
    fn chain(&self, page: &[u8], start: usize, left: &mut usize) -> Result<Vec<u8>, &'static str> {
        let first = self.number_in(page, start + 4).ok_or("its value does not fit its page")?;
        let length = self.number_in(page, start + 8).ok_or("its value does not fit its page")? as usize;
        if length > (*left).min(MAX_BLOB) {
            return Err("its value is larger than the database");
        }
        *left -= length;
        let mut blob = Vec::with_capacity(length);
        let mut next = first as usize;
        while blob.len() < length {
            let page = self
                .page(next)
                .filter(|page| page[25] == OVERFLOW && next > 0)
                .ok_or("a page of its value is missing")?;
            let used = self.short(page, 22).unwrap_or_default();
            let piece =
                page.get(HEAD..HEAD + used).filter(|piece| !piece.is_empty()).ok_or("a page of its value is empty")?;
            blob.extend_from_slice(&piece[..piece.len().min(length - blob.len())]);
            next = self.number_in(page, 16).unwrap_or_default() as usize;
        }
        Ok(blob)
    }

    fn page(&self, number: usize) -> Option<&'a [u8]> {
        let start = number.checked_mul(self.page_size)?;
        self.bytes.get(start..start.checked_add(self.page_size)?)
    }

    fn number(&self, at: usize) -> Option<u32> {
        self.number_in(self.bytes, at)
    }

    fn number_in(&self, bytes: &[u8], at: usize) -> Option<u32> {
        let bytes = bytes.get(at..at + 4)?;
        let bytes = [bytes[0], bytes[1], bytes[2], bytes[3]];
        Some(if self.is_big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    fn short(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let bytes = bytes.get(at..at + 2)?;
        let bytes = [bytes[0], bytes[1]];
        Some(usize::from(if self.is_big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }))
    }
}
