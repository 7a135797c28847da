//! Why nothing was updated.

use std::path::PathBuf;

use advisory::BuildError;
use network::Fault;

/// Why nothing was updated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UpdateError {
    /// Another process is at it.
    #[error("another update works in {0}; wait for it")]
    Busy(PathBuf),
    /// The folder of records cannot be used.
    #[error("{path}: {error}")]
    Store {
        /// What was to be read or written.
        path: PathBuf,
        /// Why it was not.
        error: std::io::Error,
    },
    /// The network, or who answers there.
    #[error("{what}: {fault}")]
    Network {
        /// What was asked for.
        what: String,
        /// What came of it.
        fault: Fault,
    },
    /// What came contradicts itself or what came before.
    #[error("{what}: {why}")]
    Doubtful {
        /// What was asked for.
        what: String,
        /// Why it is not taken.
        why: String,
    },
    /// The records make no snapshot.
    #[error(transparent)]
    Build(#[from] BuildError),
}

impl UpdateError {
    pub(crate) fn store(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> UpdateError {
        let path = path.into();
        move |error| UpdateError::Store { path, error }
    }

    pub(crate) fn doubtful(what: impl Into<String>, why: impl Into<String>) -> UpdateError {
        UpdateError::Doubtful { what: what.into(), why: why.into() }
    }
}
