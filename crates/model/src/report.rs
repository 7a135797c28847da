//! All that one run has to say.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DataOrigin, Digest, Rule, RuleId, Target, Verdict};

/// The name and version of the JSON shape.
pub const SCHEMA: &str = "portcullis.report/1";

/// All that one run has to say; every format is written from this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("$id" = "portcullis.report/1"))]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The program.
    pub tool: Tool,
    /// The date the data's age and waivers were judged by; an input, not the clock.
    #[schemars(with = "String")]
    pub evaluated_at: jiff::Timestamp,
    /// What it was judged with.
    pub data: DataInfo,
    /// The answer.
    pub verdict: Verdict,
    /// The rules that findings name.
    #[serde(default)]
    pub rules: BTreeMap<RuleId, Rule>,
    /// What was scanned, in the order given.
    pub targets: Vec<Target>,
}

/// The program that wrote a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What a scan was judged with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DataInfo {
    /// The advisory snapshot; absent when none was asked for or none could be opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advisories: Option<AdvisoryData>,
    /// Snapshots stacked upon it, in the order given: the records of all count, and each has an age of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stacked: Vec<AdvisoryData>,
    /// The policies; absent when none were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policies: Option<PolicyData>,
}

impl DataInfo {
    /// Every advisory snapshot, in the order given.
    pub fn snapshots(&self) -> impl Iterator<Item = &AdvisoryData> {
        self.advisories.iter().chain(&self.stacked)
    }
}

/// The advisory snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AdvisoryData {
    /// Digest of its content.
    pub digest: Digest,
    /// When it was built: the date of the newest record, for equal input gives equal bytes; or the date it was stated complete at.
    #[schemars(with = "String")]
    pub built_at: jiff::Timestamp,
    /// Whole days from the newest record to `evaluated_at`.
    pub age_days: u32,
    /// Records it holds.
    pub records: u64,
    /// True for the default that comes with the program.
    #[serde(default)]
    pub embedded: bool,
    /// How it got here; absent for the default of the program and for what was built on the spot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<DataOrigin>,
    /// What it was built from.
    pub sources: Vec<AdvisorySource>,
}

/// One source of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AdvisorySource {
    /// Its name.
    pub name: String,
    /// Date of its newest record; absent where no record has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub newest: Option<jiff::Timestamp>,
    /// Records taken from it.
    pub records: u64,
    /// Its licence, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
}

/// The policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyData {
    /// Digest of all their texts.
    pub digest: Digest,
    /// How many rules they hold.
    pub rules: u64,
    /// The profiles of the built-in policies that were asked; none without built-in policies.
    #[serde(default)]
    pub profiles: Vec<String>,
    /// The names of the parameters that rules were given (`--data`, below `parameters`), sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<String>,
    /// Policies that came from registries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pulled: Vec<PulledPolicies>,
}

/// Policies of a registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PulledPolicies {
    /// As the user named them.
    pub reference: String,
    /// Of the manifest that it led to.
    pub digest: Digest,
}
