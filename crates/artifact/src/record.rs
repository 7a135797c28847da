//! The notebook of a walk: counts, problems, skipped files, each bounded.

use std::io;

use model::{Cancel, Problem, ProblemKind, ProblemSeverity, Skipped, TreePath};

use crate::exclude::Exclusions;
use crate::limits::limit_problem;
use crate::take::{Taken, Taking, TooLarge};
use crate::tar::Body;
use crate::{FileBytes, FileMeta, Interest, Limits, Sink, Ticket, View, Walk};

/// What every walk carries: whom to deliver to, the limits, and what was seen so far.
pub(crate) struct Record<'w> {
    pub(crate) sink: &'w dyn Sink,
    pub(crate) cancel: &'w Cancel,
    pub(crate) limits: &'w Limits,
    pub(crate) taking: Taking<'w>,
    walk: Walk,
    dropped: Dropped,
    cancelled: bool,
}

/// Problems and skipped files beyond their limits.
#[derive(Default)]
struct Dropped {
    problems: u64,
    errors: u64,
    skipped: u64,
}

/// What became of a file that was offered.
#[derive(Debug)]
pub(crate) enum Offer {
    /// Nobody wants it by its name.
    Skipped,
    /// Its head was seen and not liked: this is the head.
    HeadSeen(Vec<u8>),
    /// Its content, to be delivered.
    Content(FileBytes),
    /// It was wanted and not read; the problem is recorded.
    Refused,
}

impl<'w> Record<'w> {
    pub(crate) fn new(
        sink: &'w dyn Sink,
        cancel: &'w Cancel,
        limits: &'w Limits,
        exclusions: &'w Exclusions,
        known: &[Problem],
    ) -> Record<'w> {
        let mut record = Record {
            sink,
            cancel,
            limits,
            taking: Taking::new(sink, limits, exclusions),
            walk: Walk::default(),
            dropped: Dropped::default(),
            cancelled: false,
        };
        known.iter().cloned().for_each(|problem| record.problem(problem));
        record
    }

    pub(crate) fn finish(mut self, view: View) -> Walk {
        let Dropped { problems, errors, skipped } = self.dropped;
        if problems > 0 {
            let what = format!("{problems} more problems were found and not kept, {errors} of them errors");
            let mut problem = limit_problem("problems", self.limits.problems as u64, &what);
            if errors == 0 {
                problem.severity = ProblemSeverity::Warning;
            }
            self.walk.problems.push(problem);
        }
        if skipped > 0 {
            let what = format!("{skipped} more files were skipped and not listed");
            let mut problem = limit_problem("skipped", self.limits.skipped as u64, &what);
            problem.severity = ProblemSeverity::Note;
            self.walk.problems.push(problem);
        }
        self.walk.view = view;
        self.walk
    }

    pub(crate) fn problem(&mut self, problem: Problem) {
        if self.walk.problems.len() < self.limits.problems {
            self.walk.problems.push(problem);
        } else {
            self.dropped.problems += 1;
            self.dropped.errors += u64::from(problem.severity == ProblemSeverity::Error);
        }
    }

    /// How many problems there were so far, kept or not.
    pub(crate) fn problems_met(&self) -> u64 {
        self.walk.problems.len() as u64 + self.dropped.problems
    }

    pub(crate) fn skipped(&mut self, path: &TreePath, reason: impl Into<String>) {
        if self.walk.skipped.len() < self.limits.skipped {
            self.walk.skipped.push(Skipped { path: path.clone(), reason: reason.into() });
        } else {
            self.dropped.skipped += 1;
        }
    }

    pub(crate) fn saw_file(&mut self) {
        self.walk.files_seen += 1;
    }

    pub(crate) fn saw_files(&mut self, count: u64) {
        self.walk.files_seen += count;
    }

    /// True once the walk must end. Says so once, as a problem.
    pub(crate) fn is_cancelled(&mut self) -> bool {
        if !self.cancelled && self.cancel.is_cancelled() {
            self.cancelled = true;
            self.problem(Problem::error(ProblemKind::Cancelled, "the scan was stopped before all was read"));
        }
        self.cancelled
    }

    /// The exclusion that covers a path.
    pub(crate) fn exclusion(&self, path: &TreePath) -> Option<String> {
        self.taking.exclusion(path)
    }

    /// Asks the sink about a file and reads as much as it wants. Errors of reading are for the caller to explain.
    pub(crate) fn offer(&mut self, file: &FileMeta, body: &mut dyn Body) -> io::Result<Offer> {
        let interest = self.sink.interest(file);
        self.take(file, interest, body)
    }

    /// Reads as much as `interest` says.
    pub(crate) fn take(&mut self, file: &FileMeta, interest: Interest, body: &mut dyn Body) -> io::Result<Offer> {
        let taken = self.taking.take(file, interest, body)?;
        Ok(self.note(file, taken))
    }

    /// Writes down what became of a file.
    pub(crate) fn note(&mut self, file: &FileMeta, taken: Taken) -> Offer {
        match taken {
            Taken::Skipped => Offer::Skipped,
            Taken::Excluded(reason) => {
                self.skipped(&file.origin.path, reason);
                Offer::Skipped
            }
            Taken::HeadSeen(head) => Offer::HeadSeen(head),
            Taken::Content(content) => Offer::Content(content),
            Taken::TooLarge(TooLarge { limit, value }) => {
                self.too_large(file, limit, value);
                Offer::Refused
            }
        }
    }

    /// Hands a content to the sink.
    pub(crate) fn deliver(&mut self, file: &FileMeta, content: FileBytes) {
        self.walk.files_read += 1;
        self.walk.bytes_read += content.len() as u64;
        self.sink.content(file, content);
    }

    /// The same where the sink has the content already.
    pub(crate) fn deliver_foreseen(&mut self, file: &FileMeta, ticket: Ticket, size: usize) {
        self.walk.files_read += 1;
        self.walk.bytes_read += size as u64;
        self.sink.foreseen(file, ticket);
    }

    /// The same where the sink knows what comes of it.
    pub(crate) fn deliver_known(&mut self, file: &FileMeta) {
        self.walk.files_read += 1;
        self.walk.bytes_read += file.size;
        self.sink.known(file);
    }

    fn too_large(&mut self, file: &FileMeta, name: &str, limit: u64) {
        let what = format!("file of {} bytes was not read", file.size);
        let problem = limit_problem(name, limit, &what).in_file(&file.origin.path).in_layer(file.origin.layer);
        self.skipped(&file.origin.path, problem.message.clone());
        self.problem(problem);
    }
}
