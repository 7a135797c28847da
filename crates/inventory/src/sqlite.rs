//! SQLite's files, read without SQLite: tables found through the schema, and their rows in the order of the tree
//! (sqlite.org, "Database File Format").

use crate::sqlite_wal::Overlay;

pub(crate) const MAGIC: &[u8] = b"SQLite format 3\0";

const TABLE_INTERIOR: u8 = 0x05;
const TABLE_LEAF: u8 = 0x0D;
/// The first page begins with the header of the file.
const FILE_HEADER: usize = 100;
/// Trees of real databases are three pages high.
const MAX_DEPTH: usize = 20;

/// The pages of a database, with those that are newer.
pub(crate) struct Database<'a> {
    bytes: &'a [u8],
    newer: Overlay<'a>,
    page_size: usize,
    /// Bytes of a page that hold content.
    usable: usize,
}

/// One row of a table.
pub(crate) struct Row {
    /// Its number, which a column declared `INTEGER PRIMARY KEY` stands for.
    pub(crate) id: u64,
    /// Its columns as they are stored: nothing for NULL, big-endian for a number.
    pub(crate) columns: Vec<Vec<u8>>,
}

/// Why a database cannot be read at all.
pub(crate) struct ImpossiblePages;

impl<'a> Database<'a> {
    /// A database with the log beside it applied; the text says what is wrong with the log, which is left out then.
    pub(crate) fn open(
        bytes: &'a [u8],
        wal: Option<&'a [u8]>,
    ) -> Result<(Database<'a>, Option<&'static str>), ImpossiblePages> {
        let size = bytes.get(16..18).map_or(0, |bytes| usize::from(u16::from_be_bytes([bytes[0], bytes[1]])));
        let page_size = if size == 1 { 65536 } else { size };
        let reserved = bytes.get(20).map_or(0, |reserved| usize::from(*reserved));
        if !page_size.is_power_of_two() || page_size < 512 || page_size - reserved < 480 {
            return Err(ImpossiblePages);
        }
        let (newer, fault) = match wal.filter(|wal| !wal.is_empty()).map(|wal| Overlay::read(wal, page_size)) {
            Some(Ok(newer)) => (newer, None),
            Some(Err(fault)) => (Overlay::default(), Some(fault)),
            None => (Overlay::default(), None),
        };
        Ok((Database { bytes, newer, page_size, usable: page_size - reserved }, fault))
    }

    /// The first page of a table, and how many pages and rows of the schema are damaged.
    pub(crate) fn table(&self, name: &str) -> (Option<usize>, usize) {
        let mut root = None;
        let faults = self.rows(1, &mut |row| {
            let is = |at: usize, text: &str| row.columns.get(at).is_some_and(|column| column == text.as_bytes());
            if is(0, "table") && is(1, name) {
                root = row.columns.get(3).map(|page| integer(page));
            }
            true
        });
        (root, faults)
    }
}

