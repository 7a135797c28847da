//! Where a tar cannot be read on, and where two readers would read two things.

use std::io;

use model::ProblemKind;

use crate::limits::Told;

/// Why a tar cannot be read any further.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// The stream below failed; it knows why.
    #[error("{0}")]
    Source(#[from] io::Error),
    /// The stream ends inside something.
    #[error("the tar ends inside {what} at byte {offset}")]
    Truncated { offset: u64, what: &'static str },
    /// What should be a header is none.
    #[error("the tar is damaged at byte {offset}: {reason}")]
    Header { offset: u64, reason: &'static str },
    /// A header is longer than the limit.
    #[error("a header at byte {offset} claims {claimed} bytes ({told})", told = Told("tar_header_bytes", *.limit))]
    TooLong { offset: u64, claimed: u64, limit: u64 },
}

/// A place another reader would understand differently, or a runtime refuses. All of it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// Where the header begins.
    pub(crate) offset: u64,
    /// What is odd, as a sentence.
    pub(crate) message: String,
    /// It could hide something from a reader; else it is only odd.
    pub(crate) grave: bool,
}

impl Fault {
    pub(crate) fn kind(&self) -> ProblemKind {
        match self {
            Fault::Source(_) => ProblemKind::Io,
            Fault::Truncated { .. } => ProblemKind::Truncated,
            Fault::Header { .. } => ProblemKind::Archive,
            Fault::TooLong { .. } => ProblemKind::Limit,
        }
    }
}
