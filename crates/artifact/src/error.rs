//! Why a source cannot be opened. Faults met later are problems, not errors.

use std::io;
use std::path::PathBuf;

use crate::limits::Told;

/// Why a source cannot be opened: what, where, and what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is nothing at the path.
    #[error("{}: no such file or folder; check the path", .path.display())]
    Missing {
        /// What was asked for.
        path: PathBuf,
    },
    /// The path is of another kind than the source says.
    #[error("{}: is not {expected}; leave the prefix out and the kind is told from content", .path.display())]
    WrongKind {
        /// What was asked for.
        path: PathBuf,
        /// What the source says it is.
        expected: &'static str,
    },
    /// A pipe, a socket or a device: neither a folder nor a file.
    #[error("{}: is neither a folder nor a regular file; a stream is given on standard input, as `-`", .path.display())]
    NoFile {
        /// What was asked for.
        path: PathBuf,
    },
    /// The operating system refuses.
    #[error("{}: could not be read: {error}; check its permissions", .path.display())]
    Io {
        /// What was read.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Standard input is for the caller to read.
    #[error("standard input was not given to the library; read it and use `open_reader`")]
    Stdin,
    /// An exclusion is no glob.
    #[error("exclusion `{glob}` is no valid glob: {reason}")]
    Glob {
        /// What was given.
        glob: String,
        /// What is wrong.
        reason: String,
    },
    /// A platform is not written as it must be.
    #[error("platform `{0}` is not written os/architecture[/variant], like linux/arm64")]
    Platform(String),
    /// An archive holds several images and none was chosen.
    #[error("{place}: holds {} images; choose one with --image: {}", .names.len(), list(.names))]
    SeveralImages {
        /// The archive.
        place: String,
        /// What they are called.
        names: Vec<String>,
    },
    /// The image that was chosen is not there.
    #[error("{place}: holds no image `{asked}`; it holds: {}", list(.names))]
    NoSuchImage {
        /// The archive.
        place: String,
        /// What was asked for.
        asked: String,
        /// What there is.
        names: Vec<String>,
    },
    /// The platform that was chosen is not there.
    #[error("{place}: is not there for platform `{asked}`; it is for: {}", list(.platforms))]
    NoSuchPlatform {
        /// The image.
        place: String,
        /// What was asked for.
        asked: String,
        /// What there is.
        platforms: Vec<String>,
    },
    /// It is there and damaged, or contradicts itself.
    #[error("{place}: {what}; nothing of it was scanned, fetch or build it again")]
    Damaged {
        /// The source.
        place: String,
        /// What is wrong, and where.
        what: String,
    },
    /// It is something we do not read.
    #[error("{place}: {what}")]
    Unsupported {
        /// The source.
        place: String,
        /// What it is, and what to do.
        what: String,
    },
    /// A registry or a daemon did not give it.
    #[error("{what}; nothing of it was scanned")]
    Remote {
        /// Why.
        what: String,
        /// There is no such image: the command line is at fault.
        is_missing: bool,
    },
    /// A limit was hit before anything could be scanned.
    #[error("{place}: {what} ({told}); nothing of it was scanned", told = Told(.limit, *.value))]
    Limit {
        /// The source.
        place: String,
        /// What is too large.
        what: String,
        /// The name of the limit.
        limit: &'static str,
        /// Its value.
        value: u64,
    },
}

impl OpenError {
    /// True where the command line is at fault (exit 2); else the input is (exit 4).
    pub fn is_usage(&self) -> bool {
        match self {
            OpenError::Missing { .. }
            | OpenError::WrongKind { .. }
            | OpenError::NoFile { .. }
            | OpenError::Stdin
            | OpenError::Glob { .. }
            | OpenError::Platform(_)
            | OpenError::SeveralImages { .. }
            | OpenError::NoSuchImage { .. }
            | OpenError::NoSuchPlatform { .. } => true,
            OpenError::Remote { is_missing, .. } => *is_missing,
            OpenError::Io { .. }
            | OpenError::Damaged { .. }
            | OpenError::Unsupported { .. }
            | OpenError::Limit { .. } => false,
        }
    }
}

/// The most names a message lists.
const MOST_NAMES: usize = 20;

fn list(names: &[String]) -> String {
    let shown = names.iter().take(MOST_NAMES).map(|name| printable(name)).collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(MOST_NAMES) {
        None | Some(0) => shown,
        Some(more) => format!("{shown} and {more} more"),
    }
}

/// Text of the input in a message: control characters must not reach a terminal, nor a megabyte a reader.
pub(crate) fn printable(text: &str) -> String {
    const MOST: usize = 200;
    let mut shown: String = text.chars().take(MOST).flat_map(escape).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

fn escape(character: char) -> Box<dyn Iterator<Item = char>> {
    let reorders =
        matches!(character, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    if character.is_control() || reorders {
        Box::new(character.escape_unicode())
    } else {
        Box::new(std::iter::once(character))
    }
}