impl Database<'_> {
    /// Gives each row of a tree to `take` until it wants no more; returns how many pages and rows are damaged.
    pub(crate) fn rows(&self, root: usize, take: &mut dyn FnMut(Row) -> bool) -> usize {
        let mut faults = 0;
        let mut waiting = vec![(root, 0)];
        // A page twice would be a loop.
        let mut left = self.bytes.len() / self.page_size + self.newer.pages() + 1;
        // Rows may share the pages their ends are in; together they cannot hold more than the file.
        let mut bytes_left = self.total();
        while let Some((number, depth)) = waiting.pop() {
            let Some(page) = self.page(number).filter(|_| depth < MAX_DEPTH && left > 0) else {
                faults += 1;
                continue;
            };
            left -= 1;
            let head = if number == 1 { FILE_HEADER } else { 0 };
            let cells = usize::from(short(page, head + 3));
            match page[head] {
                TABLE_LEAF => {
                    for at in 0..cells {
                        let offset = usize::from(short(page, head + 8 + 2 * at));
                        match self.row(page, offset, &mut bytes_left) {
                            Some(row) => {
                                if !take(row) {
                                    return faults;
                                }
                            }
                            None => faults += 1,
                        }
                    }
                }
                TABLE_INTERIOR => {
                    waiting.push((integer(page.get(head + 8..head + 12).unwrap_or_default()), depth + 1));
                    for at in (0..cells).rev() {
                        let offset = usize::from(short(page, head + 12 + 2 * at));
                        waiting.push((integer(page.get(offset..offset + 4).unwrap_or_default()), depth + 1));
                    }
                }
                _ => faults += 1,
            }
            if waiting.len() > left + cells {
                return faults + 1;
            }
        }
        faults
    }

    /// The row of a cell: length, row id, and as much of it as fits; the rest is in a chain of pages.
    fn row(&self, page: &[u8], offset: usize, left: &mut usize) -> Option<Row> {
        let (length, after_length) = varint(page, offset)?;
        let (id, start) = varint(page, after_length)?;
        let length = usize::try_from(length).ok().filter(|length| *length <= *left)?;
        *left -= length;
        let most = self.usable - 35;
        if length <= most {
            return Some(Row { id, columns: record(page.get(start..start.checked_add(length)?)?)? });
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let fitting = least + (length - least) % (self.usable - 4);
        let local = if fitting <= most { fitting } else { least };
        let mut content = page.get(start..start + local)?.to_vec();
        let mut next = integer(page.get(start + local..start + local + 4)?);
        while content.len() < length {
            let page = self.page(next).filter(|_| next > 0)?;
            let piece = page.get(4..self.usable)?;
            content.extend_from_slice(&piece[..piece.len().min(length - content.len())]);
            next = integer(&page[..4]);
        }
        Some(Row { id, columns: record(&content)? })
    }

    /// A 1-based page, the newer one where there is one.
    fn page(&self, number: usize) -> Option<&[u8]> {
        self.newer.page(number).or_else(|| {
            let start = number.checked_sub(1)?.checked_mul(self.page_size)?;
            self.bytes.get(start..start.checked_add(self.page_size)?)
        })
    }

    fn total(&self) -> usize {
        self.bytes.len() + self.newer.pages() * self.page_size
    }
}

/// The columns of a record: a header of types, and then the values.
fn record(content: &[u8]) -> Option<Vec<Vec<u8>>> {
    const MOST_COLUMNS: usize = 16;
    let (header, mut at) = varint(content, 0)?;
    let header = usize::try_from(header).ok()?;
    let mut value = header;
    let mut columns = Vec::new();
    while at < header && columns.len() < MOST_COLUMNS {
        let (kind, next) = varint(content, at)?;
        at = next;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(kind).ok()?,
            5 => 6,
            6 | 7 => 8,
            // Kinds of its own use, which are in no file.
            10 | 11 => return None,
            kind => usize::try_from((kind - 12) / 2).ok()?,
        };
        // 1 is a kind of its own, and takes no room.
        let column = if kind == 9 { &[1] } else { content.get(value..value.checked_add(length)?)? };
        columns.push(column.to_vec());
        value += length;
    }
    Some(columns)
}

/// A big-endian number of up to eight bytes.
pub(crate) fn integer(bytes: &[u8]) -> usize {
    bytes.iter().take(8).fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// Seven bits a byte, all eight of the ninth.
fn varint(bytes: &[u8], start: usize) -> Option<(u64, usize)> {
    let mut number = 0_u64;
    for at in 0..9 {
        let byte = *bytes.get(start + at)?;
        if at == 8 {
            return Some((number << 8 | u64::from(byte), start + 9));
        }
        number = number << 7 | u64::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Some((number, start + at + 1));
        }
    }
    None
}

fn short(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |bytes| u16::from_be_bytes([bytes[0], bytes[1]]))
}
