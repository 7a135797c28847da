//! Which files a detector wants, as data.

use model::TreePath;

use crate::CompanionFile;

/// One kind of file a detector reads.
#[derive(Clone, Copy)]
pub struct Claim {
    /// How the file is told.
    pub pattern: Pattern,
    /// The most bytes worth reading; a larger file is a problem, not a package.
    pub limit: u64,
    /// Other files the detector needs beside it; a missing one is simply absent.
    pub companions: &'static [Companion],
}

/// How a file is told.
#[derive(Clone, Copy)]
pub enum Pattern {
    /// By its last component: `Cargo.lock`.
    Name(&'static str),
    /// By a test on its last component.
    NameMatches(fn(&str) -> bool),
    /// By a test on its whole path from the root, without a leading `/`.
    PathMatches(fn(&str) -> bool),
    /// By its end: `/site-packages/x.dist-info/METADATA` ends in `.dist-info/METADATA`.
    Suffix(&'static str),
    /// By its whole path from the root, without a leading `/`: `var/lib/dpkg/status`.
    Path(&'static str),
    /// Any file directly in this folder.
    In(&'static str),
    /// By its first bytes. Only asked of executable files and of libraries (`.so`, `.dll`, `.dylib`, `.exe`).
    Magic {
        /// How many bytes the test wants.
        head: usize,
        /// The test; given fewer bytes when the file is shorter.
        test: fn(&[u8]) -> bool,
    },
}

/// A file wanted beside another.
#[derive(Clone, Copy)]
pub enum Companion {
    /// In the same folder, by name.
    Sibling(&'static str),
    /// In the same folder, by a test of its whole path: for a name that means something else in most folders.
    SiblingMatches(fn(&str) -> bool),
    /// By its whole path from the root.
    Path(&'static str),
    /// In the same folder or anywhere below it, by name.
    Below(&'static str),
    /// In a folder above that of the file, by name.
    Above(&'static str),
    /// Every file directly in this folder whose name ends so.
    In {
        /// The folder from the root.
        folder: &'static str,
        /// The end of the name.
        suffix: &'static str,
    },
    /// Those that the file itself names, wherever they are and whatever they are called, and those that these name in turn.
    /// They are fetched once everything else went by ([`crate::ClaimTable::named`]).
    Named(fn(&CompanionFile<'_>) -> Vec<TreePath>),
}

impl Claim {
    /// A claim with the usual limit (64 MiB) and no companions.
    pub const fn new(pattern: Pattern) -> Claim {
        Claim { pattern, limit: 64 << 20, companions: &[] }
    }

    /// The same with another limit.
    pub const fn limit(self, limit: u64) -> Claim {
        Claim { limit, ..self }
    }

    /// The same with companions.
    pub const fn with(self, companions: &'static [Companion]) -> Claim {
        Claim { companions, ..self }
    }
}
