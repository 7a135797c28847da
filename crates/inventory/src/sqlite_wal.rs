//! SQLite's write-ahead log: pages that are newer than those of the database (sqlite.org, "WAL File Format").

use std::collections::HashMap;

const HEADER: usize = 32;
const FRAME: usize = 24;

/// The newest committed version of each page in the log.
#[derive(Default)]
pub(crate) struct Overlay<'a> {
    pages: HashMap<usize, &'a [u8]>,
}

impl<'a> Overlay<'a> {
    /// Reads the log up to its last commit; what comes after was never finished. The error says what the log is not.
    pub(crate) fn read(wal: &'a [u8], page_size: usize) -> Result<Overlay<'a>, &'static str> {
        let head = wal.get(..HEADER).ok_or("is too short")?;
        let magic = number(head, 0);
        if magic & !1 != 0x377F_0682 {
            return Err("is no log of SQLite");
        }
        if number(head, 8) as usize != page_size {
            return Err("has pages of another size");
        }
        let is_big_endian = magic & 1 == 1;
        let mut sums = checksum((0, 0), &head[..24], is_big_endian);
        if sums != (number(head, 24), number(head, 28)) {
            return Err("has a damaged head");
        }
        let mut overlay = Overlay::default();
        let mut open: Vec<(usize, &[u8])> = Vec::new();
        for frame in wal[HEADER..].chunks_exact(FRAME + page_size) {
            let (frame_head, page) = frame.split_at(FRAME);
            sums = checksum(checksum(sums, &frame_head[..8], is_big_endian), page, is_big_endian);
            let is_of_this_log = frame_head[8..16] == head[16..24];
            if !is_of_this_log || sums != (number(frame_head, 16), number(frame_head, 20)) {
                break;
            }
            open.push((number(frame_head, 0) as usize, page));
            if number(frame_head, 4) > 0 {
                overlay.pages.extend(open.drain(..));
            }
        }
        Ok(overlay)
    }

    pub(crate) fn page(&self, number: usize) -> Option<&'a [u8]> {
        self.pages.get(&number).copied()
    }

    pub(crate) fn pages(&self) -> usize {
        self.pages.len()
    }
}

/// Two running sums over pairs of words, in the byte order the magic says.
fn checksum(sums: (u32, u32), bytes: &[u8], is_big_endian: bool) -> (u32, u32) {
    let word = |bytes: &[u8]| {
        let bytes = [bytes[0], bytes[1], bytes[2], bytes[3]];
        if is_big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    };
    bytes.chunks_exact(8).fold(sums, |(first, second), pair| {
        let first = first.wrapping_add(word(&pair[..4])).wrapping_add(second);
        (first, second.wrapping_add(word(&pair[4..])).wrapping_add(first))
    })
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |bytes| u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}
