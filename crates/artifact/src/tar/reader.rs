//! From a stream to entries, one after another.

use super::block::{BLOCK, Block, text};
use super::body::{EntryBody, Holes, Rest};
use super::entry::{Entry, Kind};
use super::fault::{Doubt, Fault};
use super::names::Before;
use super::pax::Pax;
use super::skip::Skip;
use super::sparse::{self, ContentMap, Place, Segment, SparseKeys};
use crate::content_sum::{ContentSum, Summing};

/// Reads a tar. [`Reader::next`] goes to the next entry, [`Reader::body`] reads the content of the one it is at.
pub(crate) struct Reader<R> {
    source: R,
    header_limit: u64,
    offset: u64,
    rest: Rest,
    path: Vec<u8>,
    link: Vec<u8>,
    doubts: Vec<Doubt>,
    ended: bool,
    /// Contents are summed.
    sums: bool,
    sum: Option<ContentSum>,
}

impl<R: Skip> Reader<R> {
    /// `header_limit` bounds long names, extended headers and sparse maps, in bytes each.
    pub(crate) fn new(source: R, header_limit: u64) -> Reader<R> {
        Reader {
            source,
            header_limit,
            offset: 0,
            rest: Rest::default(),
            path: Vec::new(),
            link: Vec::new(),
            doubts: Vec::new(),
            ended: false,
            sums: false,
            sum: None,
        }
    }

    /// One that also sums the contents of regular files, read or passed over.
    pub(crate) fn summing(source: R, header_limit: u64) -> Reader<R> {
        Reader { sums: true, ..Reader::new(source, header_limit) }
    }

    /// The sum of the content before the entry it is at, or before the end.
    pub(crate) fn take_sum(&mut self) -> Option<ContentSum> {
        self.sum.take()
    }

    /// The name of the entry it is at, as written.
    pub(crate) fn path(&self) -> &[u8] {
        &self.path
    }

    /// The name that entry links to, as written.
    pub(crate) fn link(&self) -> &[u8] {
        &self.link
    }

