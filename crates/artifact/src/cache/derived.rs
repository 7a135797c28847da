//! What a caller made of a whole image, kept beside what its layers yielded.

use std::io::Read as _;

use super::folder::Cache;
use super::key::Key;
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
        let mut replay = self.cache.find(&self.key)?;
        replay.next_place().ok().flatten()?;
        let mut bytes = Vec::new();
        replay.body().read_to_end(&mut bytes).ok()?;
        self.layers.iter().for_each(|layer| self.cache.touch(layer));
        Some(bytes)
    }

    /// What was found was used: it stood in for all layers.
    pub fn used(&self) {
        self.layers.iter().for_each(|_| self.cache.count_found());
    }

    /// Keeps what was made of a walk, if that walk saw all of the image and had nothing to say against it.
    pub fn keep(&self, walk: &Walk, bytes: &[u8]) {
        if !walk.is_whole {
            return;
        }
        let Some(mut writer) = self.cache.begin(&self.key) else { return };
        writer.place(0, 0, bytes.len() as u64);
        writer.bytes(bytes);
        if writer.commit(0).is_some() {
            self.cache.count_kept();
        }
    }
}
