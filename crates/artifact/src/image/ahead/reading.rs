//! Reading layers before their turn.

use std::io::{self, BufRead, Read};
use std::thread::{Builder, Scope};

use model::{Cancel, Layer, LayerIndex, Origin, TreePath};

use super::lanes::{Batch, Ended, Lanes, Turn};
use super::{Came, Event, Foreseen, Told, What};
use crate::cache::Key;
use crate::image::Image;
use crate::image::entries::{Asked, Entries, Recording};
use crate::image::stack::bounds;
use crate::image::walk::is_placed_as_file;
use crate::stream::{Allowance, Blob, Checks, Chunks, Piece, Pool, stream};
use crate::take::{Taken, Taking};
use crate::tar::{Entry, Fault, Kind, Reader, Skip};
use crate::{Cache, FileMeta, Interest};

/// Events that are told at once: whoever is woken for each would do nothing else.
const BATCH: usize = 64;

/// Layers of an image that are read before their turn.
pub(in crate::image) struct Ahead<'w> {
    image: &'w Image,
    taking: Taking<'w>,
    cancel: &'w Cancel,
    cache: Option<&'w Cache>,
    /// Under which each layer is kept, if nothing below it has a fault.
    keys: Vec<Option<Key>>,
    allowances: Vec<Allowance>,
    pool: Pool,
    lanes: Lanes,
    threads: usize,
}

/// Ends what is read before its turn when the walk has ended, however.
pub(in crate::image) struct Stopping<'a>(&'a Lanes);

/// Says that a layer's thread is gone where it is, so that nobody waits for it.
struct Reading<'a> {
    lanes: &'a Lanes,
    at: usize,
    ended: Option<Ended>,
}

/// Chunks of a layer, until nobody wants to know more of it.
struct Wanted<'a, 'c> {
    chunks: &'a mut Chunks<'c>,
    lanes: &'a Lanes,
    at: usize,
}

impl<'w> Ahead<'w> {
    /// At most so many layers are read at the same time, that of the walk among them.
    pub(in crate::image) fn new(
        image: &'w Image,
        taking: &Taking<'w>,
        cancel: &'w Cancel,
        cache: Option<(&'w Cache, Vec<Option<Key>>)>,
        pool: &Pool,
        at_once: usize,
    ) -> Ahead<'w> {
        let (cache, keys) = match cache {
            Some((cache, keys)) => (Some(cache), keys),
            None => (None, vec![None; image.layers.len()]),
        };
        let is_kept = |key: &Option<Key>| cache.zip(key.as_ref()).is_some_and(|(cache, key)| cache.may_have(key));
        let readable = image.stored.iter().zip(&keys).map(|(stored, key)| stored.is_ok() && !is_kept(key)).collect();
        let allowance = bounds(taking.limits, 0);
        Ahead {
            image,
            taking: taking.clone(),
            cancel,
            cache,
            allowances: image.layers.iter().map(|_| allowance.into()).collect(),
            keys,
            pool: pool.clone(),
            lanes: Lanes::new(at_once, readable),
            threads: if at_once > 1 { at_once.min(image.layers.len().saturating_sub(1)) } else { 0 },
        }
    }

    /// Starts the threads that read. One that cannot be started is done without: the walk reads what nobody else does.
    pub(in crate::image) fn start<'s>(&'s self, scope: &'s Scope<'s, '_>) -> Stopping<'s> {
        for _ in 0..self.threads {
            let work = || {
                while let Some(at) = self.lanes.claim() {
                    self.read(at);
                }
            };
            let _ = Builder::new().spawn_scoped(scope, work);
        }
        Stopping(&self.lanes)
    }

    /// The walk has come to a layer: what somebody else has read of it; `None` where the walk reads it itself, now.
    pub(in crate::image) fn turn<'a>(&'a self, at: usize, blob: &'a Blob) -> Option<Told<'a>> {
        match self.lanes.turn(at) {
            Turn::Lane => {
                let limits = self.taking.limits;
                Some(Told::new(&self.lanes, at, blob, limits, self.allowances[at].clone()))
            }
            Turn::Walk => None,
        }
    }

    /// The walk has read a layer itself.
    pub(in crate::image) fn walked(&self) {
        self.lanes.walked();
    }

