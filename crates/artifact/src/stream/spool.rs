//! Bytes that come in order and are wanted at any place: a few in memory, more of them in a file that has no name.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Store;
use super::inflate::Bounds;
use crate::Limits;

/// So much stays in memory: small images touch no disk.
const IN_MEMORY: usize = 64 << 20;

/// Bytes read at once.
const BLOCK: usize = 256 << 10;

/// Takes bytes.
#[derive(Debug)]
pub(crate) struct Spool {
    folder: Option<PathBuf>,
    most_in_memory: usize,
    memory: Vec<u8>,
    file: Option<File>,
    length: u64,
}

impl Spool {
    /// For files in this folder, if there is one.
    pub(crate) fn new(folder: Option<&Path>) -> Spool {
        Spool {
            folder: folder.map(Path::to_owned),
            most_in_memory: IN_MEMORY,
            memory: Vec::new(),
            file: None,
            length: 0,
        }
    }

    /// What holds the bytes of a spool to their number.
    pub(crate) fn bounds(folder: Option<&Path>, limits: &Limits) -> Bounds {
        match folder {
            Some(_) => Bounds::new(limits, "spool_bytes", limits.spool_bytes),
            None => Bounds::new(limits, "memory_bytes", limits.memory_bytes),
        }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.file.is_none() && self.memory.len() + bytes.len() > self.most_in_memory {
            self.file = self.folder.as_deref().map(nameless).transpose()?.flatten();
            if let Some(file) = &mut self.file {
                file.write_all(&std::mem::take(&mut self.memory))?;
            }
        }
        match &mut self.file {
            Some(file) => file.write_all(bytes)?,
            None => self.memory.extend_from_slice(bytes),
        }
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Takes all that comes; false where it is more than so many bytes, which are all that is kept then.
    pub(crate) fn take_all(&mut self, mut from: impl Read, most: u64) -> io::Result<bool> {
        let mut buffer = vec![0; BLOCK];
        loop {
            match from.read(&mut buffer) {
                Ok(0) => return Ok(true),
                Ok(read) => {
                    let room = usize::try_from(most - self.length).unwrap_or(usize::MAX);
                    self.write(&buffer[..read.min(room)])?;
                    if read > room {
                        return Ok(false);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// All that was taken.
    pub(crate) fn finish(self) -> Store {
        match self.file {
            Some(file) => Store::Nameless(Arc::new(file), self.length),
            None => Store::Memory(Arc::new(self.memory)),
        }
    }
}

/// A file that is gone when nobody has it open any more, whatever happens to this process. `None` where systems have no such thing.
#[cfg(unix)]
fn nameless(folder: &Path) -> io::Result<Option<File>> {
    use std::hash::{BuildHasher as _, RandomState};
    use std::os::unix::fs::OpenOptionsExt as _;

    const ATTEMPTS: u64 = 16;
    let mut options = File::options();
    options.read(true).write(true).create_new(true).mode(0o600);
    let mut last = io::Error::other("no name is free");
    for attempt in 0..ATTEMPTS {
        let path = folder.join(format!("portcullis-{:016x}", RandomState::new().hash_one(attempt)));
        match options.open(&path) {
            Ok(file) => return std::fs::remove_file(&path).map(|()| Some(file)),
            Err(error) => last = error,
        }
        if last.kind() != io::ErrorKind::AlreadyExists {
            break;
        }
    }
    Err(io::Error::new(last.kind(), format!("no file could be made in {}: {last}", folder.display())))
}

#[cfg(not(unix))]
fn nameless(_: &Path) -> io::Result<Option<File>> {
    Ok(None)
}

#[cfg(test)]
mod tests {
    use testkit::scratch::Scratch;

    use super::*;

    fn spooled(content: &[u8], pieces: usize, folder: Option<&Path>) -> Store {
        let mut spool = Spool { most_in_memory: 1000, ..Spool::new(folder) };
        content.chunks(pieces).for_each(|piece| spool.write(piece).expect("a folder of our own"));
        spool.finish()
    }

    #[test]
    fn few_bytes_stay_in_memory_and_more_leave_no_name() {
        let scratch = Scratch::new();
        let content: Vec<u8> = (0..5000_u32).map(|at| at as u8).collect();
        for (length, in_memory) in [(0, true), (1000, true), (1001, false), (5000, false)] {
            let store = spooled(&content[..length], 300, Some(scratch.path()));
            assert_eq!(matches!(store, Store::Memory(_)), in_memory || cfg!(not(unix)), "{length}");
            let whole = store.whole().expect("it is there");
            assert_eq!(whole.read_all(1 << 20).expect("it can be read").expect("short"), content[..length]);
            let piece = whole.piece(700, 200).read_all(1 << 20).expect("it can be read").expect("short");
            assert_eq!(piece, content[..length].iter().skip(700).take(200).copied().collect::<Vec<u8>>());
            let mut seeking = store.seeking().expect("it can be read");
            let passed = seeking.skip(900).expect("it can be read");
            let mut rest = Vec::new();
            seeking.read_to_end(&mut rest).expect("it can be read");
            assert_eq!((passed, rest.as_slice()), (length.min(900) as u64, &content[length.min(900)..length]));
            assert_eq!(std::fs::read_dir(scratch.path()).expect("a folder").count(), 0);
        }
        assert!(matches!(spooled(&content, 300, None), Store::Memory(_)));
        let mut spool = Spool { most_in_memory: 1000, ..Spool::new(Some(Path::new("/nowhere/at/all"))) };
        let error = spool.take_all(content.as_slice(), 1 << 20).map_err(|error| error.to_string());
        assert!(cfg!(not(unix)) || error.is_err_and(|error| error.contains("/nowhere/at/all")));
        assert!(!Spool::new(None).take_all(content.as_slice(), 4999).expect("memory takes it"));
    }
}
