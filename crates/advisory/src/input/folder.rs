//! Folders: trees of OSV files, and the RustSec repository.

use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use super::name::{Form, form_of, source_of};
use super::{Place, Receiver, file, name};
use crate::build::{BuildError, Limits};
use crate::rustsec;

/// Folders inside folders, at most.
const DEEPEST: usize = 32;

/// Reads a folder.
pub(crate) fn read(folder: &Path, limits: &Limits, receiver: &mut impl Receiver) -> Result<(), BuildError> {
    if rustsec::is_repository(folder) {
        receiver.source("RustSec")?;
        return files_below(&folder.join("crates"), DEEPEST, receiver, &mut |path, receiver| {
            if rustsec::is_advisory_name(&name::file_name(path)) {
                read_advisory(path, limits, receiver)
            } else {
                Ok(())
            }
        });
    }
    let own = folder.canonicalize().map_or_else(|_| name::file_name(folder), |folder| name::file_name(&folder));
    files_below(folder, DEEPEST, receiver, &mut |path, receiver| {
        match form_of(&name::file_name(path)) {
            None => return Ok(()),
            // A file a record: the folder is the source. A file of many records is a source by itself.
            Some(Form::Json) => receiver.source(&own)?,
            Some(Form::Csv | Form::Lifetimes) => {}
            Some(Form::JsonLines | Form::Zip) => receiver.source(&source_of(path))?,
        }
        file::read(path, limits, receiver)
    })
}

fn read_advisory(path: &Path, limits: &Limits, receiver: &mut impl Receiver) -> Result<(), BuildError> {
    let place = Place::of(path);
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.len() > limits.record_bytes => {
            return receiver
                .fault(format!("the file is longer than the limit of {} bytes", limits.record_bytes), &place);
        }
        _ => {}
    }
    match std::fs::read_to_string(path) {
        Ok(text) => receiver.rustsec(&text, &place),
        Err(error) => receiver.fault(format!("the file cannot be read: {error}"), &place),
    }
}

/// Calls `each` with every regular file, in order of names. Hidden files and links to folders are passed over.
fn files_below<R: Receiver>(
    folder: &Path,
    depth: usize,
    receiver: &mut R,
    each: &mut impl FnMut(&Path, &mut R) -> Result<(), BuildError>,
) -> Result<(), BuildError> {
    if depth == 0 {
        return receiver.fault(format!("more than {DEEPEST} folders lie inside each other"), &Place::of(folder));
    }
    let entries = match std::fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<DirEntry>>>) {
        Ok(entries) => entries,
        Err(error) => return receiver.fault(format!("the folder cannot be read: {error}"), &Place::of(folder)),
    };
    let mut paths: Vec<(PathBuf, bool)> = Vec::new();
    for entry in entries {
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let Ok(kind) = entry.file_type() else { continue };
        // A link to a file is read; a link to a folder could lead around in circles.
        let is_file = kind.is_file() || (kind.is_symlink() && entry.path().is_file());
        if !hidden && (kind.is_dir() || is_file) {
            paths.push((entry.path(), kind.is_dir()));
        }
    }
    paths.sort();
    for (path, is_folder) in paths {
        if is_folder { files_below(&path, depth - 1, receiver, each)? } else { each(&path, receiver)? }
    }
    Ok(())
}
