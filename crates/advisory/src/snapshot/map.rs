//! Maps one file into memory: the only unsafe code of the project.
#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::path::Path;

use memmap2::Mmap;

/// A file's bytes, shared with every process that maps it.
pub(super) struct Map(Mmap);

impl Map {
    /// Maps a file, read-only.
    pub(super) fn open(path: &Path) -> io::Result<Map> {
        let file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "it is not a regular file; `portcullis db build` makes one of records",
            ));
        }
        // SAFETY: the bytes are only ever read as `u8`, for which every pattern is valid, and every value taken from them is
        // checked where it is used, so nothing relies on them staying the same. Writers replace the file by renaming
        // another over it, never in place; a mapping keeps the file it was made of.
        unsafe { Mmap::map(&file) }.map(Map)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
