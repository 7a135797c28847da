//! What was looked at and what was not: "nothing found" and "nothing looked at" are different answers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{RuleId, TreePath};

/// Coverage of one target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Files met on the walk, read or not.
    pub files_seen: u64,
    /// Files a claim wanted and that were read.
    pub files_read: u64,
    /// Bytes of those files.
    pub bytes_read: u64,
    /// Files that were wanted and not read, and why.
    pub skipped: Vec<Skipped>,
    /// Configuration documents that were parsed.
    #[serde(default)]
    pub documents: u64,
    /// The same by the domain of the policies that judge them: `{"kubernetes": 12}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub document_kinds: BTreeMap<String, u64>,
    /// The Kubernetes objects among them by API version and kind: `{"apps/v1/Deployment": 3}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub objects: BTreeMap<String, u64>,
    /// Packages by what matching could say of them.
    pub packages: PackageCoverage,
    /// Policy evaluations.
    pub policies: PolicyCoverage,
}

/// One file that was wanted and not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Where it is.
    pub path: TreePath,
    /// Why it was not read.
    pub reason: String,
}

/// Packages by what matching could say of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PackageCoverage {
    /// Compared with the advisories of their ecosystem.
    pub matched: u64,
    /// The snapshot has no source for their ecosystem.
    pub no_advisory_source: u64,
    /// Some advisory's range could not be compared with the version.
    pub undecided: u64,
}

/// Policy evaluations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyCoverage {
    /// (document, rule) pairs evaluated.
    pub evaluated: u64,
    /// Pairs whose answer is unknown.
    pub unknown: u64,
    /// The rules of these pairs, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unanswered: Vec<RuleId>,
}
