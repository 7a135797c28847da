//! Why a snapshot cannot be opened or answered from.

use super::section::Kind;

/// Why a snapshot cannot be opened or answered from. Never the fault of the question.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The file cannot be opened or mapped.
    #[error("cannot be opened: {0}")]
    Io(#[from] std::io::Error),
    /// It does not begin as a snapshot does.
    #[error("is no advisory snapshot; `portcullis db build` makes one of records")]
    NotASnapshot,
    /// It was written by a newer or older program.
    #[error("has format {found}; this program reads format {known}: build it again")]
    FormatVersion {
        /// The version in the file.
        found: u32,
        /// The version this program reads.
        known: u32,
    },
    /// It ends too early or is longer than it says.
    #[error("has {actual} bytes, but says that it has {claimed}")]
    Length {
        /// Bytes that are there.
        actual: u64,
        /// Bytes it says it has.
        claimed: u64,
    },
    /// Its head is damaged.
    #[error("its head is damaged: {0}")]
    Head(&'static str),
    /// A section does not have the digest that the head says.
    #[error("the section of {0} does not match its digest")]
    Digest(&'static str),
    /// Something that was read on the way to an answer is damaged.
    #[error("the section of {section} is damaged at byte {offset}: {what}")]
    Damaged {
        /// What the section holds.
        section: &'static str,
        /// Offset in the section.
        offset: u64,
        /// What is wrong.
        what: &'static str,
    },
    /// A question about an ecosystem nothing is known of.
    #[error("`{0}` is no ecosystem that is known here")]
    UnknownEcosystem(String),
}

impl SnapshotError {
    pub(crate) fn damaged(section: Kind, offset: usize, what: &'static str) -> SnapshotError {
        SnapshotError::Damaged { section: section.name(), offset: offset as u64, what }
    }
}
