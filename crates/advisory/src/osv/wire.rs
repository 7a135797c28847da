//! The parts of an OSV record that are kept, as JSON gives them. Lists may be absent or null; unknown keys are ignored.

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Wire {
    pub(super) id: String,
    pub(super) modified: Option<String>,
    pub(super) published: Option<String>,
    pub(super) withdrawn: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) aliases: Option<Vec<String>>,
    pub(super) upstream: Option<Vec<String>>,
    pub(super) related: Option<Vec<String>>,
    pub(super) severity: Option<Vec<WireSeverity>>,
    pub(super) affected: Option<Vec<WireAffected>>,
    pub(super) references: Option<Vec<WireReference>>,
    /// Any shape: each source has its own.
    pub(super) database_specific: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct WireSeverity {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) score: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct WireReference {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) url: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct WireAffected {
    pub(super) package: Option<WirePackage>,
    pub(super) ranges: Option<Vec<WireRange>>,
    pub(super) versions: Option<Vec<String>>,
    pub(super) severity: Option<Vec<WireSeverity>>,
    pub(super) database_specific: Option<Value>,
    pub(super) ecosystem_specific: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct WirePackage {
    pub(super) ecosystem: String,
    pub(super) name: String,
}

#[derive(Deserialize)]
pub(super) struct WireRange {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) events: Option<Vec<WireEvent>>,
}

/// The schema allows one key an event; a source that gives several means them all.
#[derive(Deserialize)]
pub(super) struct WireEvent {
    pub(super) introduced: Option<String>,
    pub(super) fixed: Option<String>,
    pub(super) last_affected: Option<String>,
    pub(super) limit: Option<String>,
}
