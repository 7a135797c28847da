//! What a caller may ask to be opened.

use std::fmt;
use std::path::PathBuf;

/// A place bytes come from. [`fn@crate::detect`] tells the kind from content; a caller may also force it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// A source tree.
    Directory(PathBuf),
    /// An unpacked root file system: absolute links are relative to it.
    Rootfs(PathBuf),
    /// The same in one tar, plain or compressed: what `docker export` writes.
    RootTar(PathBuf),
    /// One file.
    File(PathBuf),
    /// Standard input. The library never reads it: the caller does, and uses [`crate::open_reader`] or [`crate::open_bytes`].
    Stdin {
        /// The file name the content would have.
        name: Option<String>,
    },
    /// A folder in the OCI image layout.
    OciLayout(PathBuf),
    /// The same as a tar, plain or compressed.
    OciArchive(PathBuf),
    /// What `docker save` writes, with or without an OCI layout inside, plain or compressed.
    DockerArchive(PathBuf),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Directory(path)
            | Source::Rootfs(path)
            | Source::RootTar(path)
            | Source::File(path)
            | Source::OciLayout(path)
            | Source::OciArchive(path)
            | Source::DockerArchive(path) => write!(f, "{}", path.display()),
            Source::Stdin { name } => f.write_str(name.as_deref().unwrap_or("stdin")),
        }
    }
}
