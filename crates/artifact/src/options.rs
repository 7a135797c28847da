//! How a source is read.

use std::path::PathBuf;

use crate::{Cache, Limits};

/// How a source is read. The default honours `.gitignore` and chooses nothing else.
#[derive(Clone, Debug)]
pub struct Options {
    /// What no input may exceed.
    pub limits: Limits,
    /// In a source tree, files named by its own `.gitignore` files are not visited. Those of parent folders, of the
    /// user and of the machine are never read.
    pub honour_gitignore: bool,
    /// Globs of paths not to read. Without a `/` a glob matches a name at any depth, else the path from the root.
    pub exclude: Vec<String>,
    /// Which image of an archive that holds several: a reference or a digest.
    pub image: Option<String>,
    /// Which platform of an index: `os/architecture[/variant]`. By default `linux/amd64`, else the first for Linux,
    /// else the first: the same on every machine.
    pub platform: Option<String>,
    /// How many threads look around in a folder; 0 is one a core. What they find does not depend on it.
    pub threads: usize,
    /// How many layers of an image are read at the same time, at most 4; 0 is one a core. They share a bounded memory, and what is
    /// found does not depend on it.
    pub layers_at_once: usize,
    /// A folder for what comes in order and is too long for memory: streams, and archives that are compressed as a whole. Files in it
    /// have no names, and are gone with whoever reads them. Without it all of it is held in memory, at most `memory_bytes`.
    pub spool: Option<PathBuf>,
    /// Where results of layers are kept for the next time. By default they are not.
    pub cache: Option<Cache>,
}

/// More would need more memory than they gain time: most images are mostly one layer.
const MOST_LAYERS_AT_ONCE: usize = 4;

impl Options {
    /// The layers that are read at the same time.
    pub(crate) fn layers_at_once(&self) -> usize {
        let wished = match self.layers_at_once {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            some => some,
        };
        wished.min(MOST_LAYERS_AT_ONCE)
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            limits: Limits::default(),
            honour_gitignore: true,
            exclude: Vec::new(),
            image: None,
            platform: None,
            threads: 0,
            layers_at_once: 0,
            spool: None,
            cache: None,
        }
    }
}
