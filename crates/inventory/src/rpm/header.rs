//! An rpm header: an index of tags, and a store their values lie in (rpm documentation, "Package format").

/// The tags this room reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Name = 1000,
    Version = 1001,
    Release = 1002,
    Epoch = 1003,
    License = 1014,
    Arch = 1022,
    SourceRpm = 1044,
    ProvideName = 1047,
    RequireName = 1049,
    DirIndexes = 1116,
    BaseNames = 1117,
    DirNames = 1118,
    ModularityLabel = 5096,
}

/// A header whose index is known to fit.
pub(super) struct Header<'a> {
    index: &'a [u8],
    store: &'a [u8],
}

/// Bytes of one entry of the index: tag, type, offset, count.
const ENTRY: usize = 16;
const INT32: u32 = 4;
const STRING: u32 = 6;
const STRING_ARRAY: u32 = 8;
const I18N_STRING: u32 = 9;

/// Checks the frame of a header as databases keep it, without a magic. The error says what does not fit.
pub(super) fn read(blob: &[u8]) -> Result<Header<'_>, &'static str> {
    let entries = number(blob, 0).ok_or("it has no index")? as usize;
    let length = number(blob, 4).ok_or("it has no index")? as usize;
    let index_end = entries.checked_mul(ENTRY).and_then(|size| size.checked_add(8)).ok_or("its index is too long")?;
    let index = blob.get(8..index_end).ok_or("its index is longer than the header")?;
    let store = blob.get(index_end..index_end.saturating_add(length)).ok_or("its values are longer than the header")?;
    Ok(Header { index, store })
}

impl<'a> Header<'a> {
    /// The text of a tag; the first of several.
    pub(super) fn text(&self, tag: Tag) -> Option<&'a str> {
        self.texts(tag).next()
    }

    /// All texts of a tag; one that is not UTF-8 ends them.
    pub(super) fn texts(&self, tag: Tag) -> impl Iterator<Item = &'a str> + use<'a> {
        let found = self.find(tag).filter(|(kind, ..)| matches!(*kind, STRING | STRING_ARRAY | I18N_STRING));
        let (mut rest, mut left) = found.map_or((&[][..], 0), |(_, data, count)| (data, count));
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let end = rest.iter().position(|byte| *byte == 0)?;
            let text = std::str::from_utf8(&rest[..end]).ok()?;
            rest = &rest[end + 1..];
            Some(text)
        })
    }

    /// All numbers of a tag.
    pub(super) fn numbers(&self, tag: Tag) -> impl Iterator<Item = u32> + use<'a> {
        let (data, count) = match self.find(tag) {
            Some((INT32, data, count)) => (data, count),
            _ => (&[][..], 0),
        };
        data.chunks_exact(4).take(count).map(|bytes| u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// Type, everything from its value on, and count.
    fn find(&self, tag: Tag) -> Option<(u32, &'a [u8], usize)> {
        let entry = self.index.chunks_exact(ENTRY).find(|entry| number(entry, 0) == Some(tag as u32))?;
        let data = self.store.get(number(entry, 8)? as usize..)?;
        Some((number(entry, 4)?, data, number(entry, 12)? as usize))
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}
