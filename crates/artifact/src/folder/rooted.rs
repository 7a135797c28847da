//! Exact paths of a root file system, through links that stay inside it.

use std::path::{Component, Path, PathBuf};

use model::{Problem, ProblemKind, TreePath};

use super::FolderWalk;
use crate::limits::limit_problem;

/// Where a path leads inside a root.
enum Led {
    /// To this place on disk.
    To(PathBuf),
    /// To nothing.
    Nowhere,
    /// In circles.
    Loop,
}

impl FolderWalk<'_> {
    pub(super) fn exact_paths(&mut self) {
        let mut exact = self.record.sink.exact_paths();
        exact.sort();
        exact.dedup();
        for path in exact {
            if self.record.is_cancelled() {
                return;
            }
            let Ok(path) = TreePath::rooted(&path) else { continue };
            match self.follow(&path) {
                Led::To(place) => self.offer_led(&path, &place),
                Led::Nowhere => {}
                Led::Loop => {
                    let limit = self.record.limits.link_hops as u64;
                    let what = "its links lead in circles; nothing can be read there";
                    self.record.problem(limit_problem("link_hops", limit, what).in_file(&path));
                }
            }
        }
    }

    /// A file, or the files of a folder, that an exact path leads to by links.
    fn offer_led(&mut self, path: &TreePath, place: &Path) {
        let Ok(own) = self.folder.tree_path(place) else { return };
        if own == *path {
            return;
        }
        match place.symlink_metadata() {
            Ok(metadata) if metadata.is_file() && !self.delivered.contains(&own) => {
                self.offer(path, place);
            }
            Ok(metadata) if metadata.is_dir() => self.offer_files_of(path, place),
            _ => {}
        }
    }

    fn offer_files_of(&mut self, path: &TreePath, folder: &Path) {
        let entries = match folder.read_dir() {
            Ok(entries) => entries,
            Err(error) => {
                let what = format!("the folder it leads to could not be read: {error}");
                return self.record.problem(Problem::error(ProblemKind::Io, what).in_file(path));
            }
        };
        let files = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
        let mut files: Vec<PathBuf> = files.map(|entry| entry.path()).collect();
        files.sort();
        for file in files {
            let name = file.file_name().unwrap_or_default().as_encoded_bytes();
            let (Ok(exact), Ok(own)) = (path.join(name), self.folder.tree_path(&file)) else { continue };
            if !self.delivered.contains(&own) {
                self.offer(&exact, &file);
            }
        }
    }

    /// Follows a path component by component, as if the root were `/`.
    fn follow(&self, path: &TreePath) -> Led {
        let root = &self.folder.root;
        let mut at: Vec<std::ffi::OsString> = Vec::new();
        let mut rest: Vec<std::ffi::OsString> = components(&super::links::names_on_disk(path));
        rest.reverse();
        let mut hops = 0;
        while let Some(name) = rest.pop() {
            if name == ".." {
                at.pop();
                continue;
            }
            let place = root.join(at.iter().collect::<PathBuf>()).join(&name);
            let Ok(metadata) = place.symlink_metadata() else { return Led::Nowhere };
            if !metadata.is_symlink() {
                at.push(name);
                continue;
            }
            hops += 1;
            if hops > self.record.limits.link_hops {
                return Led::Loop;
            }
            let Ok(target) = place.read_link() else { return Led::Nowhere };
            if target.has_root() {
                at.clear();
            }
            rest.extend(components(&target).into_iter().rev());
        }
        Led::To(root.join(at.iter().collect::<PathBuf>()))
    }
}

/// The names of a path, `..` among them, whatever it begins with left out.
fn components(path: &Path) -> Vec<std::ffi::OsString> {
    path.components()
        .filter(|component| matches!(component, Component::Normal(_) | Component::ParentDir))
        .map(|component| component.as_os_str().to_owned())
        .collect()
}
