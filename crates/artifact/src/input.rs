//! Streams that were read to their end, or as far as they could be.

use std::io::Read;
use std::sync::Arc;

use model::{Problem, ProblemKind};

use crate::limits::limit_problem;
use crate::stream::{Spool, Store};
use crate::{OpenError, Options};

/// A stream that was read: in memory, and beyond 64 MiB in a file without a name in the folder [`Options::spool`].
#[derive(Clone, Debug)]
pub struct Stream {
    store: Store,
    cut: Option<Cut>,
}

/// Why a stream is not all there.
#[derive(Clone, Debug)]
pub(crate) enum Cut {
    /// It is longer than a limit, of this name and value.
    Limit(&'static str, u64),
    /// It could not be read on, or not be kept.
    Failed(String),
}

/// What to do about a stream that is too long.
const TOO_LONG: &str = "the input is longer than may be kept; save it to a file and scan that";

impl Stream {
    /// Reads it, within the limit `spool_bytes`; `memory_bytes` where there is no such folder. What came before it was cut off is
    /// kept, and what is opened of it says so.
    pub fn read(reader: impl Read, options: &Options) -> Stream {
        let folder = options.spool.as_deref();
        let (limit, value) = Spool::bounds(folder, &options.limits).limit;
        let mut spool = Spool::new(folder);
        let cut = match spool.take_all(reader, value) {
            Ok(true) => None,
            Ok(false) => Some(Cut::Limit(limit, value)),
            Err(error) => Some(Cut::Failed(error.to_string())),
        };
        Stream { store: spool.finish(), cut }
    }

    /// The bytes, where all of them lie in memory.
    pub fn in_memory(&self) -> Option<&[u8]> {
        match (&self.store, &self.cut) {
            (Store::Memory(bytes), None) => Some(bytes),
            _ => None,
        }
    }

    pub(crate) fn of(bytes: Vec<u8>) -> Stream {
        Stream { store: Store::Memory(Arc::new(bytes)), cut: None }
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn cut(&self) -> Option<&Cut> {
        self.cut.as_ref()
    }
}

impl Cut {
    /// Where something of the stream is kept.
    pub(crate) fn problem(&self) -> Problem {
        match self {
            Cut::Limit(limit, value) => limit_problem(limit, *value, &format!("{TOO_LONG}; what came before is kept")),
            Cut::Failed(reason) => {
                let what = format!("the input could not be read to its end: {reason}; what came before is kept");
                Problem::error(ProblemKind::Io, what)
            }
        }
    }

    /// Where nothing is.
    pub(crate) fn error(&self, name: &str) -> OpenError {
        match self {
            Cut::Limit(limit, value) => {
                OpenError::Limit { place: name.to_owned(), what: TOO_LONG.to_owned(), limit, value: *value }
            }
            Cut::Failed(reason) => {
                let what = format!("the input could not be read to its end: {reason}");
                OpenError::Damaged { place: name.to_owned(), what }
            }
        }
    }
}
