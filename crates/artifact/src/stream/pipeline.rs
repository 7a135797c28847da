//! The threads of one layer.
//!
//! ```text
//! compressed:  read + hash stored bytes --> inflate --+--> hash content
//!                                                     +--> the caller
//! plain:       the caller reads ----------------------+--> hash
//! ```

use std::io::{self, Cursor, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use model::{Cancel, Digest};

use super::chunk::{Chunk, Chunks, Pool};
use super::compression::MAGIC;
use super::handover::{Giver, handover};
use super::inflate::{decoder, fill};
use super::passing::{Passing, read_full};
use super::sums::Sums;
use super::{Allowance, Blob, Compression, Digests, StreamFault};

/// Stored chunks between reader and inflater: 4 MiB. With less the inflater waits whenever the reader does not get its turn in time.
const STORED_CHUNKS: usize = 16;

/// Content chunks between the inflater and each of its readers: 4 MiB.
const CONTENT_CHUNKS: usize = 16;

/// What a layer's bytes are held against.
#[derive(Clone, Debug)]
pub(crate) struct Checks {
    /// Digest of the stored bytes.
    pub(crate) stored: Option<Digest>,
    /// Digest of the content.
    pub(crate) content: Option<Digest>,
    /// How much content there may be.
    pub(crate) bounds: Allowance,
}

/// What the threads have to say at the end.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The digest of the stored bytes; `None` where it was not asked for, or not all were read.
    pub(crate) stored: Option<Digest>,
    /// The digest of the content, likewise.
    pub(crate) content: Option<Digest>,
    /// Bytes of content, as far as it was read.
    pub(crate) content_bytes: u64,
    /// Stored bytes after the end of the compressed stream.
    pub(crate) trailing: u64,
    /// Why the content ends before its end.
    pub(crate) fault: Option<StreamFault>,
}

/// Streams a blob's content past `consume`, on this thread, in chunks of `pool`. Where it returns before the end, the rest is not
/// read and no digest is given; after a fault the stored bytes are still summed, for a wrong digest explains much.
pub(crate) fn stream<T>(
    blob: &Blob,
    checks: &Checks,
    cancel: &Cancel,
    pool: &Pool,
    consume: impl FnOnce(&mut Chunks<'_>) -> T,
) -> (T, Outcome) {
    match open(blob) {
        Ok((Compression::None, reader)) => stream_plain(reader, checks, cancel, pool, consume),
        opened => stream_compressed(opened, checks, cancel, pool, consume),
    }
}

fn stream_compressed<T>(
    opened: Opened,
    checks: &Checks,
    cancel: &Cancel,
    pool: &Pool,
    consume: impl FnOnce(&mut Chunks<'_>) -> T,
) -> (T, Outcome) {
    let (to_inflater, from_reader) = handover(STORED_CHUNKS);
    let (to_caller, from_inflater) = handover(CONTENT_CHUNKS);
    let sums = Sums::of([checks.content], pool);
    let stopped = &AtomicBool::new(false);
    let (result, passed, stored, inflated, fault) = thread::scope(|scope| {
        let sums = sums.as_ref();
        let reader = scope.spawn(move || read_stored(opened, checks.stored, pool, &to_inflater, stopped));
        let stored = Chunks::new(from_reader, None, cancel);
        let inflater = scope.spawn(move || inflate(stored, &checks.bounds, pool, &Outlets { to_caller, sums }));
        if let Some(sums) = sums {
            scope.spawn(|| sums.run());
        }
        let mut chunks = Chunks::new(from_inflater, sums, cancel);
        let result = consume(&mut chunks);
        let is_stopped = !chunks.has_ended();
        stopped.store(is_stopped, Ordering::Relaxed);
        // How far the other threads had come is chance.
        let passed = is_stopped.then(|| chunks.passed());
        let fault = chunks.into_fault();
        let inflated = inflater.join().unwrap_or_default();
        (result, passed, reader.join().unwrap_or_default(), inflated, fault)
    });
    if let Some(content_bytes) = passed {
        return (result, Outcome { content_bytes, fault, ..Outcome::default() });
    }
    let digests = sums.map(Sums::finish);
    let content = digests.zip(checks.content).and_then(|(digests, expected)| digests.like(expected));
    let content = content.filter(|_| inflated.complete);
    (result, Outcome { stored, content, content_bytes: inflated.bytes, trailing: inflated.trailing, fault })
}

/// What is stored is the content: this thread reads it, another sums it, once. The bytes are still in this processor's cache when
/// they are looked at.
fn stream_plain<T>(
    reader: Box<dyn Read + Send>,
    checks: &Checks,
    cancel: &Cancel,
    pool: &Pool,
    consume: impl FnOnce(&mut Chunks<'_>) -> T,
) -> (T, Outcome) {
    let sums = Sums::of([checks.stored, checks.content], pool);
    let (result, passed, fault) = thread::scope(|scope| {
        let sums = sums.as_ref();
        if let Some(sums) = sums {
            scope.spawn(|| sums.run());
        }
        let mut passing = Passing::new(reader, pool, checks.bounds.clone(), sums);
        let mut chunks = Chunks::of_supply(&mut passing, cancel);
        let result = consume(&mut chunks);
        let is_stopped = !chunks.has_ended();
        let fault = chunks.into_fault();
        // Beyond its bounds it is summed still, for a wrong digest explains much.
        if !is_stopped && checks.stored.is_some() {
            passing.sum_rest();
        }
        (result, passing.passed, fault)
    });
    let digests = sums.map(Sums::finish).filter(|_| passed.all_summed);
    let like = |expected: Option<Digest>| digests.as_ref().zip(expected).and_then(|(sums, one)| sums.like(one));
    let content = like(checks.content).filter(|_| passed.complete);
    (result, Outcome { stored: like(checks.stored), content, content_bytes: passed.bytes, trailing: 0, fault })
}

/// Where content goes.
struct Outlets<'s> {
    to_caller: Giver<Result<Chunk, StreamFault>>,
    /// Closed with this.
    sums: Option<&'s Sums>,
}

impl Outlets<'_> {
    fn sum(&self, chunk: &Chunk) {
        if let Some(sums) = self.sums {
            sums.give(chunk.clone());
        }
    }
}

impl Drop for Outlets<'_> {
    fn drop(&mut self) {
        if let Some(sums) = self.sums {
            sums.close();
        }
    }
}

