//! Why a stream ends before its end.

use std::io;

use model::ProblemKind;

use crate::limits::Told;

/// Why a stream ends before its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StreamFault {
    /// The operating system says so.
    #[error("it could not be read: {0}")]
    Io(#[from] io::Error),
    /// The compressed bytes end too early.
    #[error("it ends inside its {format} stream, after {stored} stored bytes")]
    Truncated { format: &'static str, stored: u64 },
    /// The compressed bytes are damaged.
    #[error("its {format} stream is damaged near stored byte {stored}: {reason}")]
    Corrupt { format: &'static str, stored: u64, reason: String },
    /// A limit was hit.
    #[error("{what} ({told})", told = Told(.limit, *.value))]
    Limit { limit: &'static str, value: u64, what: String },
    /// The scan was stopped.
    #[error("the scan was stopped")]
    Cancelled,
    /// We do not read it.
    #[error("it is compressed with {0}, which no container runtime reads; neither was it read here")]
    Unsupported(&'static str),
}

impl StreamFault {
    pub(crate) fn kind(&self) -> ProblemKind {
        match self {
            StreamFault::Io(_) => ProblemKind::Io,
            StreamFault::Truncated { .. } => ProblemKind::Truncated,
            StreamFault::Corrupt { .. } => ProblemKind::Compression,
            StreamFault::Limit { .. } => ProblemKind::Limit,
            StreamFault::Cancelled => ProblemKind::Cancelled,
            StreamFault::Unsupported(_) => ProblemKind::Unsupported,
        }
    }
}
