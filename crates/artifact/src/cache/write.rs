//! An entry of the cache, written beside its place and renamed once it is whole.

use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use super::format::{BYTES, CONTENT_SUM, END, GIVEN, LONGEST, MAGIC, PLACE, SPARSE, number_of, put_bytes, put_number};
use super::key::Key;
use crate::content_sum::ContentSum;
use crate::tar::Entry;

/// What unfinished files are called.
pub(super) const UNFINISHED: &str = "unfinished-";

/// Bytes that are summed and written at once.
const BLOCK: usize = 64 << 10;

/// Pieces of a content are no longer than this: a walk asks for a few bytes first.
const PIECE: usize = 256 << 10;

/// Writes an entry. What goes wrong is not said: then there is none, and the next scan reads the layer.
#[derive(Debug)]
pub(crate) struct Writer {
    file: File,
    unfinished: PathBuf,
    place: PathBuf,
    now: SystemTime,
    sum: Sha256,
    block: Vec<u8>,
    piece: Vec<u8>,
    last: Vec<u8>,
    records: u64,
    given: u64,
    written: u64,
    most: u64,
    fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Good,
    /// It cannot be written, or is too large.
    Failed,
    Committed,
}

impl Writer {
    /// Begins the entry of a key, of at most so many bytes.
    pub(super) fn begin(folder: &Path, key: &Key, most: u64, now: SystemTime) -> io::Result<Writer> {
        let (file, unfinished) = new_file(folder)?;
        let mut block = Vec::with_capacity(BLOCK);
        block.extend_from_slice(MAGIC);
        block.extend_from_slice(&key.sum);
        block.push(key.part.number());
        Ok(Writer {
            file,
            unfinished,
            place: folder.join(key.file_name()),
            now,
            sum: Sha256::new(),
            block,
            piece: Vec::new(),
            last: Vec::new(),
            records: 0,
            given: 0,
            written: 0,
            most,
            fate: Fate::Good,
        })
    }

    /// The next entry of the layer.
    pub(crate) fn entry(&mut self, entry: &Entry, path: &[u8], link: &[u8]) {
        self.end_piece();
        if path.len() as u64 > LONGEST || link.len() as u64 > LONGEST {
            self.fate = Fate::Failed;
            return;
        }
        let shared = path.iter().zip(&self.last).take_while(|(left, right)| left == right).count();
        let out = &mut self.block;
        out.push(number_of(entry.kind) | if entry.sparse { SPARSE } else { 0 });
        put_number(out, shared as u64);
        put_bytes(out, &path[shared..]);
        put_bytes(out, link);
        for number in [entry.size, u64::from(entry.mode), entry.offset, entry.content_offset] {
            put_number(out, number);
        }
        self.last.truncate(shared);
        self.last.extend_from_slice(&path[shared..]);
        self.records += 1;
        self.write_full();
    }

    /// The next content of a second pass.
    pub(crate) fn place(&mut self, layer: u32, entry: u32, size: u64) {
        self.end_piece();
        self.block.push(PLACE);
        for number in [u64::from(layer), u64::from(entry), size] {
            put_number(&mut self.block, number);
        }
        self.records += 1;
        self.write_full();
    }

    /// More of the content of what came last.
    pub(crate) fn bytes(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let step = bytes.len().min(PIECE - self.piece.len());
            self.piece.extend_from_slice(&bytes[..step]);
            bytes = &bytes[step..];
            if self.piece.len() == PIECE {
                self.end_piece();
            }
        }
    }

    /// The rest of the content of what came last is not kept: somebody keeps what comes of it.
    pub(crate) fn give(&mut self) {
        self.end_piece();
        self.block.push(GIVEN);
        self.given += 1;
    }

    /// The sum of the content of what came last.
    pub(crate) fn sum(&mut self, sum: ContentSum) {
        self.end_piece();
        self.block.push(CONTENT_SUM);
        self.block.extend_from_slice(&sum.to_bytes());
    }

    /// How many contents were given away.
    pub(crate) fn given(&self) -> u64 {
        self.given
    }

    /// Makes it an entry. Gives its bytes, or `None` where it could not be written.
    pub(crate) fn commit(mut self, content_bytes: u64) -> Option<u64> {
        self.end_piece();
        self.block.push(END);
        put_number(&mut self.block, content_bytes);
        put_number(&mut self.block, self.records);
        put_number(&mut self.block, self.given);
        self.write_block();
        let sum: [u8; 32] = self.sum.finalize_reset().into();
        let is_good = self.fate == Fate::Good
            && self.file.write_all(&sum).is_ok()
            && self.file.set_modified(self.now).is_ok()
            && std::fs::rename(&self.unfinished, &self.place).is_ok();
        if !is_good {
            return None;
        }
        self.fate = Fate::Committed;
        Some(self.written + sum.len() as u64)
    }

    fn end_piece(&mut self) {
        if !self.piece.is_empty() {
            self.block.push(BYTES);
            put_bytes(&mut self.block, &self.piece);
            self.piece.clear();
            self.write_full();
        }
    }

    fn write_full(&mut self) {
        if self.block.len() >= BLOCK {
            self.write_block();
        }
    }

    fn write_block(&mut self) {
        self.sum.update(&self.block);
        self.written += self.block.len() as u64;
        let fits = self.written <= self.most;
        if self.fate == Fate::Good && !(fits && self.file.write_all(&self.block).is_ok()) {
            self.fate = Fate::Failed;
        }
        self.block.clear();
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.fate != Fate::Committed {
            let _ = std::fs::remove_file(&self.unfinished);
        }
    }
}

/// A new file that nobody else has, for nobody else to read.
pub(super) fn new_file(folder: &Path) -> io::Result<(File, PathBuf)> {
    const ATTEMPTS: u64 = 16;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut last = None;
    for attempt in 0..ATTEMPTS {
        let path = folder.join(format!("{UNFINISHED}{:016x}", RandomState::new().hash_one(attempt)));
        match options.open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| io::Error::other("no name is free")))
}
