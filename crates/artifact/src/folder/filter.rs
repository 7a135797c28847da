//! What a walk does not go by: folders that are excluded or the machine's own, and what `.gitignore` leaves out.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ignore::DirEntry;
use model::{Problem, ProblemKind, TreePath};

use super::Folder;
use super::gitignore::Gitignores;
use crate::exclude::Exclusions;

/// Why something was passed over that `.gitignore` names.
const IGNORED: &str = "left out by .gitignore";

/// One walk's filter, and what it let nobody see.
#[derive(Debug)]
pub(super) struct Filter {
    pub(super) folder: Folder,
    exclusions: Exclusions,
    gitignores: Option<Gitignores>,
    /// What was passed over, and why.
    passed_over: Mutex<Vec<(TreePath, String)>>,
}

impl Filter {
    pub(super) fn new(folder: &Folder, exclusions: &Exclusions) -> Filter {
        let gitignores = folder.honour_gitignore.then(Gitignores::default);
        if let (Some(gitignores), Some(root)) = (&gitignores, folder.root.join(".gitignore").parent()) {
            gitignores.enter(root);
        }
        let exclusions = exclusions.clone();
        Filter { folder: folder.clone(), exclusions, gitignores, passed_over: Mutex::default() }
    }

    /// Whether the walk goes by an entry, and into it. Files all go by: they are judged when they are offered.
    pub(super) fn is_visited(&self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 || !entry.file_type().is_some_and(|kind| kind.is_dir()) {
            return true;
        }
        if entry.file_name() == ".git" {
            return false;
        }
        if let Ok(path) = self.folder.tree_path(entry.path())
            && let Some(reason) = self.reason(entry.path(), &path)
        {
            self.pass_over(path, reason);
            return false;
        }
        self.gitignores.iter().for_each(|gitignores| gitignores.enter(entry.path()));
        true
    }

    /// Whether `.gitignore` leaves out a file or link.
    pub(super) fn is_ignored(&self, entry: &DirEntry) -> bool {
        self.leaves_out(entry.path(), false)
    }

    /// Notes that a file was left out that somebody would want; false where it is excluded as well, which is no surprise then.
    pub(super) fn pass_over_ignored(&self, path: &TreePath) -> bool {
        let excluded = self.exclusions.reason(path.as_bytes());
        let is_surprise = excluded.is_none();
        self.pass_over(path.clone(), excluded.unwrap_or_else(|| IGNORED.to_owned()));
        is_surprise
    }

    /// What was passed over, and the `.gitignore` files that could not be honoured.
    pub(super) fn finish(&self) -> (Vec<(TreePath, String)>, Vec<Problem>) {
        let passed_over = std::mem::take(&mut *self.passed_over.lock().unwrap_or_else(PoisonError::into_inner));
        let unread = self.gitignores.as_ref().map(Gitignores::take_unread).unwrap_or_default();
        let problem = |(place, reason): (std::ffi::OsString, String)| {
            let problem = Problem::warning(ProblemKind::Io, format!("it leaves out nothing: {reason}"));
            match self.folder.tree_path(Path::new(&place)) {
                Ok(path) => problem.in_file(&path),
                Err(_) => problem,
            }
        };
        (passed_over, unread.into_iter().map(problem).collect())
    }

    fn reason(&self, place: &Path, path: &TreePath) -> Option<String> {
        if self.leaves_out(place, true) {
            return Some(IGNORED.to_owned());
        }
        self.exclusions.reason(path.as_bytes()).or_else(|| {
            let is_machine = self.folder.is_rootfs && matches!(path.as_bytes(), b"dev" | b"proc" | b"sys");
            (is_machine && has_entries(place)).then(|| "it is the machine's, not the root's".to_owned())
        })
    }

    fn leaves_out(&self, place: &Path, is_folder: bool) -> bool {
        self.gitignores.as_ref().is_some_and(|gitignores| gitignores.leave_out(place, is_folder))
    }

    fn pass_over(&self, path: TreePath, reason: String) {
        self.passed_over.lock().unwrap_or_else(PoisonError::into_inner).push((path, reason));
    }
}

fn has_entries(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|mut entries| entries.next().is_some())
}
