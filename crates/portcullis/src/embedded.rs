//! Images that lie in a scanned tree: what ships in the tree is scanned, each image as a target of its own.

use std::path::{Path, PathBuf};

use artifact::Source;
use model::{Cancel, Problem, ProblemKind, Skipped, TargetKind, TreePath};

use crate::combined;
use crate::scanner::Rooms;
use crate::target::{Scanned, finish, prepare, unreadable};

/// The file that marks a folder as an OCI layout.
const LAYOUT_MARK: &[u8] = b"oci-layout";

/// True for a file that may hold an image, or marks a folder that does.
pub(crate) fn may_be_image(path: &[u8]) -> bool {
    const ENDINGS: [&str; 6] = [".tar", ".tar.gz", ".tgz", ".tar.zst", ".oci", ".docker"];
    let is_mark = path.strip_suffix(LAYOUT_MARK).is_some_and(|folder| folder.is_empty() || folder.ends_with(b"/"));
    is_mark || ENDINGS.iter().any(|ending| path.ends_with(ending.as_bytes()))
}

/// Scans what `found` leads to below `root`. What is no image is named as skipped, not passed over.
pub(crate) fn scan_embedded(rooms: &Rooms, root: &Path, found: &TreePath, cancel: &Cancel) -> Result<Scanned, Skipped> {
    let skipped = |reason: &str| Skipped { path: found.clone(), reason: reason.to_owned() };
    let place = match found.parent() {
        Some(folder) if found.file_name() == LAYOUT_MARK => folder,
        _ if found.file_name() == LAYOUT_MARK => return Err(skipped("the tree itself is an image; scan it with oci:")),
        _ => found.clone(),
    };
    let path = on_disk(root, &place).ok_or_else(|| skipped("its name cannot be opened on this system"))?;
    if !is_inside(root, &path) {
        return Err(skipped("a link that leads out of the tree; it was not followed"));
    }
    let opened = match artifact::detect(&path) {
        Ok(Source::File(_) | Source::Directory(_)) => {
            return Err(skipped("an archive that holds no image; what is in it was not read"));
        }
        Ok(source) => artifact::open(&source, &rooms.config.reading),
        Err(error) => Err(error),
    };
    let mut prepared = match &opened {
        Ok(artifact) => prepare(rooms, artifact, None, cancel),
        Err(error) => {
            let problem = Problem::error(ProblemKind::Manifest, error.to_string()).in_file(&place);
            unreadable(TargetKind::Image, "", problem)
        }
    };
    prepared.target.name = place.to_string();
    // It is no source of the run: its documents are joined among themselves.
    let found = combined::judge(rooms, std::slice::from_mut(&mut prepared), cancel).remove(&0);
    Ok(finish(rooms, prepared, found.unwrap_or_default(), cancel))
}

/// A link of the tree may name any file of the machine.
fn is_inside(root: &Path, path: &Path) -> bool {
    match (root.canonicalize(), path.canonicalize()) {
        (Ok(root), Ok(path)) => path.starts_with(root),
        _ => false,
    }
}

#[cfg(unix)]
fn on_disk(root: &Path, path: &TreePath) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt as _;
    Some(root.join(std::ffi::OsStr::from_bytes(path.as_bytes())))
}

#[cfg(not(unix))]
fn on_disk(root: &Path, path: &TreePath) -> Option<PathBuf> {
    path.to_str().map(|path| root.join(path))
}
