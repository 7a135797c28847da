//! Whose folder a cache is: what others can write is not believed.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};

/// Why a folder is not used as a cache. The scan goes on without one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CacheRefused {
    /// It cannot be made or written.
    #[error("the cache {path} cannot be used: {reason}")]
    Unusable {
        /// The folder.
        path: PathBuf,
        /// What the operating system says.
        reason: String,
    },
    /// Another user owns it.
    #[error("the cache {path} belongs to another user and is not believed")]
    OfAnother {
        /// The folder.
        path: PathBuf,
    },
    /// Everybody may write there.
    #[error("everybody may write to the cache {path}; it is not believed")]
    Writable {
        /// The folder.
        path: PathBuf,
    },
}

/// Makes the folder where it is missing, for its owner alone, and refuses one that others could have filled.
pub(super) fn prepare(folder: &Path) -> Result<(), CacheRefused> {
    let path = || folder.to_owned();
    let unusable = |error: io::Error| CacheRefused::Unusable { path: path(), reason: error.to_string() };
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(unusable)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let about = folder.metadata().map_err(unusable)?;
        if about.permissions().mode() & 0o002 != 0 {
            return Err(CacheRefused::Writable { path: path() });
        }
        // Who we are is asked of a file we made: there is no other safe way without a library.
        let (probe, name) = super::write::new_file(folder).map_err(unusable)?;
        let own = probe.metadata().map(|probe| probe.uid());
        let _ = std::fs::remove_file(name);
        if own.map_err(unusable)? != about.uid() {
            return Err(CacheRefused::OfAnother { path: path() });
        }
    }
    Ok(())
}
