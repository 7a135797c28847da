//! One advisory as every source gives it: facts only, in an order that does not depend on the input's.

use std::collections::{BTreeMap, BTreeSet};

/// One advisory. `Ord` is total, so that a sorted pile of records is the same for any order of reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Record {
    pub(crate) id: String,
    /// Seconds since 1970; `None` where the source gives no usable date.
    pub(crate) modified: Option<i64>,
    pub(crate) published: Option<i64>,
    pub(crate) withdrawn: bool,
    /// Other names of the same thing.
    pub(crate) aliases: BTreeSet<String>,
    /// What this one was derived from (a distribution's record of a CVE).
    pub(crate) upstream: BTreeSet<String>,
    /// Neither the same thing nor its origin.
    pub(crate) related: BTreeSet<String>,
    /// CVSS vectors, bare scores and severity words; see [`crate::rating`].
    pub(crate) ratings: BTreeSet<String>,
    pub(crate) cwes: BTreeSet<String>,
    /// In the order of use: the advisory's own page first.
    pub(crate) links: Vec<String>,
    pub(crate) informational: Option<Informational>,
    /// The source's one-line title; kept only when asked for, because it is prose.
    pub(crate) summary: Option<String>,
    pub(crate) affected: BTreeMap<Subject, Affected>,
    /// Name of the source it came from.
    pub(crate) source: String,
}

/// What an advisory speaks of: an OSV ecosystem in its canonical spelling and a normalised package name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Subject {
    pub(crate) ecosystem: String,
    pub(crate) name: String,
}

/// Which versions of one package are affected: those listed, and those in any of the ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Affected {
    pub(crate) ranges: BTreeSet<Vec<Event>>,
    pub(crate) versions: BTreeSet<String>,
    /// `introduced` versions that are themselves not affected ("strictly above").
    pub(crate) exclusive: BTreeSet<String>,
    /// Ratings of this package alone; they go before those of the record.
    pub(crate) ratings: BTreeSet<String>,
    /// Ranges of git commits were left out: nothing installed can be compared with them.
    pub(crate) has_commits: bool,
    /// The stream of an rpm module whose builds alone it speaks of: `nodejs:18`.
    pub(crate) module: Option<String>,
}

/// One event of a range.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Event {
    pub(crate) version: String,
    pub(crate) kind: EventKind,
}

/// What begins or ends at an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum EventKind {
    /// Affected from here on.
    Introduced,
    /// Not affected from here on.
    Fixed,
    /// Affected up to and with this one.
    LastAffected,
    /// The range says nothing from here on.
    Limit,
}

/// Advisories that are no vulnerability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Informational {
    Unmaintained,
    Unsound,
    Notice,
}

impl Informational {
    /// Reads RustSec's words; any other kind is a notice.
    pub(crate) fn from_word(word: &str) -> Informational {
        match word {
            "unmaintained" => Informational::Unmaintained,
            "unsound" => Informational::Unsound,
            _ => Informational::Notice,
        }
    }

    /// RustSec's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Informational::Unmaintained => "unmaintained",
            Informational::Unsound => "unsound",
            Informational::Notice => "notice",
        }
    }
}

impl Affected {
    /// Adds what another entry says of the same package.
    pub(crate) fn unite(&mut self, other: Affected) {
        self.ranges.extend(other.ranges);
        self.versions.extend(other.versions);
        self.exclusive.extend(other.exclusive);
        self.ratings.extend(other.ratings);
        self.has_commits |= other.has_commits;
        // Entries of several streams are of none that could tell a package apart.
        self.module = self.module.take().filter(|module| other.module.as_ref() == Some(module));
    }
}

impl Record {
    /// The later of its dates.
    pub(crate) fn newest(&self) -> Option<i64> {
        self.modified.max(self.published)
    }
}
