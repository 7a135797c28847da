//! The notebook of a walk: counts, problems, skipped files, each bounded.

use std::io::{self, Read};
use std::sync::Arc;

use model::{Cancel, Problem, ProblemKind, ProblemSeverity, Skipped, TreePath};

use crate::exclude::Exclusions;
use crate::limits::limit_problem;
use crate::shelf::Shelf;
use crate::stream::Piece;
use crate::tar::{Body, Plain};
use crate::{FileBytes, FileMeta, Interest, Limits, Sink, View, Walk};

/// Programs of so many bytes are kept as they came, for little of them is looked at; each may hold on to half a MiB beside it.
const PIECES_FROM: u64 = 1 << 20;

/// What every walk carries: whom to deliver to, the limits, and what was seen so far.
pub(crate) struct Record<'w> {
    pub(crate) sink: &'w dyn Sink,
    pub(crate) cancel: &'w Cancel,
    pub(crate) limits: &'w Limits,
    exclusions: &'w Exclusions,
    walk: Walk,
    dropped: Dropped,
    cancelled: bool,
    shelf: Arc<Shelf>,
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
            exclusions,
            walk: Walk::default(),
            dropped: Dropped::default(),
            cancelled: false,
            shelf: Arc::default(),
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
        self.exclusions.reason_within(path.as_bytes())
    }

    /// Asks the sink about a file and reads as much as it wants. Errors of reading are for the caller to explain.
    pub(crate) fn offer(&mut self, file: &FileMeta, body: &mut dyn Body) -> io::Result<Offer> {
        let interest = self.sink.interest(file);
        self.take(file, interest, body)
    }

    /// Reads as much as `interest` says.
    pub(crate) fn take(&mut self, file: &FileMeta, interest: Interest, body: &mut dyn Body) -> io::Result<Offer> {
        if interest == Interest::Skip {
            return Ok(Offer::Skipped);
        }
        if let Some(reason) = self.exclusion(&file.origin.path) {
            self.skipped(&file.origin.path, reason);
            return Ok(Offer::Skipped);
        }
        let mut head = Vec::new();
        let limit = match interest {
            Interest::Skip => return Ok(Offer::Skipped),
            Interest::Whole { limit } => limit,
            Interest::Head(length) => {
                body.take(length as u64).read_to_end(&mut head)?;
                match self.sink.interest_after_head(file, &head) {
                    Interest::Whole { limit } => limit,
                    Interest::Skip | Interest::Head(_) => return Ok(Offer::HeadSeen(head)),
                }
            }
        };
        let (name, limit) = if limit <= self.limits.file_bytes {
            ("size of files of its kind", limit)
        } else {
            ("file_bytes", self.limits.file_bytes)
        };
        let mut content = FileBytes::default();
        if file.size <= limit {
            let is_large_program = matches!(interest, Interest::Head(_)) && file.size >= PIECES_FROM;
            let shared = if is_large_program { body.piece(limit)? } else { None };
            content = match shared {
                Some(piece) => FileBytes::in_pieces(&self.shelf, [Piece::copied(head), piece], limit, body)?,
                None => {
                    let mut content = FileBytes::begin(&self.shelf, file.size);
                    // The claimed size is only a ceiling.
                    content.read_up_to(limit.saturating_add(1), &mut head.as_slice().chain(Plain(&mut *body)))?;
                    content
                }
            };
        }
        if file.size > limit || content.len() as u64 > limit {
            self.too_large(file, name, limit);
            return Ok(Offer::Refused);
        }
        Ok(Offer::Content(content))
    }

    /// Hands a content to the sink.
    pub(crate) fn deliver(&mut self, file: &FileMeta, content: FileBytes) {
        self.walk.files_read += 1;
        self.walk.bytes_read += content.len() as u64;
        self.sink.content(file, content);
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