    /// The content of that entry, as far as it was not read yet.
    pub(crate) fn body(&mut self) -> EntryBody<'_, R> {
        EntryBody { source: &mut self.source, offset: &mut self.offset, rest: &mut self.rest }
    }

    /// What was odd since this was last asked.
    pub(crate) fn take_doubts(&mut self) -> Vec<Doubt> {
        std::mem::take(&mut self.doubts)
    }

    /// The next entry; `None` at the end. After a fault nothing more can be read.
    pub(crate) fn next(&mut self) -> Result<Option<Entry>, Fault> {
        if self.ended {
            return Ok(None);
        }
        let result = self.read_entry();
        self.ended = !matches!(result, Ok(Some(_)));
        result
    }

    /// Reads what follows the end of the archive; true where that is not only zeros.
    pub(crate) fn drain(&mut self) -> Result<bool, Fault> {
        let mut foreign = false;
        loop {
            let rest = self.source.fill_buf()?;
            if rest.is_empty() {
                return Ok(foreign);
            }
            foreign |= rest.iter().any(|byte| *byte != 0);
            let length = rest.len();
            self.source.consume(length);
        }
    }

    fn read_entry(&mut self) -> Result<Option<Entry>, Fault> {
        self.pass_content()?;
        let mut before = Before::default();
        loop {
            let offset = self.offset;
            let Some(block) = self.next_header()? else {
                if !before.is_empty() {
                    self.doubt(offset, true, "an extended header is followed by no entry");
                }
                return Ok(None);
            };
            match block.type_flag() {
                b'x' => before.pax = Some(self.read_pax(&block, offset)?),
                b'g' => self.read_global(&block, offset)?,
                b'L' => before.long_name = Some(self.read_long_name(&block, offset)?),
                b'K' => before.long_link = Some(self.read_long_name(&block, offset)?),
                _ => return self.enter(&block, offset, before).map(Some),
            }
        }
    }

    /// Passes over what is left of the last entry.
    fn pass_content(&mut self) -> Result<(), Fault> {
        let mut rest = std::mem::take(&mut self.rest);
        EntryBody { source: &mut self.source, offset: &mut self.offset, rest: &mut rest }.pass()?;
        let Rest { stored, padding, sum, .. } = rest;
        if stored > 0 {
            return Err(self.truncated("the content of a file"));
        }
        self.sum = sum.map(Summing::finish);
        // Where all that is missing is padding, the content is complete: as the end of the archive.
        let passed = self.skip(padding)?;
        if passed > 0 && passed < padding {
            self.doubt(self.offset, false, "the tar ends inside the padding of a file");
        }
        Ok(())
    }

    /// The next block that is not empty. Two empty ones end an archive, and so does the end of the stream.
    fn next_header(&mut self) -> Result<Option<Block>, Fault> {
        let Some(mut block) = self.read_block()? else { return Ok(None) };
        if block.is_zero() {
            let offset = self.offset;
            match self.read_block()? {
                None => return Ok(None),
                Some(second) if second.is_zero() => return Ok(None),
                Some(second) => block = second,
            }
            self.doubt(
                offset,
                true,
                "a single empty block does not end the tar; some readers stop here, runtimes refuse",
            );
        }
        if !block.checksum_holds() {
            let offset = self.offset - BLOCK as u64;
            return Err(Fault::Header { offset, reason: "a header has a wrong checksum" });
        }
        Ok(Some(block))
    }

    fn enter(&mut self, block: &Block, offset: u64, before: Before) -> Result<Entry, Fault> {
        let header = |reason| Fault::Header { offset, reason };
        before.name(block, &mut self.path, &mut self.link);
        let kind = Kind::of(block.type_flag(), &self.path);
        let mut stored = block.size().map_err(|_| header("the size of an entry is no number"))?;
        if before.contradicts_itself() {
            self.doubt(offset, true, "a GNU long name and a pax record name an entry differently");
        }
        let pax = before.pax.unwrap_or_default();
        if let Some(size) = pax.size {
            if stored != size && stored != 0 && !block.size_is_filled() {
                self.doubt(offset, true, format!("header and pax record give different sizes, {stored} and {size}"));
            }
            stored = size;
        }
        if !kind.has_content() && stored != 0 {
            self.doubt(offset, kind == Kind::HardLink, format!("an entry without content claims {stored} bytes"));
            stored = 0;
        }
        self.note_oddities(block, offset, kind, &pax.sparse);
        let sum = (self.sums && kind == Kind::File).then(Summing::default);
        self.rest = Rest { stored, padding: padding(stored), holes: None, sum };
        let mut entry = Entry {
            kind,
            size: stored,
            mode: block.mode().unwrap_or(0o755),
            offset,
            content_offset: self.offset,
            sparse: false,
        };
        if let Some((segments, size)) = self.sparse_map(block, offset, kind, pax.sparse)? {
            self.enter_holes(offset, segments, size)?;
            entry = Entry { size, sparse: true, content_offset: self.offset, ..entry };
        }
        Ok(entry)
    }

    fn note_oddities(&mut self, block: &Block, offset: u64, kind: Kind, sparse: &SparseKeys) {
        match block.type_flag() {
            b'0' if self.path.ends_with(b"/") => {
                self.doubt(offset, true, "a file's name ends in `/`; some readers make a folder of it");
            }
            b'7' => self.doubt(offset, false, "a contiguous file, which runtimes refuse, was read as a plain one"),
            flag if kind == Kind::Other => {
                self.doubt(offset, false, format!("an entry of type `{}` makes no file", flag.escape_ascii()));
            }
            _ => {}
        }
        if block.has_prefix_over_times() {
            self.doubt(offset, true, "a GNU header holds a name where its times should be");
        }
        if sparse.is_unknown() {
            self.doubt(offset, true, "a sparse file of an unknown version was read as it is stored");
        }
    }

    fn sparse_map(
        &mut self,
        block: &Block,
        offset: u64,
        kind: Kind,
        keys: SparseKeys,
    ) -> Result<Option<(Vec<Segment>, u64)>, Fault> {
        let header = |reason| Fault::Header { offset, reason };
        if block.type_flag() == b'S' {
            let size = block.real_size().map_err(|_| header("the size of a sparse file is no number"))?;
            return Ok(Some((self.old_gnu_map(block, offset)?, size)));
        }
        let place = keys.place();
        if place == Place::Nowhere {
            return Ok(None);
        }
        if kind != Kind::File {
            return Err(header("only a file can have holes"));
        }
        let segments = match place {
            Place::Content => self.content_map(offset)?,
            _ => keys.segments().map_err(header)?,
        };
        if let Some(name) = keys.name {
            self.path = name;
        }
        Ok(Some((segments, keys.size.unwrap_or(self.rest.stored))))
    }

    fn enter_holes(&mut self, offset: u64, segments: Vec<Segment>, size: u64) -> Result<(), Fault> {
        let held = sparse::stored_bytes(&segments, size).map_err(|reason| Fault::Header { offset, reason })?;
        if held > self.rest.stored {
            return Err(Fault::Header { offset, reason: "a sparse file stores less than its map says" });
        }
        if held < self.rest.stored {
            self.doubt(offset, true, "a sparse file stores more than its map says");
        }
        self.rest.holes = Some(Holes { segments, next: 0, position: 0, size });
        self.rest.sum = None;
        Ok(())
    }

    fn old_gnu_map(&mut self, block: &Block, offset: u64) -> Result<Vec<Segment>, Fault> {
        let header = |reason| Fault::Header { offset, reason };
        let mut segments = Vec::new();
        sparse::old_gnu(block.sparse_entries(), &mut segments).map_err(header)?;
        let mut continues = block.sparse_continues();
        let mut length = 0;
        while continues {
            length += BLOCK as u64;
            self.check_length(offset, length)?;
            let block = self.read_block()?.ok_or_else(|| self.truncated("a sparse map"))?;
            let (entries, more) = sparse::continuation(&block);
            sparse::old_gnu(entries, &mut segments).map_err(header)?;
            continues = more;
        }
        Ok(segments)
    }

    fn content_map(&mut self, offset: u64) -> Result<Vec<Segment>, Fault> {
        let mut map = ContentMap::default();
        let mut length = 0;
        loop {
            length += BLOCK as u64;
            self.check_length(offset, length)?;
            if self.rest.stored < BLOCK as u64 {
                return Err(Fault::Header { offset, reason: "a sparse map is longer than its file" });
            }
            let block = self.read_block()?.ok_or_else(|| self.truncated("a sparse map"))?;
            self.rest.stored -= BLOCK as u64;
            if let Some(segments) = map.take(&block.0).map_err(|reason| Fault::Header { offset, reason })? {
                return Ok(segments);
            }
        }
    }

    fn read_pax(&mut self, block: &Block, offset: u64) -> Result<Pax, Fault> {
        let records = self.read_special(block, offset)?;
        Pax::parse(&records).map_err(|reason| Fault::Header { offset, reason })
    }

    /// Defaults for all further entries. Runtimes pass over them, other readers obey.
    fn read_global(&mut self, block: &Block, offset: u64) -> Result<(), Fault> {
        if self.read_pax(block, offset)?.changes_entries() {
            self.doubt(
                offset,
                true,
                "a global header names or sizes further entries; runtimes pass over it, others obey",
            );
        }
        Ok(())
    }

    fn read_long_name(&mut self, block: &Block, offset: u64) -> Result<Vec<u8>, Fault> {
        let name = self.read_special(block, offset)?;
        let end = text(&name).len();
        if name[end..].iter().any(|byte| *byte != 0) {
            self.doubt(offset, true, "a long name goes on after its end");
        }
        Ok(name[..end].to_vec())
    }

    /// The content of a header that describes the next entry.
    fn read_special(&mut self, block: &Block, offset: u64) -> Result<Vec<u8>, Fault> {
        let size = block
            .size()
            .map_err(|_| Fault::Header { offset, reason: "the size of an extended header is no number" })?;
        self.check_length(offset, size)?;
        let mut content = Vec::new();
        while (content.len() as u64) < size {
            let available = self.source.fill_buf()?;
            if available.is_empty() {
                return Err(self.truncated("an extended header"));
            }
            let missing = usize::try_from(size).unwrap_or(usize::MAX) - content.len();
            let step = available.len().min(missing);
            content.extend_from_slice(&available[..step]);
            self.source.consume(step);
            self.offset += step as u64;
        }
        self.skip(padding(size))?;
        Ok(content)
    }

    fn read_block(&mut self) -> Result<Option<Block>, Fault> {
        let mut block = [0; BLOCK];
        let mut filled = 0;
        while filled < BLOCK {
            let available = self.source.fill_buf()?;
            if available.is_empty() {
                return if filled == 0 { Ok(None) } else { Err(self.truncated("a header")) };
            }
            let step = available.len().min(BLOCK - filled);
            block[filled..filled + step].copy_from_slice(&available[..step]);
            self.source.consume(step);
            filled += step;
            self.offset += step as u64;
        }
        Ok(Some(Block(block)))
    }

    fn skip(&mut self, count: u64) -> Result<u64, Fault> {
        let passed = self.source.skip(count)?;
        self.offset += passed;
        Ok(passed)
    }

    fn check_length(&self, offset: u64, claimed: u64) -> Result<(), Fault> {
        if claimed <= self.header_limit {
            return Ok(());
        }
        Err(Fault::TooLong { offset, claimed, limit: self.header_limit })
    }

    fn truncated(&self, what: &'static str) -> Fault {
        Fault::Truncated { offset: self.offset, what }
    }

    fn doubt(&mut self, offset: u64, grave: bool, message: impl Into<String>) {
        self.doubts.push(Doubt { offset, grave, message: message.into() });
    }
}

/// Zeros that follow a content of this length.
fn padding(length: u64) -> u64 {
    (BLOCK as u64 - length % BLOCK as u64) % BLOCK as u64
}
