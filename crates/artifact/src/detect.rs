//! From a path to what it holds: content decides, never the name.

use std::io;
use std::path::Path;

use crate::image::{ArchiveKind, is_layout, is_root_tar, kind_of_archive};
use crate::stream::{Store, StreamFault};
use crate::{Limits, OpenError, Source};

/// Tells what a path holds: a folder in the OCI image layout, an unpacked root (it has `usr` and an `os-release`), a
/// source tree; an image archive or the tar of a root, plain or compressed, or one file. Reads no more of a file than it must.
pub fn detect(path: &Path) -> Result<Source, OpenError> {
    let owned = || path.to_owned();
    let io_error = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::Missing { path: owned() },
        _ => OpenError::Io { path: owned(), error },
    };
    let metadata = std::fs::metadata(path).map_err(io_error)?;
    if metadata.is_dir() {
        return Ok(match path {
            folder if is_layout(folder) => Source::OciLayout(owned()),
            folder if is_rootfs(folder) => Source::Rootfs(owned()),
            _ => Source::Directory(owned()),
        });
    }
    if !metadata.is_file() {
        return Err(OpenError::NoFile { path: owned() });
    }
    let (store, limits) = (Store::File(owned()), Limits::default());
    match kind_of_archive(&store, &limits) {
        Ok(Some(ArchiveKind::Oci)) => Ok(Source::OciArchive(owned())),
        Ok(Some(ArchiveKind::Docker)) => Ok(Source::DockerArchive(owned())),
        Err(StreamFault::Io(error)) => Err(io_error(error)),
        Ok(None) if is_root_tar(&store, &limits).unwrap_or(false) => Ok(Source::RootTar(owned())),
        Ok(None) | Err(_) => Ok(Source::File(owned())),
    }
}

fn is_rootfs(folder: &Path) -> bool {
    // Links are not followed: those of a root lead out of it from here.
    let has = |name: &str| folder.join(name).symlink_metadata().is_ok();
    has("usr") && (has("etc/os-release") || has("usr/lib/os-release"))
}
