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
    /// Whether there is a record of a package: its bytes are reached, nothing of them is read.
    fn has(&self, name: &str) -> bool;

    /// Whether a record of the package is about a version; `None` of a store that knows no versions.
    fn answers(&self, _name: &str, _version: &str) -> Option<bool> {
        None
    }
}
