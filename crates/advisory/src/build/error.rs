//! Why no snapshot could be built.

use std::path::PathBuf;

/// Why no snapshot could be built or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A path that was given does not exist or cannot be looked at.
    #[error("{}: {error}", path.display())]
    Missing {
        /// The path.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// Nothing that was given holds a record that can be read.
    #[error("no advisory record was found in what was given{}", because.as_ref().map(|why| format!(": {why}")).unwrap_or_default())]
    Empty {
        /// The first problem, where there was one.
        because: Option<String>,
    },
    /// A record is bad, and bad records were made fatal.
    #[error("{place}{message}")]
    Strict {
        /// `file:line: `, or empty.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// There are more records or bytes than a snapshot can hold.
    #[error("{0}")]
    TooLarge(String),
    /// The file cannot be written.
    #[error("{} cannot be written: {error}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}
