//! The threads of a scanner. Where the caller's own is one of them, the others are started when there is enough for them to do: a small
//! scan is over sooner than a thread is there.

use std::sync::{Mutex, PoisonError};

use rayon::{ThreadBuilder, ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use crate::Config;

/// Documents and other files that wait to be parsed; beyond this it is worth a thread.
const FEW_FILES: usize = 4;
/// The same of their bytes.
const FEW_BYTES: usize = 1 << 20;
/// The same of packages that wait to be matched.
const FEW_PACKAGES: usize = 4096;

/// Threads that wait to be started.
#[derive(Default)]
pub(crate) struct Threads(Mutex<Vec<ThreadBuilder>>);

impl Threads {
    /// The pool, and those of its threads that are not started yet.
    pub(crate) fn new(config: &Config) -> Result<(ThreadPool, Threads), ThreadPoolBuildError> {
        let pool = ThreadPoolBuilder::new().num_threads(config.jobs);
        if !config.works_here {
            return Ok((pool.build()?, Threads::default()));
        }
        let mut waiting = Vec::new();
        let wait = |thread| {
            waiting.push(thread);
            Ok(())
        };
        let pool = pool.use_current_thread().spawn_handler(wait).build()?;
        Ok((pool, Threads(Mutex::new(waiting))))
    }

    /// Starts those that wait. One that cannot be started is done without: the others do its work.
    pub(crate) fn start(&self) {
        for thread in std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)) {
            let _ = std::thread::Builder::new().spawn(|| thread.run());
        }
    }

    /// Starts them if so many files, or so many bytes of them, are worth it.
    pub(crate) fn start_for_files(&self, files: usize, bytes: usize) {
        if files > FEW_FILES || bytes > FEW_BYTES {
            self.start();
        }
    }

    /// The same of packages.
    pub(crate) fn start_for_packages(&self, packages: usize) {
        if packages > FEW_PACKAGES {
            self.start();
        }
    }
}
