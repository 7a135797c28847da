//! What a caller made of a whole image, or of some contents of a layer, kept beside what the layers yielded.

use std::io::Read as _;

use model::LayerIndex;

use super::folder::Cache;
use super::key::{Key, Part};
use crate::Walk;

/// The place of what a sink with these wishes makes of one image. It counts for the same layers, limits and exclusions
/// only, and only as long as whoever made it reads them in the same way: its wishes must say so.
#[derive(Clone, Debug)]
pub struct Derived {
    pub(crate) cache: Cache,
    pub(crate) key: Key,
    /// Those of its layers, which are used whenever it is.
    pub(crate) layers: Vec<Key>,
}

impl Derived {
    /// What was kept; nothing of the image needs to be read then.
    pub fn find(&self) -> Option<Vec<u8>> {
        let bytes = find(&self.cache, &self.key)?;
        // Whoever has a layer in common will ask for these.
        let layers = self.layers.iter().flat_map(|layer| [*layer, layer.of(Part::Results)]);
        layers.chain([self.key.of(Part::Again)]).for_each(|key| self.cache.touch(&key));
        Some(bytes)
    }

    /// What was found was used: it stood in for all layers.
    pub fn used(&self) {
        self.layers.iter().for_each(|_| self.cache.count_found());
    }

    /// Keeps what was made of a walk, if that walk saw all of the image and had nothing to say against it.
    pub fn keep(&self, walk: &Walk, bytes: &[u8]) {
        if walk.is_whole && keep(&self.cache, &self.key, bytes) {
            self.cache.count_kept();
        }
    }
}

/// A layer that is kept but for some contents: what came of those must be kept by the sink, or the layer is read again.
#[derive(Clone, Debug)]
pub struct KeptLayer {
    /// Which one.
    pub layer: LayerIndex,
    pub(crate) cache: Cache,
    pub(crate) key: Key,
}

impl KeptLayer {
    /// Keeps what came of the contents for which [`crate::Sink::keeps_results`] was true.
    pub fn keep(&self, bytes: &[u8]) {
        keep(&self.cache, &self.key, bytes);
    }
}

/// Some bytes that were kept.
pub(crate) fn find(cache: &Cache, key: &Key) -> Option<Vec<u8>> {
    let mut replay = cache.find(key)?;
    replay.next_place().ok().flatten()?;
    let mut bytes = Vec::new();
    replay.body().read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn keep(cache: &Cache, key: &Key, bytes: &[u8]) -> bool {
    let Some(mut writer) = cache.begin(key) else { return false };
    writer.place(0, 0, bytes.len() as u64);
    writer.bytes(bytes);
    writer.commit(0).is_some()
}
