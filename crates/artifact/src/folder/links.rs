//! Symbolic links of a source tree, once everything else went by.

use std::path::{Path, PathBuf};

use model::{Origin, Problem, ProblemKind, TreePath};

use super::{FolderWalk, names};
use crate::{FileMeta, Interest};

impl FolderWalk<'_> {
    pub(super) fn offer_links(&mut self) {
        let links = std::mem::take(&mut self.links);
        let Ok(root) = self.folder.root.canonicalize() else { return };
        for link in links {
            if self.record.is_cancelled() {
                return;
            }
            let place = self.folder.root.join(names_on_disk(&link));
            match place.canonicalize() {
                Ok(target) => self.offer_link(&link, &root, &target),
                Err(error) => self.refuse(&link, Problem::warning, &format!("the link leads to nothing: {error}")),
            }
        }
    }

    fn offer_link(&mut self, link: &TreePath, root: &Path, target: &Path) {
        if target.is_dir() && !target.starts_with(root) {
            return self.pass_over(link);
        }
        if !target.is_file() {
            return;
        }
        if !target.starts_with(root) {
            return self.refuse(link, Problem::error, "the link leads out of the scanned folder and was not followed");
        }
        let Ok(own) = names::tree_path(root, target, false) else { return };
        if !self.delivered.contains(&own) {
            self.record.saw_file();
            self.offer(link, target);
            if self.delivered.contains(link) {
                self.delivered.insert(own);
            }
        }
    }

    /// Of a link to a folder elsewhere nobody knows what would be wanted there.
    fn pass_over(&mut self, link: &TreePath) {
        if self.record.exclusion(link).is_none() {
            let what = "the link leads to a folder outside of the scanned one and was not followed";
            self.record.skipped(link, what);
            self.record.problem(Problem::warning(ProblemKind::Link, what.to_owned()).in_file(link));
        }
    }

    /// Of a link that is not followed: a problem, where somebody wants it by its name.
    fn refuse(&mut self, link: &TreePath, problem: fn(ProblemKind, String) -> Problem, what: &str) {
        let file = FileMeta { origin: Origin::file(link.clone()), size: 0, executable: false };
        if self.record.exclusion(link).is_none() && matches!(self.record.sink.interest(&file), Interest::Whole { .. }) {
            self.record.skipped(link, what);
            self.record.problem(problem(ProblemKind::Link, what.to_owned()).in_file(link));
        }
    }
}

/// A path inside the tree as the system takes it.
pub(super) fn names_on_disk(path: &TreePath) -> PathBuf {
    #[cfg(unix)]
    {
        Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(path.as_bytes())).to_owned()
    }
    #[cfg(not(unix))]
    {
        PathBuf::from(String::from_utf8_lossy(path.as_bytes()).into_owned())
    }
}
