//! What `.gitignore` leaves out. The walk does not tell; a report must, for whoever can write such a file could hide what is shipped.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use model::TreePath;

use super::names;
use crate::Sink;

/// What the walk came by, so that what it did not can be told.
#[derive(Debug, Default)]
pub(super) struct Listing {
    folders: HashMap<Vec<u8>, Passed>,
    /// Entries of one folder mostly come one after another: how many of the last did, which are not counted above yet.
    last: (Vec<u8>, usize),
    /// Files that somebody may want by their names.
    met: HashSet<Vec<u8>>,
}

/// A folder, and how many of its entries the walk came by.
#[derive(Debug, Default)]
struct Passed {
    /// Where it is; `None` until it is gone into.
    place: Option<PathBuf>,
    entries: usize,
}

/// What the walk did not come by.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    pub(super) files: Vec<TreePath>,
    pub(super) folders: Vec<TreePath>,
}

impl Listing {
    /// The walk came by this entry.
    pub(super) fn pass(&mut self, root: &Path, entry: &Path, is_folder: bool) {
        let path = if entry == root { Some(b"".as_slice()) } else { names::below(root, entry) };
        let Some(path) = path else { return };
        if !path.is_empty() {
            let folder = path.iter().rposition(|byte| *byte == b'/').map_or(&path[..0], |at| &path[..at]);
            if self.last.0 != folder {
                self.count_last();
                self.last.0.extend_from_slice(folder);
            }
            self.last.1 += 1;
        }
        if is_folder {
            self.folders.entry(path.to_vec()).or_default().place = Some(entry.to_owned());
        }
    }

    fn count_last(&mut self) {
        let (folder, entries) = std::mem::take(&mut self.last);
        if entries > 0 {
            self.folders.entry(folder).or_default().entries += entries;
        }
    }

    /// The walk gave this to who may want it.
    pub(super) fn meet(&mut self, path: &[u8]) {
        self.met.insert(path.to_vec());
    }

    /// Takes what another thread saw.
    pub(super) fn join(&mut self, mut other: Listing) {
        other.count_last();
        for (path, Passed { place, entries }) in other.folders {
            let folder = self.folders.entry(path).or_default();
            folder.entries += entries;
            folder.place = folder.place.take().or(place);
        }
        self.met.extend(other.met);
    }

    /// What the walk did not come by, but for what was passed over for another reason. Only folders that hold more than it came by are
    /// looked through. What cannot be read the walk itself complains of.
    pub(super) fn left_out(&mut self, passed_over: &[(TreePath, String)], sink: &dyn Sink) -> LeftOut {
        self.count_last();
        let mut left_out = LeftOut::default();
        // The walk does not come by one that names itself.
        if !self.places().any(|place| place.join(".gitignore").exists()) {
            return left_out;
        }
        let known: HashSet<&[u8]> = passed_over.iter().map(|(path, _)| path.as_bytes()).collect();
        for (path, Passed { place, entries }) in &self.folders {
            let Some(place) = place else { continue };
            if count(place) > *entries {
                self.look_through(path, place, &known, sink, &mut left_out);
            }
        }
        left_out
    }

    fn places(&self) -> impl Iterator<Item = &Path> {
        self.folders.values().filter_map(|folder| folder.place.as_deref())
    }

    fn look_through(
        &self,
        folder: &[u8],
        place: &Path,
        known: &HashSet<&[u8]>,
        sink: &dyn Sink,
        left_out: &mut LeftOut,
    ) {
        for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
            let (name, Ok(kind)) = (entry.file_name(), entry.file_type()) else { continue };
            let mut path = folder.to_vec();
            if !path.is_empty() {
                path.push(b'/');
            }
            path.extend_from_slice(name.as_encoded_bytes());
            let is_told = known.contains(path.as_slice());
            let Some(tree_path) = TreePath::new(path.as_slice()).ok().filter(|_| !is_told) else { continue };
            if kind.is_dir() {
                let is_passed = self.folders.get(path.as_slice()).is_some_and(|folder| folder.place.is_some());
                left_out.folders.extend((!is_passed && name != ".git").then_some(tree_path));
            } else if kind.is_file() && sink.may_want(&path, false) && !self.met.contains(&path) {
                left_out.files.push(tree_path);
            }
        }
    }
}

fn count(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}
