//! What every store of records can do.

use std::path::Path;

/// A kind of store.
pub(crate) trait Peer {
    fn name(&self) -> &'static str;

    /// Writes a file with all records.
    fn build(&self, path: &Path);

    /// Opens it for reading, so far that a question can be asked.
    fn open(&self, path: &Path) -> Box<dyn Reader>;
}

/// An opened store.
pub(crate) trait Reader {
    /// Whether there is a record of a package; the snapshot also says whether it is of this version.
    fn has(&self, name: &str, version: &str) -> bool;
}