    fn read(&self, at: usize) {
        let mut reading = Reading { lanes: &self.lanes, at, ended: None };
        let (layer, stored) = (&self.image.layers[at], &self.image.stored[at]);
        let Ok(blob) = stored else { return };
        let mut writer = self.cache.zip(self.keys[at].as_ref()).and_then(|(cache, key)| cache.begin(key));
        let checks = Checks { stored: layer.digest, content: layer.diff_id, bounds: self.allowances[at].clone() };
        let ((), outcome) = stream(blob, &checks, self.cancel, &self.pool, |chunks| {
            let mut wanted = Wanted { chunks, lanes: &self.lanes, at };
            let mut reader = Reader::summing(&mut wanted, self.taking.limits.tar_header_bytes);
            let is_of_tar = self.tell(at, layer, &mut Recording::new(&mut reader, &mut writer));
            // The tar is damaged, the stream is not: read on, for the digests say who damaged it.
            if is_of_tar {
                let _ = reader.drain();
            }
        });
        reading.ended = Some(Ended { outcome, writer });
    }

    /// Tells all entries. True where the tar has a fault that is not the stream's.
    fn tell(&self, at: usize, layer: &Layer, entries: &mut impl Entries) -> bool {
        let mut batch = Batch { events: Vec::with_capacity(BATCH), bytes: 0 };
        for number in 0_u64.. {
            let next = entries.next();
            let (sum, doubts) = (entries.take_sum(), entries.take_doubts());
            let (path, link) = (entries.path().to_vec(), entries.link().to_vec());
            // What is beyond the limit is not looked at; the walk says so.
            let is_beyond = number >= self.taking.limits.layer_entries;
            let is_of_tar = matches!(&next, Err(fault) if !matches!(fault, Fault::Source(_)));
            let what = match next {
                Ok(Some(entry)) if is_beyond => What::Entry(entry, None),
                Ok(Some(entry)) => What::Entry(entry, self.foresee(layer.index, &entry, entries)),
                Ok(None) => What::End(entries.drain()),
                Err(fault) => What::Fault(fault),
            };
            let is_last = is_beyond || !matches!(what, What::Entry(..));
            let event = Event { what, path, link, sum, doubts };
            batch.bytes += event.bytes();
            batch.events.push(event);
            if batch.events.len() == BATCH || is_last {
                let full = std::mem::replace(&mut batch, Batch { events: Vec::with_capacity(BATCH), bytes: 0 });
                if !self.lanes.tell(at, full) {
                    return false;
                }
            }
            if is_last {
                return is_of_tar;
            }
        }
        false
    }

    /// Takes what is wanted of a file under the name its tar has.
    fn foresee(&self, layer: LayerIndex, entry: &Entry, entries: &mut impl Entries) -> Option<Foreseen> {
        let path = TreePath::rooted(entries.path()).ok().filter(|path| is_placed_as_file(path.as_bytes()))?;
        let origin = Origin { path, layer: Some(layer) };
        let file = FileMeta { origin, size: entry.size, executable: entry.is_executable() };
        let interest = if entry.kind == Kind::File { self.taking.sink.interest(&file) } else { Interest::Skip };
        if interest == Interest::Skip {
            return None;
        }
        let asked = Asked { interest, file: &file, sink: self.taking.sink };
        let taken = self.taking.take(&file, interest, &mut entries.body(&asked));
        let came = match taken {
            Ok(Taken::Skipped | Taken::Excluded(_)) => return None,
            Ok(Taken::HeadSeen(head)) => Ok(Came::Head(head)),
            Ok(Taken::TooLarge(limit)) => Ok(Came::TooLarge(limit)),
            Ok(Taken::Content(content)) => {
                let length = content.len();
                Ok(Came::Content { ticket: self.taking.sink.foresee(&file, content), length })
            }
            Err(error) => Err(error),
        };
        Some(Foreseen { interest, came })
    }
}

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.lanes.end(self.at, self.ended.take());
    }
}

impl Read for Wanted<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.check()?;
        self.chunks.read(buffer)
    }
}

impl BufRead for Wanted<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.check()?;
        self.chunks.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.chunks.consume(amount);
    }
}

impl Skip for Wanted<'_, '_> {
    fn piece(&mut self, most: u64) -> io::Result<Option<Piece>> {
        self.check()?;
        self.chunks.piece(most)
    }
}

impl Wanted<'_, '_> {
    fn check(&self) -> io::Result<()> {
        if self.lanes.is_unwanted(self.at) { Err(io::Error::other("nobody wants more")) } else { Ok(()) }
    }
}