/// What the inflater has to say at its end.
#[derive(Default)]
struct Inflated {
    bytes: u64,
    trailing: u64,
    complete: bool,
}

type Opened = io::Result<(Compression, Box<dyn Read + Send>)>;

/// A blob from its start, with what its first bytes say. Opened once: it may come from far away.
fn open(blob: &Blob) -> Opened {
    let mut reader = blob.open()?;
    let mut head = Vec::new();
    (&mut *reader).take(MAGIC as u64).read_to_end(&mut head)?;
    Ok((Compression::of(&head), Box::new(Cursor::new(head).chain(reader))))
}

fn read_stored(
    opened: Opened,
    expected: Option<Digest>,
    pool: &Pool,
    to: &Giver<Result<Chunk, StreamFault>>,
    stopped: &AtomicBool,
) -> Option<Digest> {
    let mut digests = Digests::for_each([expected]);
    let mut reader = match opened {
        Ok((_, reader)) => reader,
        Err(error) => {
            let _ = to.give(Err(error.into()));
            return None;
        }
    };
    loop {
        match pool.fill(|buffer| read_full(&mut *reader, buffer)) {
            Ok(chunk) if chunk.is_empty() => return expected.and_then(|expected| digests.like(expected)),
            Ok(chunk) => {
                // Sent before it is summed: the next stage need not wait.
                let is_listening = to.give(Ok(chunk.clone())).is_ok();
                if !is_listening && (expected.is_none() || stopped.load(Ordering::Relaxed)) {
                    return None;
                }
                digests.update(&chunk);
            }
            Err(error) => {
                let _ = to.give(Err(StreamFault::Io(error)));
                return None;
            }
        }
    }
}

fn inflate(from: Chunks<'_>, bounds: &Allowance, pool: &Pool, to: &Outlets<'_>) -> Inflated {
    let mut inflated = Inflated::default();
    if let Err(fault) = inflate_into(from, bounds, pool, to, &mut inflated) {
        let _ = to.to_caller.give(Err(fault));
    }
    inflated
}

fn inflate_into(
    mut from: Chunks<'_>,
    bounds: &Allowance,
    pool: &Pool,
    to: &Outlets<'_>,
    inflated: &mut Inflated,
) -> Result<(), StreamFault> {
    let compression = Compression::of(super::inflate::Source::fill(&mut from)?);
    let mut decoder = decoder(compression, from)?;
    loop {
        let mut late = None;
        let chunk = pool.fill(|buffer| {
            let (filled, fault) = fill(&mut *decoder, buffer)?;
            late = fault;
            Ok::<_, StreamFault>(filled)
        })?;
        inflated.bytes += chunk.len() as u64;
        bounds.check(inflated.bytes, decoder.stored())?;
        if chunk.is_empty() {
            inflated.trailing = decoder.trailing();
            inflated.complete = true;
            return Ok(());
        }
        to.sum(&chunk);
        if to.to_caller.give(Ok(chunk)).is_err() {
            return Ok(());
        }
        if let Some(fault) = late {
            return Err(fault);
        }
    }
}
