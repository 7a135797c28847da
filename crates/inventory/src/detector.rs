//! What every ecosystem's folder offers.

use model::{Origin, Os, Package, Problem, TreePath};

use crate::Claim;

/// One reader of one kind of evidence. Each ecosystem's folder has one `pub(crate) const` of it per reader.
pub struct Detector {
    /// Its name, shown as `found_by`: `cargo-lock`, `dpkg`.
    pub name: &'static str,
    /// Which targets it counts in by default.
    pub evidence: Evidence,
    /// The files it wants.
    pub claims: &'static [Claim],
    /// Reads one of them.
    pub parse: fn(&Input<'_>) -> Parsed,
}

/// What a file is evidence of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// What would be installed: lockfiles and manifests. Counts in source trees.
    Locked,
    /// What is installed. Counts in images and root folders.
    Installed,
    /// Counts everywhere: executables that carry their own list, `os-release`.
    Both,
}

/// What a detector is given.
pub struct Input<'a> {
    /// Where the bytes are from.
    pub origin: &'a Origin,
    /// The whole file.
    pub bytes: &'a [u8],
    /// The companions that exist, by path.
    pub companions: &'a [CompanionFile<'a>],
}

/// One companion that exists.
#[derive(Clone, Copy, Debug)]
pub struct CompanionFile<'a> {
    /// Its path.
    pub path: &'a TreePath,
    /// Its content.
    pub bytes: &'a [u8],
}

/// What a detector found. Whatever could be read is here, even when there are problems.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Packages, in the order of the file.
    pub packages: Vec<Package>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// The operating system, when the file says it.
    pub os: Option<Os>,
    /// Files these packages own, for `owned_by`: (package's place in `packages`, path from the root).
    pub owned_files: Vec<(usize, TreePath)>,
}

impl<'a> Input<'a> {
    /// The companion with this last component.
    pub fn companion(&self, name: &str) -> Option<&CompanionFile<'a>> {
        self.companions.iter().find(|file| file.path.file_name() == name.as_bytes())
    }
}

impl Parsed {
    /// Only a problem.
    pub fn problem(problem: Problem) -> Parsed {
        Parsed { problems: vec![problem], ..Parsed::default() }
    }
}
