//! The vocabulary of Portcullis. Every room speaks in these types and in nothing else of its neighbours.
//!
//! Nothing here reads a file, a clock or the environment. A bad value cannot be constructed: what was
//! parsed is valid, and what is not valid is an error at the edge.

mod cancel;
mod chain;
mod checksum;
mod coverage;
mod digest;
mod document;
mod ecosystem;
mod efficiency;
mod finding;
mod license;
mod line_index;
mod location;
mod origin;
mod package;
mod problem;
mod purl;
mod remark;
mod report;
mod rule;
mod severity;
mod sorting;
mod span;
mod target;
mod tree_path;
mod value;
mod verdict;
mod word;

pub use cancel::{Cancel, Cancelled};
pub use chain::Chains;
pub use checksum::{Checksum, ChecksumAlgorithm, ChecksumError};
pub use coverage::{Coverage, PackageCoverage, PolicyCoverage, Skipped};
pub use digest::{Digest, DigestAlgorithm, DigestError};
pub use document::{Document, DocumentKind, Format};
pub use ecosystem::{Ecosystem, Family};
pub use efficiency::{DiveFigures, Efficiency, Reclaimable, Waste, WasteCause};
pub use finding::{Finding, FindingClass, Fingerprint, Status, Suppression, SuppressionKind};
pub use jiff::Timestamp;
pub use license::License;
pub use line_index::LineIndex;
pub use location::{Location, Snippet};
pub use origin::{DataOrigin, DataOverride, OriginKind};
pub use package::{Package, PackageState, Provenance, Relationship, Scope, SourcePackage};
pub use problem::{Problem, ProblemKind, ProblemSeverity};
pub use purl::{Purl, PurlError, PurlType};
pub use remark::{Reach, Remark, RemarkForm};
pub use report::{AdvisoryData, AdvisorySource, DataInfo, PolicyData, PulledPolicies, Report, SCHEMA, Tool};
pub use rule::{Rule, RuleId, RuleIdError};
pub use severity::{Score, Severity};
pub use sorting::{sort_large_by, sort_large_by_digest};
pub use span::{Position, Span};
pub use target::{Layer, LayerIndex, Origin, Os, Target, TargetKind};
pub use tree_path::{PathError, TreePath};
pub use value::{Key, Node, NodePath, NodeValue, Segment};
pub use verdict::{ExitCode, Outcome, Verdict};
pub use word::word_of;
