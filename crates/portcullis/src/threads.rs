//! The threads of a scanner. Where the caller's own is one of them, the others are started when there is enough for them to do: a small
//! scan is over sooner than a thread is there.

mod processors;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::{ThreadBuilder, ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use self::processors::Processors;
use crate::Config;

/// Documents and other files that wait to be parsed; beyond this it is worth a thread.
const FEW_FILES: usize = 4;
/// The same of their bytes.
const FEW_BYTES: usize = 1 << 20;
/// The same of packages that wait to be matched.
const FEW_PACKAGES: usize = 4096;

/// Threads that wait to be started.
#[derive(Default)]
pub(crate) struct Threads {
    waiting: Mutex<Vec<ThreadBuilder>>,
    /// What may be dealt: `None` where the threads are not all of this scan's making, or there is nothing to deal.
    processors: Option<Processors>,
    /// How many share them.
    hands: usize,
    /// The calling thread keeps to its own.
    is_dealt: AtomicBool,
}

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
        let threads = Threads { waiting: Mutex::new(waiting), hands: config.jobs, ..Threads::default() };
        let processors = (config.jobs > 1).then(Processors::allowed).flatten();
        Ok((pool, Threads { processors, ..threads }))
    }

    /// Starts those that wait, each on processors of its own, as the calling one from here on. One that cannot be started is done
    /// without: the others do its work.
    pub(crate) fn start(&self) {
        let waiting = self.take();
        let (processors, hands) = (&self.processors, self.hands);
        if waiting.is_empty() {
            return;
        }
        processors.iter().for_each(|processors| processors.deal(0, hands));
        self.is_dealt.store(true, Ordering::Relaxed);
        for (at, thread) in (1..).zip(waiting) {
            let processors = processors.clone();
            let run = move || {
                processors.inspect(|processors| processors.deal(at, hands));
                thread.run();
            };
            let _ = std::thread::Builder::new().spawn(run);
        }
    }

    /// Starts those that wait, anywhere.
    pub(crate) fn start_anywhere(&self) {
        for thread in self.take() {
            let _ = std::thread::Builder::new().spawn(|| thread.run());
        }
    }

    /// The calling thread may run anywhere again. Those that read a source for it, which are no threads of this pool, inherit that.
    pub(crate) fn mingle(&self) {
        if self.is_dealt.swap(false, Ordering::Relaxed) {
            self.processors.iter().for_each(Processors::keep);
        }
    }

    fn take(&self) -> Vec<ThreadBuilder> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
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
