//! Writes tars block by block, right ones and wrong ones. Not built on any tar crate: readers are tested against it.

/// Bytes of a block.
const BLOCK: usize = 512;

/// One entry of a tar, to be given whatever a test needs.
#[derive(Clone, Debug)]
pub struct Entry {
    name: Vec<u8>,
    link: Vec<u8>,
    kind: u8,
    mode: u32,
    content: Vec<u8>,
    claimed_size: Option<u64>,
    gnu: bool,
    records: Vec<(String, Vec<u8>)>,
}

/// A tar that grows.
#[derive(Clone, Debug, Default)]
pub struct Tar {
    bytes: Vec<u8>,
}

impl Entry {
    /// A regular file with mode 644.
    pub fn file(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Entry {
        Entry { content: content.as_ref().to_vec(), ..Entry::of_kind(b'0', name) }
    }

    /// A folder.
    pub fn folder(name: impl AsRef<[u8]>) -> Entry {
        Entry { mode: 0o755, ..Entry::of_kind(b'5', name) }
    }

    /// A symbolic link.
    pub fn symlink(name: impl AsRef<[u8]>, target: impl AsRef<[u8]>) -> Entry {
        Entry { link: target.as_ref().to_vec(), mode: 0o777, ..Entry::of_kind(b'2', name) }
    }

    /// A further name of a file.
    pub fn hardlink(name: impl AsRef<[u8]>, target: impl AsRef<[u8]>) -> Entry {
        Entry { link: target.as_ref().to_vec(), ..Entry::of_kind(b'1', name) }
    }

    /// An entry of any type flag, without content.
    pub fn of_kind(kind: u8, name: impl AsRef<[u8]>) -> Entry {
        Entry {
            name: name.as_ref().to_vec(),
            link: Vec::new(),
            kind,
            mode: 0o644,
            content: Vec::new(),
            claimed_size: None,
            gnu: false,
            records: Vec::new(),
        }
    }

    /// With these permission bits.
    pub fn mode(mut self, mode: u32) -> Entry {
        self.mode = mode;
        self
    }

    /// With this content, whatever the kind.
    pub fn content(mut self, content: impl AsRef<[u8]>) -> Entry {
        self.content = content.as_ref().to_vec();
        self
    }

    /// The header claims so many bytes, whatever follows.
    pub fn claims(mut self, size: u64) -> Entry {
        self.claimed_size = Some(size);
        self
    }

    /// Long names are written as GNU tar does; else pax records are.
    pub fn gnu(mut self) -> Entry {
        self.gnu = true;
        self
    }

    /// An extended header with this record comes before it.
    pub fn record(mut self, key: &str, value: impl AsRef<[u8]>) -> Entry {
        self.records.push((key.to_owned(), value.as_ref().to_vec()));
        self
    }

    fn header(&self) -> [u8; BLOCK] {
        let mut block = [0; BLOCK];
        put(&mut block[..100], &self.name);
        put(&mut block[100..107], format!("{:07o}", self.mode).as_bytes());
        put(&mut block[108..115], b"0000000");
        put(&mut block[116..123], b"0000000");
        let size = self.claimed_size.unwrap_or(self.content.len() as u64);
        put_size(&mut block[124..136], size);
        put(&mut block[136..147], b"00000000000");
        block[156] = self.kind;
        put(&mut block[157..257], &self.link);
        put(&mut block[257..265], if self.gnu { b"ustar  \0" } else { b"ustar\x0000" });
        seal(&mut block);
        block
    }
}

impl Tar {
    /// An empty one.
    pub fn new() -> Tar {
        Tar::default()
    }

    /// One more entry, with the headers that long names need.
    pub fn entry(mut self, entry: &Entry) -> Tar {
        self.extended(entry);
        self.bytes.extend_from_slice(&entry.header());
        self.padded(&entry.content)
    }

    /// Bytes as they are.
    pub fn raw(mut self, bytes: &[u8]) -> Tar {
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// Bytes, filled up to the end of a block.
    pub fn padded(mut self, bytes: &[u8]) -> Tar {
        self.bytes.extend_from_slice(bytes);
        let end = self.bytes.len().next_multiple_of(BLOCK);
        self.bytes.resize(end, 0);
        self
    }

    /// With the two empty blocks that end a tar.
    pub fn finish(mut self) -> Vec<u8> {
        self.bytes.resize(self.bytes.len() + 2 * BLOCK, 0);
        self.bytes
    }

    /// Without them.
    pub fn unfinished(self) -> Vec<u8> {
        self.bytes
    }

    fn extended(&mut self, entry: &Entry) {
        let mut records = entry.records.clone();
        for (key, kind, text) in [("path", b'L', &entry.name), ("linkpath", b'K', &entry.link)] {
            if text.len() > 100 && entry.gnu {
                self.append(&Entry::of_kind(kind, "././@LongLink").gnu().content([text.as_slice(), b"\0"].concat()));
            } else if text.len() > 100 {
                records.push((key.to_owned(), text.clone()));
            }
        }
        if !records.is_empty() {
            let content: Vec<u8> = records.iter().flat_map(|(key, value)| pax_record(key, value)).collect();
            self.append(&Entry::of_kind(b'x', "PaxHeaders/entry").content(content));
        }
    }

    fn append(&mut self, entry: &Entry) {
        let header = entry.header();
        let tar = std::mem::take(self);
        *self = tar.raw(&header).padded(&entry.content);
    }
}

/// One record of an extended header: `length key=value\n`.
pub fn pax_record(key: &str, value: &[u8]) -> Vec<u8> {
    let rest = [b" ", key.as_bytes(), b"=", value, b"\n"].concat();
    let mut length = rest.len();
    while length != rest.len() + length.to_string().len() {
        length = rest.len() + length.to_string().len();
    }
    [length.to_string().as_bytes(), &rest].concat()
}

/// Writes the checksum of a header.
pub fn seal(block: &mut [u8]) {
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    put(&mut block[148..156], format!("{sum:06o}\0 ").as_bytes());
}

/// Octal where it fits, else base-256.
fn put_size(field: &mut [u8], size: u64) {
    if size < 1 << 33 {
        put(field, format!("{size:011o}").as_bytes());
    } else {
        field[0] = 0x80;
        field[4..].copy_from_slice(&size.to_be_bytes());
    }
}

fn put(field: &mut [u8], text: &[u8]) {
    let length = text.len().min(field.len());
    field[..length].copy_from_slice(&text[..length]);
}
