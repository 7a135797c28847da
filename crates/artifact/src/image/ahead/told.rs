//! A layer that was read before its turn, as the walk reads it.

use std::io;
use std::vec;

use model::TreePath;

use super::again::{Again, AgainBody};
use super::lanes::{Ended, Lanes};
use super::{Came, Event, Foreseen, What};
use crate::content_sum::ContentSum;
use crate::image::entries::{Asked, Entries};
use crate::stream::{Allowance, Blob, Bounds};
use crate::take::Taking;
use crate::tar::{Body, Doubt, Entry, Fault};
use crate::{FileBytes, FileMeta, Interest, Limits};

/// What a layer has to tell, one entry after another. Gone, it says that nobody wants more.
pub(in crate::image) struct Told<'a> {
    lanes: &'a Lanes,
    at: usize,
    blob: &'a Blob,
    limits: &'a Limits,
    allowance: Allowance,
    events: vec::IntoIter<Event>,
    path: Vec<u8>,
    link: Vec<u8>,
    sum: Option<ContentSum>,
    doubts: Vec<Doubt>,
    foreseen: Option<Foreseen>,
    drained: Option<Result<bool, Fault>>,
    /// Entries that were told.
    entries: u64,
    again: Option<Again>,
    /// Contents given before are of no use any more: all of them are read again.
    reads_all_again: bool,
    has_read_again: bool,
}

impl<'a> Told<'a> {
    pub(super) fn new(
        lanes: &'a Lanes,
        at: usize,
        blob: &'a Blob,
        limits: &'a Limits,
        allowance: Allowance,
    ) -> Told<'a> {
        Told {
            lanes,
            at,
            blob,
            limits,
            allowance,
            events: Vec::new().into_iter(),
            path: Vec::new(),
            link: Vec::new(),
            sum: None,
            doubts: Vec::new(),
            foreseen: None,
            drained: None,
            entries: 0,
            again: None,
            reads_all_again: false,
            has_read_again: false,
        }
    }

    /// Holds the layer to what those before it left. False where it has given more already: then it must be read anew.
    pub(in crate::image) fn narrow(&self, bounds: Bounds) -> bool {
        self.allowance.narrow(bounds)
    }

    /// What is known of the layer in the end; waits for that. `None` where its thread is gone.
    pub(in crate::image) fn ended(&self) -> Option<Ended> {
        self.lanes.ended(self.at)
    }

    /// Some content was read a second time: what was written down of the layer is not what the walk took of it.
    pub(in crate::image) fn has_read_again(&self) -> bool {
        self.has_read_again
    }

    fn next_event(&mut self) -> Option<Event> {
        if self.events.len() == 0 {
            self.events = self.lanes.take(self.at)?.into_iter();
        }
        self.events.next()
    }

    fn begin_again(&mut self) -> io::Result<&mut Again> {
        self.has_read_again = true;
        if self.again.is_none() {
            self.again = Some(Again::open(self.blob, self.allowance.bounds(), self.limits.tar_header_bytes)?);
        }
        self.again.as_mut().ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl Entries for Told<'_> {
    fn next(&mut self) -> Result<Option<Entry>, Fault> {
        let Some(event) = self.next_event() else {
            return Err(Fault::Source(io::Error::other("the thread that read it is gone")));
        };
        let Event { what, path, link, sum, doubts } = event;
        (self.path, self.link, self.sum, self.doubts, self.foreseen) = (path, link, sum, doubts, None);
        match what {
            What::Entry(entry, foreseen) => {
                self.foreseen = foreseen;
                self.entries += 1;
                Ok(Some(entry))
            }
            What::End(drained) => {
                self.drained = Some(drained);
                Ok(None)
            }
            What::Fault(fault) => Err(fault),
        }
    }

    fn path(&self) -> &[u8] {
        &self.path
    }

    fn link(&self) -> &[u8] {
        &self.link
    }

    fn foreseen(&mut self, file: &FileMeta, interest: Interest) -> Option<io::Result<Came>> {
        let is_own_name = TreePath::rooted(&self.path).is_ok_and(|path| path == file.origin.path);
        let foreseen = self.foreseen.take().filter(|_| is_own_name && !self.reads_all_again)?;
        (foreseen.interest == interest).then_some(foreseen.came)
    }

    fn body<'b>(&'b mut self, _: &'b Asked<'b>) -> impl Body + 'b {
        let number = self.entries.saturating_sub(1);
        AgainBody::of(self.begin_again().and_then(|again| again.body(number)))
    }

    fn again(&mut self, wanted: &[(u32, usize)], taking: &Taking<'_>) -> io::Result<Vec<FileBytes>> {
        (self.again, self.reads_all_again) = (None, true);
        let again = self.begin_again()?;
        let read = |(entry, length): &(u32, usize)| taking.whole(*length, &mut again.body(u64::from(*entry))?);
        wanted.iter().map(read).collect()
    }

    fn take_sum(&mut self) -> Option<ContentSum> {
        self.sum.take()
    }

    fn take_doubts(&mut self) -> Vec<Doubt> {
        std::mem::take(&mut self.doubts)
    }

    fn drain(&mut self) -> Result<bool, Fault> {
        self.drained.take().unwrap_or(Ok(false))
    }
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        self.lanes.abandon(self.at);
    }
}
