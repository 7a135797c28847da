//! What a walk does with the cache, if it has one.

use std::fs::File;
use std::io::BufReader;

use model::LayerIndex;

use super::links::SecondPass;
use crate::cache::{Key, Part, Replay, Writer, find};
use crate::{Cache, KeptLayer, Sink};

/// The cache, and what became of it in this walk.
#[derive(Default)]
pub(super) struct Caching<'w> {
    cache: Option<&'w Cache>,
    replayed: Vec<LayerIndex>,
    has_kept: bool,
    /// What is written down of this layer is not all that the next walk wants.
    is_spoiled: bool,
    kept: Vec<KeptLayer>,
}

impl<'w> Caching<'w> {
    pub(super) fn new(cache: Option<&'w Cache>) -> Caching<'w> {
        Caching { cache, ..Caching::default() }
    }

    /// A layer as it was kept, if the sink has its part of it, too.
    pub(super) fn find_layer(&self, layer: LayerIndex, key: &Key, sink: &dyn Sink) -> Option<Replay<BufReader<File>>> {
        let cache = self.cache?;
        let replay = cache.find(key)?;
        let is_known = || find(cache, &key.of(Part::Results)).is_some_and(|bytes| sink.recall(layer, &bytes));
        (replay.given() == 0 || is_known()).then_some(replay)
    }

    /// A second pass as it was kept, if it holds just these contents.
    pub(super) fn find_pass(&self, key: &Key, pass: &SecondPass) -> Option<Replay<BufReader<File>>> {
        let cache = self.cache?;
        let mut replay = cache.find(key)?;
        let wanted = pass.iter().flat_map(|(layer, entries)| entries.keys().map(|entry| (*layer, *entry)));
        let mut wanted = wanted.map(Some).chain([None]);
        wanted
            .all(|place| matches!(replay.next_place(), Ok(found) if found == place))
            .then(|| cache.find(key))
            .flatten()
    }

    /// Begins to write down what is read.
    pub(super) fn begin(&mut self, key: Option<Key>) -> Option<Writer> {
        self.begin_layer();
        self.cache?.begin(&key?)
    }

    /// Somebody else writes it down, or has.
    pub(super) fn begin_layer(&mut self) {
        self.is_spoiled = false;
    }

    /// What is written down of this layer is of no use.
    pub(super) fn spoil_if(&mut self, is_spoiled: bool) {
        self.is_spoiled |= is_spoiled;
    }

    /// Keeps what was written down of a layer.
    pub(super) fn keep_layer(
        &mut self,
        layer: LayerIndex,
        key: Option<Key>,
        writer: Option<Writer>,
        content_bytes: u64,
    ) {
        let given = writer.as_ref().map_or(0, Writer::given);
        if let (true, Some(cache), Some(key)) = (self.keep(writer, content_bytes) && given > 0, self.cache, key) {
            self.kept.push(KeptLayer { layer, cache: cache.clone(), key: key.of(Part::Results) });
        }
    }

    /// Keeps what was written down.
    pub(super) fn keep(&mut self, writer: Option<Writer>, content_bytes: u64) -> bool {
        if let (Some(cache), Some(writer)) = (self.cache, writer.filter(|_| !self.is_spoiled))
            && writer.commit(content_bytes).is_some()
        {
            self.has_kept = true;
            cache.count_kept();
            return true;
        }
        false
    }

    /// The cache stood in for a layer.
    pub(super) fn replayed(&mut self, layer: LayerIndex) {
        self.replayed.push(layer);
        if let Some(cache) = self.cache {
            cache.count_found();
        }
    }

    /// True where the cache stood in for the layer, and so nobody read it.
    pub(super) fn stood_in_for(&self, layer: LayerIndex) -> bool {
        self.replayed.contains(&layer)
    }

    /// The end of the walk: what was added may be more than the cache may hold. Gives what the sink has to keep.
    pub(super) fn close(self) -> Vec<KeptLayer> {
        if let Some(cache) = self.cache.filter(|_| self.has_kept) {
            // What cannot be removed now is tried again the next time.
            let _ = cache.tidy();
        }
        self.kept
    }
}
