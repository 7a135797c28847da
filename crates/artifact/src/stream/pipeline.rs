//! The threads of one layer.
//!
//! ```text
//! read + hash stored bytes --> inflate --+--> hash content
//!                                        +--> the caller
//! ```

use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use model::{Cancel, Digest};

use super::chunk::{Chunk, Chunks, Ring};
use super::compression::MAGIC;
use super::inflate::{Bounds, decoder, fill};
use super::{Blob, Compression, Digests, StreamFault};

/// Stored chunks between reader and inflater: 1 MiB.
const STORED_CHUNKS: usize = 4;

/// Content chunks between the inflater and each of its readers: 4 MiB.
const CONTENT_CHUNKS: usize = 16;

/// What a layer's bytes are held against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checks {
    /// Digest of the stored bytes.
    pub(crate) stored: Option<Digest>,
    /// Digest of the content.
    pub(crate) content: Option<Digest>,
    /// How much content there may be.
    pub(crate) bounds: Bounds,
}

/// What the threads have to say at the end.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The digest of the stored bytes; `None` where it was not asked for, or not all were read.
    pub(crate) stored: Option<Digest>,
    /// The digest of the content, likewise.
    pub(crate) content: Option<Digest>,
    /// Bytes of content.
    pub(crate) content_bytes: u64,
    /// Stored bytes after the end of the compressed stream.
    pub(crate) trailing: u64,
    /// Why the content ends before its end.
    pub(crate) fault: Option<StreamFault>,
}

/// Streams a blob's content past `consume`, on this thread. Where it returns before the end, the rest is not read and
/// no digest is given; after a fault the stored bytes are still summed, for a wrong digest explains much.
pub(crate) fn stream<T>(
    blob: &Blob,
    checks: &Checks,
    cancel: &Cancel,
    consume: impl FnOnce(&mut Chunks) -> T,
) -> (T, Outcome) {
    let (to_inflater, from_reader) = sync_channel(STORED_CHUNKS);
    let (to_caller, from_inflater) = sync_channel(CONTENT_CHUNKS);
    let (to_hasher, for_hasher) = sync_channel(CONTENT_CHUNKS);
    let stopped = &AtomicBool::new(false);
    let opened = open(blob);
    let is_stored_plain = matches!(opened, Ok((Compression::None, _)));
    let one_sum = is_stored_plain && same_algorithm(checks.stored, checks.content);
    let summed = checks.content.filter(|_| !one_sum);
    let bounds = checks.bounds;
    thread::scope(|scope| {
        let reader = scope.spawn(move || read_stored(opened, checks.stored, &to_inflater, stopped));
        let inflater =
            scope.spawn(move || inflate(Chunks::new(from_reader, cancel), bounds, &Outlets { to_caller, to_hasher }));
        let hasher = summed.map(|expected| scope.spawn(move || hash(&for_hasher, expected)));
        let mut chunks = Chunks::new(from_inflater, cancel);
        let result = consume(&mut chunks);
        stopped.store(!chunks.has_ended(), Ordering::Relaxed);
        let fault = chunks.into_fault();
        let inflated = inflater.join().unwrap_or_default();
        let stored = reader.join().unwrap_or_default();
        let content = match hasher {
            Some(hasher) => hasher.join().unwrap_or_default(),
            None => stored.filter(|_| one_sum),
        };
        let content = content.filter(|_| inflated.complete);
        (result, Outcome { stored, content, content_bytes: inflated.bytes, trailing: inflated.trailing, fault })
    })
}

fn same_algorithm(stored: Option<Digest>, content: Option<Digest>) -> bool {
    matches!((stored, content), (Some(stored), Some(content)) if stored.algorithm() == content.algorithm())
}

/// Where content goes.
struct Outlets {
    to_caller: SyncSender<Result<Chunk, StreamFault>>,
    to_hasher: SyncSender<Chunk>,
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
    to: &SyncSender<Result<Chunk, StreamFault>>,
    stopped: &AtomicBool,
) -> Option<Digest> {
    let mut digests = Digests::for_each([expected]);
    let mut ring = Ring::default();
    let mut reader = match opened {
        Ok((_, reader)) => reader,
        Err(error) => {
            let _ = to.send(Err(error.into()));
            return None;
        }
    };
    loop {
        match ring.fill(|buffer| read_full(&mut *reader, buffer)) {
            Ok(chunk) if chunk.is_empty() => return expected.and_then(|expected| digests.like(expected)),
            Ok(chunk) => {
                // Sent before it is summed: the next stage need not wait.
                let is_listening = to.send(Ok(Arc::clone(&chunk))).is_ok();
                if !is_listening && (expected.is_none() || stopped.load(Ordering::Relaxed)) {
                    return None;
                }
                digests.update(&chunk);
            }
            Err(error) => {
                let _ = to.send(Err(StreamFault::Io(error)));
                return None;
            }
        }
    }
}

fn inflate(from: Chunks, bounds: Bounds, to: &Outlets) -> Inflated {
    let mut inflated = Inflated::default();
    if let Err(fault) = inflate_into(from, bounds, to, &mut inflated) {
        let _ = to.to_caller.send(Err(fault));
    }
    inflated
}

fn inflate_into(mut from: Chunks, bounds: Bounds, to: &Outlets, inflated: &mut Inflated) -> Result<(), StreamFault> {
    let compression = Compression::of(super::inflate::Source::fill(&mut from)?);
    let mut decoder = decoder(compression, from)?;
    let mut ring = Ring::default();
    loop {
        let mut late = None;
        let chunk = ring.fill(|buffer| {
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
        // Fails where nothing is to be summed.
        let _ = to.to_hasher.send(Arc::clone(&chunk));
        if to.to_caller.send(Ok(chunk)).is_err() {
            return Ok(());
        }
        if let Some(fault) = late {
            return Err(fault);
        }
    }
}

fn hash(from: &Receiver<Chunk>, expected: Digest) -> Option<Digest> {
    let mut digests = Digests::for_each([Some(expected)]);
    while let Ok(chunk) = from.recv() {
        digests.update(&chunk);
    }
    digests.like(expected)
}

fn read_full(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
