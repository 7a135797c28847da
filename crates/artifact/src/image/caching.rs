//! What a walk does with the cache, if it has one.

use std::fs::File;
use std::io::BufReader;

use model::LayerIndex;

use super::links::SecondPass;
use crate::Cache;
use crate::cache::{Key, Replay, Writer};

/// The cache, and what became of it in this walk.
#[derive(Default)]
pub(super) struct Caching<'w> {
    cache: Option<&'w Cache>,
    replayed: Vec<LayerIndex>,
    has_kept: bool,
}

impl<'w> Caching<'w> {
    pub(super) fn new(cache: Option<&'w Cache>) -> Caching<'w> {
        Caching { cache, ..Caching::default() }
    }

    /// A layer as it was kept.
    pub(super) fn find(&self, key: &Key) -> Option<Replay<BufReader<File>>> {
        self.cache?.find(key)
    }

    /// A second pass as it was kept, if it holds just these contents.
    pub(super) fn find_pass(&self, key: &Key, pass: &SecondPass) -> Option<Replay<BufReader<File>>> {
        let mut replay = self.find(key)?;
        let wanted = pass.iter().flat_map(|(layer, entries)| entries.keys().map(|entry| (*layer, *entry)));
        let mut wanted = wanted.map(Some).chain([None]);
        wanted.all(|place| matches!(replay.next_place(), Ok(found) if found == place)).then(|| self.find(key)).flatten()
    }

    /// Begins to write down what is read.
    pub(super) fn begin(&self, key: Option<Key>) -> Option<Writer> {
        self.cache?.begin(&key?)
    }

    /// Keeps what was written down.
    pub(super) fn keep(&mut self, writer: Option<Writer>, content_bytes: u64) {
        if let (Some(cache), Some(writer)) = (self.cache, writer)
            && writer.commit(content_bytes).is_some()
        {
            self.has_kept = true;
            cache.count_kept();
        }
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

    /// The end of the walk: what was added may be more than the cache may hold.
    pub(super) fn close(self) {
        if let Some(cache) = self.cache.filter(|_| self.has_kept) {
            // What cannot be removed now is tried again the next time.
            let _ = cache.tidy();
        }
    }
}
