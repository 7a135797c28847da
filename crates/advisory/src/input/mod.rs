//! Where records come from: folders, `.json`, `.jsonl` and `.zip` files, each also packed with gzip or zstd. Beside them the
//! catalogue of exploited vulnerabilities (`.json`, told by its content), EPSS tables (`.csv`) and lifetimes
//! (`endoflife….jsonl`).
//!
//! Everything is streamed and bounded. What cannot be read is given to the receiver with its file and line; only a path that
//! does not exist ends the reading.

mod archive;
mod file;
mod folder;
mod json;
mod name;
mod stream;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use model::TreePath;

use crate::build::{BuildError, Limits};

/// Where a record is.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) path: Option<TreePath>,
    /// 1-based.
    pub(crate) line: Option<u32>,
}

/// Takes what is read. An error ends the reading.
pub(crate) trait Receiver {
    /// The records that follow are from this source.
    fn source(&mut self, name: &str) -> Result<(), BuildError>;
    /// The JSON text of one record.
    fn osv(&mut self, json: &[u8], place: &Place) -> Result<(), BuildError>;
    /// An element of an array of records.
    fn osv_value(&mut self, value: serde_json::Value, place: &Place) -> Result<(), BuildError>;
    /// The text of one RustSec advisory.
    fn rustsec(&mut self, text: &str, place: &Place) -> Result<(), BuildError>;
    /// The JSON text of a catalogue of exploited vulnerabilities.
    fn kev(&mut self, json: &[u8], place: &Place) -> Result<(), BuildError>;
    /// A table of predictions.
    fn epss(&mut self, csv: &str, place: &Place) -> Result<(), BuildError>;
    /// The JSON text of the lifetimes of one product.
    fn lifetimes(&mut self, json: &[u8], place: &Place) -> Result<(), BuildError>;
    /// Something could not be read.
    fn fault(&mut self, message: String, place: &Place) -> Result<(), BuildError>;
}

/// Reads every path, in sorted order, so that the order they were given in does not matter.
pub(crate) fn read_all(paths: &[PathBuf], limits: &Limits, receiver: &mut impl Receiver) -> Result<(), BuildError> {
    let mut paths: Vec<&PathBuf> = paths.iter().collect();
    paths.sort();
    paths.dedup();
    for path in paths {
        let missing = |error| BuildError::Missing { path: path.clone(), error };
        let metadata = std::fs::metadata(path).map_err(missing)?;
        if metadata.is_dir() {
            folder::read(path, limits, receiver)?;
        } else {
            receiver.source(&name::source_of(path))?;
            file::read(path, limits, receiver)?;
        }
    }
    Ok(())
}

impl Place {
    /// The place of a file.
    pub(crate) fn of(path: &Path) -> Place {
        let bytes = path.as_os_str().as_encoded_bytes();
        let tree_path = if path.is_absolute() { TreePath::rooted(bytes) } else { TreePath::new(bytes) };
        let name = || path.file_name().and_then(|name| TreePath::new(name.as_encoded_bytes()).ok());
        Place { path: tree_path.ok().or_else(name), line: None }
    }

    /// The same file at a 1-based line.
    pub(crate) fn at_line(&self, line: u32) -> Place {
        Place { path: self.path.clone(), line: Some(line) }
    }

    /// A file inside this one.
    pub(crate) fn nested(&self, name: &str) -> Place {
        let path = self.path.as_ref().and_then(|path| path.nested(name).ok());
        Place { path: path.or_else(|| self.path.clone()), line: None }
    }
}
