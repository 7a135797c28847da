//! What `.gitignore` leaves out. The walk does not tell; a report must, for whoever can write such a file could hide what is shipped.

use std::collections::HashSet;
use std::path::Path;

use model::TreePath;

use super::names;
use crate::Sink;

/// What lies in the folders that were gone into, and what of it the walk came by.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Files that somebody may want by their names.
    files: Vec<Vec<u8>>,
    folders: Vec<Vec<u8>>,
    met: HashSet<Vec<u8>>,
}

/// What the walk did not come by.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    pub(super) files: Vec<TreePath>,
    pub(super) folders: Vec<TreePath>,
}

impl Listing {
    /// Lists a folder that is gone into. What cannot be read the walk itself complains of.
    pub(super) fn enter(&mut self, root: &Path, folder: &Path, sink: &dyn Sink) {
        let mut path = match names::below(root, folder) {
            Some(path) => {
                self.met.insert(path.to_vec());
                [path, b"/"].concat()
            }
            None if folder == root => Vec::new(),
            None => return,
        };
        let length = path.len();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let Ok(kind) = entry.file_type() else { continue };
            path.truncate(length);
            path.extend_from_slice(name.as_encoded_bytes());
            if kind.is_dir() && name != ".git" {
                self.folders.push(path.clone());
            } else if kind.is_file() && sink.may_want(&path, false) {
                self.files.push(path.clone());
            }
        }
    }

    /// The walk came by this.
    pub(super) fn met(&mut self, path: &[u8]) {
        self.met.insert(path.to_vec());
    }

    /// Takes what another thread saw.
    pub(super) fn join(&mut self, other: Listing) {
        self.files.extend(other.files);
        self.folders.extend(other.folders);
        self.met.extend(other.met);
    }

    /// What the walk did not come by, but for what was passed over for another reason.
    pub(super) fn left_out(&self, passed_over: &[(TreePath, String)]) -> LeftOut {
        let known: HashSet<&[u8]> = passed_over.iter().map(|(path, _)| path.as_bytes()).collect();
        let unmet = |paths: &[Vec<u8>]| -> Vec<TreePath> {
            let unmet = paths.iter().filter(|path| !self.met.contains(*path) && !known.contains(path.as_slice()));
            unmet.filter_map(|path| TreePath::new(path.as_slice()).ok()).collect()
        };
        LeftOut { files: unmet(&self.files), folders: unmet(&self.folders) }
    }
}
