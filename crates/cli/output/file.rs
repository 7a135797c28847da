//! A report as a file: whole, or not there.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Names tried for the file beside.
const MOST_TRIED: u32 = 100;

/// Writes a file. What is cut off, by a full disk, is not left behind as if it were the report: the report is written beside its place, and
/// put there when it is whole. Pipes and devices, and files that a new one could not stand in for, are written where they are.
pub(super) fn write(path: &Path, content: impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let existing = match fs::metadata(path) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => None,
        // A link to nothing: what it names is made.
        Err(_) => return in_place(path, &content),
    };
    if existing.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return in_place(path, &content);
    }
    // Of a link the file that it leads to is replaced.
    let place = existing.as_ref().map_or_else(|| Ok(path.to_owned()), |_| fs::canonicalize(path))?;
    let Some((beside, file)) = create_beside(&place) else { return in_place(path, &content) };
    let whole = fill(file, &content).and_then(|file| Ok(can_stand_in(&file.metadata()?, existing.as_ref())));
    match whole {
        Ok(true) if put(&beside, &place, existing.as_ref()).is_ok() => Ok(()),
        Ok(_) => {
            remove(&beside);
            in_place(path, &content)
        }
        Err(error) => {
            remove(&beside);
            Err(error)
        }
    }
}

fn fill(file: File, content: &impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<File> {
    let mut out = BufWriter::new(file);
    content(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
}

/// A new file in the same folder; `None` where none can be made, which need not keep an existing one from being written.
fn create_beside(place: &Path) -> Option<(PathBuf, File)> {
    let name = place.file_name()?.to_string_lossy();
    let names = (0..MOST_TRIED).map(|number| format!(".{name}.{}-{number}.partial", std::process::id()));
    for name in names {
        let beside = place.with_file_name(name);
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Some((beside, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(_) => return None,
        }
    }
    None
}

/// Gives the file the place, and what the one that was there allowed.
fn put(beside: &Path, place: &Path, existing: Option<&Metadata>) -> io::Result<()> {
    if let Some(existing) = existing {
        fs::set_permissions(beside, existing.permissions())?;
    }
    fs::rename(beside, place)
}

/// Another's file, one with several names and one that must not be written are not replaced by a new one.
fn can_stand_in(new: &Metadata, existing: Option<&Metadata>) -> bool {
    existing.is_none_or(|existing| !existing.permissions().readonly() && is_alike(new, existing))
}

#[cfg(unix)]
fn is_alike(new: &Metadata, existing: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (new.uid(), new.gid()) == (existing.uid(), existing.gid()) && existing.nlink() == 1
}

#[cfg(not(unix))]
fn is_alike(_: &Metadata, _: &Metadata) -> bool {
    true
}

fn in_place(path: &Path, content: &impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let is_new = fs::metadata(path).is_err();
    let file = File::create(path)?;
    // Of a pipe or a device nothing can be taken back.
    let again = file.try_clone().ok().filter(|file| file.metadata().is_ok_and(|metadata| metadata.is_file()));
    let written = fill(file, content).map(|_| ());
    if let (Err(_), Some(file)) = (&written, again) {
        // Nothing is told from a report; half of one may not be.
        let _ = file.set_len(0);
        if is_new {
            remove(path);
        }
    }
    written
}

/// What cannot be removed is not what went wrong: that is said already.
fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}
