//! As much of a file as somebody wants of it.

use std::io::{self, Read};
use std::sync::Arc;

use model::TreePath;

use crate::exclude::Exclusions;
use crate::shelf::Shelf;
use crate::stream::Piece;
use crate::tar::{Body, Plain};
use crate::{FileBytes, FileMeta, Interest, Limits, Sink};

/// Programs of so many bytes are kept as they came, for little of them is looked at; each may hold on to half a MiB beside it.
const PIECES_FROM: u64 = 1 << 20;

/// Who is asked, and what no file may exceed.
#[derive(Clone)]
pub(crate) struct Taking<'w> {
    pub(crate) sink: &'w dyn Sink,
    pub(crate) limits: &'w Limits,
    exclusions: &'w Exclusions,
    shelf: Arc<Shelf>,
}

/// What was taken of a file.
#[derive(Debug)]
pub(crate) enum Taken {
    /// Nobody wants it by its name.
    Skipped,
    /// It is excluded, and this is why.
    Excluded(String),
    /// Its head was seen and not liked: this is the head.
    HeadSeen(Vec<u8>),
    /// Its content.
    Content(FileBytes),
    /// It is larger than it may be.
    TooLarge(TooLarge),
}

/// The limit a file exceeds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TooLarge {
    pub(crate) limit: &'static str,
    pub(crate) value: u64,
}

impl<'w> Taking<'w> {
    pub(crate) fn new(sink: &'w dyn Sink, limits: &'w Limits, exclusions: &'w Exclusions) -> Taking<'w> {
        Taking { sink, limits, exclusions, shelf: Arc::default() }
    }

    /// The exclusion that covers a path.
    pub(crate) fn exclusion(&self, path: &TreePath) -> Option<String> {
        self.exclusions.reason_within(path.as_bytes())
    }

    /// Reads as much as `interest` says. Errors of reading are for the caller to explain.
    pub(crate) fn take(&self, file: &FileMeta, interest: Interest, body: &mut dyn Body) -> io::Result<Taken> {
        if interest == Interest::Skip {
            return Ok(Taken::Skipped);
        }
        if let Some(reason) = self.exclusion(&file.origin.path) {
            return Ok(Taken::Excluded(reason));
        }
        let mut head = Vec::new();
        let limit = match interest {
            Interest::Skip => return Ok(Taken::Skipped),
            Interest::Whole { limit } => limit,
            Interest::Head(length) => {
                body.take(length as u64).read_to_end(&mut head)?;
                match self.sink.interest_after_head(file, &head) {
                    Interest::Whole { limit } => limit,
                    Interest::Skip | Interest::Head(_) => return Ok(Taken::HeadSeen(head)),
                }
            }
        };
        let most = if limit <= self.limits.file_bytes {
            TooLarge { limit: "size of files of its kind", value: limit }
        } else {
            TooLarge { limit: "file_bytes", value: self.limits.file_bytes }
        };
        let mut content = FileBytes::default();
        if file.size <= most.value {
            let is_large_program = matches!(interest, Interest::Head(_)) && file.size >= PIECES_FROM;
            content = self.read(file.size, head, most.value, is_large_program, body)?;
        }
        let is_too_large = file.size > most.value || content.len() as u64 > most.value;
        Ok(if is_too_large { Taken::TooLarge(most) } else { Taken::Content(content) })
    }

    /// A content of which so many bytes came already; one more than `most` only so far that it is seen.
    fn read(
        &self,
        claimed: u64,
        head: Vec<u8>,
        most: u64,
        in_pieces: bool,
        body: &mut dyn Body,
    ) -> io::Result<FileBytes> {
        if in_pieces && let Some(piece) = body.piece(most)? {
            return FileBytes::in_pieces(&self.shelf, [Piece::copied(head), piece], most, body);
        }
        let mut content = FileBytes::begin(&self.shelf, claimed);
        // The claimed size is only a ceiling.
        content.read_up_to(most.saturating_add(1), &mut head.as_slice().chain(Plain(body)))?;
        Ok(content)
    }

    /// A content of this length, read again.
    pub(crate) fn whole(&self, length: usize, body: &mut dyn Body) -> io::Result<FileBytes> {
        let length = length as u64;
        let content = self.read(length, Vec::new(), length, false, body)?;
        if content.len() as u64 == length { Ok(content) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}
