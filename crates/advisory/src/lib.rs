//! Advisories: import, the memory-mapped snapshot, packages to findings.
//!
//! [`build`] reads OSV records and RustSec repositories into one immutable file; [`Snapshot`] opens such a file by mapping
//! it and answers [`Snapshot::match_package`] and [`Snapshot::query`] without decoding any JSON. The file's format is
//! described in the documentation of the `snapshot` module's source.
//!
//! Never a guess: a version that its ecosystem's ordering cannot read is *undecided*, with the reason. Withdrawn records
//! never match. Aliases group records into one finding and never lend a range to another ecosystem.

mod build;
mod bundle;
mod compare;
mod explain;
mod input;
mod lifetime;
mod matching;
mod osv;
mod range;
mod rating;
mod record;
mod rustsec;
mod snapshot;
#[cfg(test)]
mod testing;
mod threat;

pub use build::{BuildError, BuildOptions, Built, Limits, SourceFacts, Statistics, build, write};
pub use bundle::{
    Bundle, BundleError, BundleFault, Content, Import, Installed, KeyError, KeyTexts, Manifest, SigningKey, Terms,
    Trust, TrustedKey, export, installed, origin_of, remove_origin, sign, write_with_origin,
};
pub use compare::compare_versions;
pub use explain::{AdvisoryRecord, AffectedPackage};
pub use lifetime::{Lifetime, SupportEnd, end_of_life, lifetime_of};
pub use matching::{
    MatchOutcome, PackageMatch, QueryAnswer, RangeReasoning, Reasoning, Step, Undecided, match_package, match_packages,
    query,
};
pub use snapshot::{Snapshot, SnapshotError, SnapshotInfo, Stored};
