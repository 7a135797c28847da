//! What went into a snapshot.

use std::fmt;

/// Counts of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Records that were read.
    pub read: u64,
    /// Records in the snapshot: equal ids are one.
    pub records: u64,
    /// Of these, withdrawn ones; they never match.
    pub withdrawn: u64,
    /// Of these, those that name no package of an ecosystem that is known: of commits alone, for instance.
    pub without_package: u64,
    /// Packages that records speak of.
    pub packages: u64,
    /// Records that could not be read.
    pub skipped: u64,
    /// Records that were taken but that somebody should look at.
    pub warned: u64,
    /// Entries for ecosystems nothing is known of; they were left out.
    pub unknown_ecosystems: u64,
}

impl fmt::Display for Statistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} records of {} packages", self.records, self.packages)?;
        let more = [
            (self.read - self.records, "of an id already seen"),
            (self.withdrawn, "withdrawn"),
            (self.without_package, "without a package"),
            (self.skipped, "skipped"),
            (self.warned, "with a warning"),
            (self.unknown_ecosystems, "entries of unknown ecosystems left out"),
        ];
        more.iter().filter(|(count, _)| *count > 0).try_for_each(|(count, what)| write!(f, ", {count} {what}"))
    }
}
