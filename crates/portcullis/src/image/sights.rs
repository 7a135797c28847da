//! What a walk saw of an image that rules ask about, apart from what other scanners make of its files.

use artifact::Walk;
use model::LayerIndex;
use serde::{Deserialize, Serialize};

use super::places;
use super::shape::{Cache, Program, SpecialFile};

/// Files with special bits, and programs, that a rule sees; the others are counted.
const MOST_FILES: usize = 2000;

/// Where special files, programs and caches lie; what is of the base is not told here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sights {
    pub(super) special_files: Vec<SpecialFile>,
    pub(super) more_special_files: u64,
    pub(super) programs: Vec<Program>,
    pub(super) more_programs: u64,
    pub(super) caches: Vec<Cache>,
}

impl Sights {
    pub(crate) fn of(walk: &Walk) -> Sights {
        let special = |file: &artifact::SpecialFile| SpecialFile {
            path: file.path.clone(),
            layer: file.layer,
            mode: format!("{:04o}", file.mode),
            setuid: file.mode & 0o4000 != 0,
            setgid: file.mode & 0o2000 != 0,
            base: None,
        };
        let special_files: Vec<SpecialFile> = walk.specials.iter().take(MOST_FILES).map(special).collect();
        let (programs, more_programs) = places::programs(&walk.view, MOST_FILES);
        Sights {
            more_special_files: walk.more_specials + (walk.specials.len() - special_files.len()) as u64,
            special_files,
            programs,
            more_programs,
            caches: places::caches(&walk.view),
        }
    }

    /// The same, with what is of the base told from what is not.
    pub(super) fn attributed(mut self, is_base: &dyn Fn(LayerIndex) -> Option<bool>) -> Sights {
        self.special_files.iter_mut().for_each(|file| file.base = is_base(file.layer));
        self.programs.iter_mut().for_each(|program| program.base = is_base(program.layer));
        self.caches.iter_mut().for_each(|cache| cache.base = is_base(cache.layer));
        self
    }
}
