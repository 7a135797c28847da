//! Folders on disk: source trees and unpacked root file systems.
//!
//! Entries come in the order of their names. `.git` folders are not visited. In a source tree, the `.gitignore` files of
//! the tree itself are honoured if asked for, no others. Links to folders are not followed; links to files:
//!
//! - In a source tree, a link that leads to a file inside the tree is offered under its own name once everything else
//!   went by, unless what it leads to was delivered already. One that leads out of the tree is never followed: where
//!   it is wanted by its name, that is a problem.
//! - In a root file system, links are followed for the exact paths a sink asks for, and for nothing else; absolute
//!   targets and `..` stay inside the root. `dev`, `proc` and `sys` are not visited: they are the machine's, not the root's.

mod links;
mod names;
mod rooted;

use std::collections::HashSet;
use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};
use model::{Cancel, Origin, Problem, ProblemKind, TreePath};

use crate::exclude::Exclusions;
use crate::file::is_executable;
use crate::limits::limit_problem;
use crate::record::{Offer, Record};
use crate::{FileMeta, Limits, Sink, View, Walk};

/// A folder to be walked.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
    pub(crate) is_rootfs: bool,
    pub(crate) honour_gitignore: bool,
}

/// What a walk over a folder carries.
struct FolderWalk<'w> {
    folder: &'w Folder,
    record: Record<'w>,
    links: Vec<TreePath>,
    delivered: HashSet<TreePath>,
}

/// Folders that were passed over, and why: told from inside the filter of the walk.
type PassedOver = Arc<Mutex<Vec<(TreePath, String)>>>;

impl Folder {
    pub(crate) fn walk(&self, limits: &Limits, exclusions: &Exclusions, sink: &dyn Sink, cancel: &Cancel) -> Walk {
        let record = Record::new(sink, cancel, limits, exclusions, &[]);
        let mut walk = FolderWalk { folder: self, record, links: Vec::new(), delivered: HashSet::new() };
        let passed_over = PassedOver::default();
        let mut count = 0;
        for entry in self.entries(exclusions, &passed_over) {
            if walk.record.is_cancelled() {
                break;
            }
            count += 1;
            if count > limits.folder_entries {
                let what = "the folder has more entries; the rest was not read";
                walk.record.problem(limit_problem("folder_entries", limits.folder_entries, what));
                break;
            }
            match entry {
                Ok(entry) => walk.enter(&entry),
                Err(error) => walk.unreadable(&error),
            }
        }
        if self.is_rootfs {
            walk.exact_paths();
        } else {
            walk.offer_links();
        }
        let passed_over = std::mem::take(&mut *passed_over.lock().unwrap_or_else(PoisonError::into_inner));
        for (path, reason) in passed_over {
            walk.record.skipped(&path, reason);
        }
        walk.record.finish(View::default())
    }

    fn entries(&self, exclusions: &Exclusions, passed_over: &PassedOver) -> ignore::Walk {
        let (folder, exclusions, passed_over) = (self.clone_for_filter(), exclusions.clone(), Arc::clone(passed_over));
        WalkBuilder::new(&self.root)
            .standard_filters(false)
            .git_ignore(self.honour_gitignore)
            .require_git(false)
            .follow_links(false)
            .sort_by_file_name(|left, right| left.as_encoded_bytes().cmp(right.as_encoded_bytes()))
            .filter_entry(move |entry| folder.is_visited(entry, &exclusions, &passed_over))
            .build()
    }

    /// Whether a folder is gone into. Files are judged when they are offered.
    fn is_visited(&self, entry: &DirEntry, exclusions: &Exclusions, passed_over: &PassedOver) -> bool {
        if entry.depth() == 0 || !entry.file_type().is_some_and(|kind| kind.is_dir()) {
            return true;
        }
        if entry.file_name() == ".git" {
            return false;
        }
        let Ok(path) = self.tree_path(entry.path()) else { return true };
        let reason = exclusions.reason(path.as_bytes()).or_else(|| {
            let is_machine = self.is_rootfs && matches!(path.as_bytes(), b"dev" | b"proc" | b"sys");
            (is_machine && has_entries(entry.path())).then(|| "it is the machine's, not the root's".to_owned())
        });
        match reason {
            Some(reason) => {
                passed_over.lock().unwrap_or_else(PoisonError::into_inner).push((path, reason));
                false
            }
            None => true,
        }
    }

    fn clone_for_filter(&self) -> Folder {
        Folder { root: self.root.clone(), ..*self }
    }

    fn tree_path(&self, path: &Path) -> Result<TreePath, model::PathError> {
        names::tree_path(&self.root, path, self.is_rootfs)
    }
}

impl FolderWalk<'_> {
    fn enter(&mut self, entry: &DirEntry) {
        let Some(kind) = entry.file_type().filter(|_| entry.depth() > 0) else { return };
        if kind.is_dir() {
            return;
        }
        let path = match self.folder.tree_path(entry.path()) {
            Ok(path) => path,
            Err(error) => {
                let what =
                    format!("`{}` was not read: {error}", crate::error::printable(&entry.path().to_string_lossy()));
                return self.record.problem(Problem::error(ProblemKind::Path, what));
            }
        };
        if kind.is_symlink() {
            self.links.push(path);
        } else if kind.is_file() {
            self.record.saw_file();
            self.offer(&path, entry.path());
        }
    }

    /// Offers a file under a name; `place` is where it lies.
    fn offer(&mut self, path: &TreePath, place: &Path) {
        match self.try_offer(path, place) {
            Ok(true) => {
                self.delivered.insert(path.clone());
            }
            Ok(false) => {}
            Err(error) => {
                let what = format!("the file could not be read: {error}");
                self.record.problem(Problem::error(ProblemKind::Io, what).in_file(path));
            }
        }
    }

    /// True where it was delivered. It is opened only if somebody wants it.
    fn try_offer(&mut self, path: &TreePath, place: &Path) -> io::Result<bool> {
        let metadata = place.metadata()?;
        let file = meta(path, place, &metadata);
        let interest = self.record.sink.interest(&file);
        if interest == crate::Interest::Skip {
            return Ok(false);
        }
        match self.record.take(&file, interest, &mut File::open(place)?)? {
            Offer::Content(content) => {
                self.record.deliver(&file, content);
                Ok(true)
            }
            Offer::Skipped | Offer::HeadSeen(_) | Offer::Refused => Ok(false),
        }
    }

    fn unreadable(&mut self, error: &ignore::Error) {
        let (place, reason) = names::of_error(error);
        let problem =
            Problem::error(ProblemKind::Io, format!("it could not be read, and what is below it neither: {reason}"));
        match place.map(|place| self.folder.tree_path(place)) {
            Some(Ok(path)) => self.record.problem(problem.in_file(&path)),
            Some(Err(_)) | None => self.record.problem(problem),
        }
    }
}

fn meta(path: &TreePath, place: &Path, metadata: &Metadata) -> FileMeta {
    FileMeta { origin: Origin::file(path.clone()), size: metadata.len(), executable: is_executable(place, metadata) }
}

fn has_entries(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|mut entries| entries.next().is_some())
}

#[cfg(test)]
mod tests;
