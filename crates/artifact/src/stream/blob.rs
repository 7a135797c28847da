//! Stored bytes that can be read from anywhere: a file, a stretch of an archive, memory, a registry.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use crate::remote::{Remote, Wanted};
use crate::tar::{SeekingFile, Skip};

/// What holds the bytes.
#[derive(Clone, Debug)]
pub(crate) enum Store {
    /// A file, opened anew for each reading.
    File(PathBuf),
    /// Memory: what was given so, and the first of what comes in order.
    Memory(Arc<Vec<u8>>),
    /// A file without a name, and its length: more of what came in order, and archives that are compressed as a whole.
    Nameless(Arc<File>, u64),
    /// One blob of a registry, fetched anew for each reading and only ever read from its start.
    Remote(Arc<dyn Remote>, Arc<Wanted>),
}

/// A stretch of a store.
#[derive(Clone, Debug)]
pub(crate) struct Blob {
    store: Store,
    offset: u64,
    length: u64,
}

impl Store {
    /// The whole of it.
    pub(crate) fn whole(&self) -> io::Result<Blob> {
        let length = match self {
            Store::File(path) => {
                let metadata = std::fs::metadata(path)?;
                if !metadata.is_file() {
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
                }
                metadata.len()
            }
            Store::Memory(bytes) => bytes.len() as u64,
            Store::Nameless(_, length) => *length,
            Store::Remote(_, wanted) => wanted.size,
        };
        Ok(Blob { store: self.clone(), offset: 0, length })
    }

    /// A reader of the whole that seeks where it can.
    pub(crate) fn seeking(&self) -> io::Result<Box<dyn Skip>> {
        Ok(match self {
            Store::File(path) => {
                let file = File::open(path)?;
                let length = file.metadata()?.len();
                Box::new(SeekingFile::new(file, length))
            }
            Store::Nameless(file, length) => Box::new(SeekingFile::new(At::new(file, 0), *length)),
            Store::Memory(bytes) => Box::new(Cursor::new(Shared(Arc::clone(bytes)))),
            Store::Remote(..) => {
                return Err(io::Error::new(io::ErrorKind::Unsupported, "it can only be read in order"));
            }
        })
    }
}

impl Blob {
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// A piece of this stretch; shorter where the stretch ends before.
    pub(crate) fn piece(&self, offset: u64, length: u64) -> Blob {
        let offset = offset.min(self.length);
        Blob { store: self.store.clone(), offset: self.offset + offset, length: length.min(self.length - offset) }
    }

    /// Reads it from its start.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match &self.store {
            Store::File(path) => {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(self.offset))?;
                Box::new(file.take(self.length))
            }
            Store::Memory(bytes) => {
                let mut cursor = Cursor::new(Shared(Arc::clone(bytes)));
                cursor.set_position(self.offset);
                Box::new(cursor.take(self.length))
            }
            Store::Nameless(file, _) => Box::new(At::new(file, self.offset).take(self.length)),
            // Whoever fetches it holds it to its size: cut off here, a longer one would not be noticed.
            Store::Remote(remote, wanted) => remote.open(wanted)?,
        })
    }

    /// Its first bytes, at most so many.
    pub(crate) fn head(&self, length: usize) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        self.open()?.take(length as u64).read_to_end(&mut head)?;
        Ok(head)
    }

    /// All of it, if it is at most so long; the error is its length.
    pub(crate) fn read_all(&self, limit: u64) -> io::Result<Result<Vec<u8>, u64>> {
        if self.length > limit {
            return Ok(Err(self.length));
        }
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes)?;
        Ok(Ok(bytes))
    }
}

/// A place in a file that others read, too.
struct At {
    file: Arc<File>,
    at: u64,
}

impl At {
    fn new(file: &Arc<File>, at: u64) -> At {
        At { file: Arc::clone(file), at }
    }
}

impl Read for At {
    #[cfg(unix)]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = std::os::unix::fs::FileExt::read_at(&*self.file, buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }

    #[cfg(not(unix))]
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "there are no files without a name"))
    }
}

impl Seek for At {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.file.metadata()?.len().checked_add_signed(by),
        };
        self.at = place.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no file has such a place"))?;
        Ok(self.at)
    }
}

/// Shared bytes, to be read with a cursor.
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
