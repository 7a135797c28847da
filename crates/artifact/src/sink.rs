//! The other side of a walk: what it wants of each file, and what a walk has to say at its end.

use model::{Efficiency, LayerIndex, Origin, Problem, Skipped};

use crate::{FileBytes, KeptLayer, SpecialFile, View};

/// Who receives files. Calls come in a fixed order, from the thread that walks, but for those that ask what is wanted of a file, and
/// [`Sink::foresee`].
pub trait Sink: Sync {
    /// Whether anything may be wanted of a file at this path, from the root and without a leading `/`. Where it is not,
    /// [`Sink::interest`] would say [`Interest::Skip`], and is not asked: most files of a folder are told from their names
    /// alone, before anything is made of them.
    fn may_want(&self, _path: &[u8], _executable: bool) -> bool {
        true
    }

    /// What is wanted of a file, by its name. Asked once for each regular file, and once for each link that leads to one;
    /// of folders on several threads and in any order, of some files of a large one twice; of a layer that is read before its turn
    /// also under the name its tar has.
    fn interest(&self, file: &FileMeta) -> Interest;

    /// What is wanted now that the head was seen: `Skip` or `Whole`.
    fn interest_after_head(&self, file: &FileMeta, head: &[u8]) -> Interest;

    /// The whole content of a file that was wanted.
    fn content(&self, file: &FileMeta, content: FileBytes);

    /// Paths, from the root and without a leading `/`, to be reached through links too, of files and of folders.
    fn exact_paths(&self) -> Vec<String> {
        Vec::new()
    }

    /// Folders of package caches, from the root and without a leading `/`: asked once all layers are applied. What lies below
    /// one is counted as bytes the image could do without.
    fn cache_folders(&self, _view: &View) -> Vec<String> {
        Vec::new()
    }

    /// Asked once [`Sink::interest_after_head`] wanted a file: the sink itself keeps what comes of it, so that the cache need
    /// not hold its content. Programs are large, and little comes of most. See [`crate::KeptLayer`].
    fn keeps_results(&self, _file: &FileMeta) -> bool {
        false
    }

    /// What the sink kept of a layer that now comes from the cache. Where it cannot be read, the layer is read again.
    fn recall(&self, _layer: LayerIndex, _kept: &[u8]) -> bool {
        false
    }

    /// In place of [`Sink::content`]: a file for which [`Sink::keeps_results`] was true when its layer was read.
    fn known(&self, _file: &FileMeta) {}

    /// Whether this sink takes contents before their turn. Only then are several layers of an image read at the same time.
    fn foresees(&self) -> bool {
        false
    }

    /// In place of [`Sink::content`], on any thread: the content of a file of a layer whose turn has not come. It counts only once
    /// [`Sink::foreseen`] is called with what this returns; until then nobody knows whether the file is wanted.
    fn foresee(&self, _file: &FileMeta, _content: FileBytes) -> Ticket {
        Ticket(0)
    }

    /// In its turn: a file whose content was given before.
    fn foreseen(&self, _file: &FileMeta, _ticket: Ticket) {}

    /// Tells this sink's wishes from all others': two sinks that say the same answer alike to every file. What layers yield
    /// is kept ([`crate::Cache`]) only for a sink that says something.
    fn wishes(&self) -> Option<String> {
        None
    }
}

/// What a sink calls a content that it was given before its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket(pub u64);

/// What is known of a file before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileMeta {
    /// Where it is. Reached by a link, this is the link's path with the layer of the content.
    pub origin: Origin,
    /// Its size.
    pub size: u64,
    /// Somebody may execute it.
    pub executable: bool,
}

/// What is wanted of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// Nothing.
    Skip,
    /// So many bytes from its start, to decide.
    Head(usize),
    /// All of it, if it has at most so many bytes; a larger one is a problem.
    Whole {
        /// The most bytes that are of use.
        limit: u64,
    },
}

/// What a walk has to say at its end.
#[derive(Debug, Default)]
pub struct Walk {
    /// Regular files met, read or not.
    pub files_seen: u64,
    /// Files delivered whole.
    pub files_read: u64,
    /// Their bytes.
    pub bytes_read: u64,
    /// What could not be read, those of opening included.
    pub problems: Vec<Problem>,
    /// Files that were wanted, or excluded, and not read.
    pub skipped: Vec<Skipped>,
    /// What is there once all layers are applied.
    pub view: View,
    /// What the bytes of an image are spent on; only of images.
    pub efficiency: Option<Efficiency>,
    /// All layers of an image were read, held against their digests, and gave no problem: the same layers give the same again.
    pub is_whole: bool,
    /// Layers that are kept now, if the sink keeps its part.
    pub kept: Vec<KeptLayer>,
    /// Files with set-user-id or set-group-id bits that are there in the end, by path; only of images.
    pub specials: Vec<SpecialFile>,
    /// Further entries with such bits that were not kept.
    pub more_specials: u64,
}
