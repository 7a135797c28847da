//! What must not pass, with its cause and its cure.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{LayerIndex, Location, Purl, RuleId, Score, Severity};

/// One finding. Advisories and policies give the same type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The rule; a CVE id first, where one exists.
    pub rule: RuleId,
    /// What kind of finding.
    pub class: FindingClass,
    /// How bad.
    pub severity: Severity,
    /// CVSS score, one decimal; null when there is none.
    pub score: Option<Score>,
    /// A few words.
    pub title: String,
    /// The whole matter; its first sentence stands alone.
    pub message: String,
    /// The advisory's other identifiers, sorted.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The package, for findings about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Purl>,
    /// How the package got here: from one that a manifest asks for to this one, both included. Empty for a package that is
    /// asked for, and where the evidence does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<Purl>,
    /// Versions that are not affected any more, lowest first.
    #[serde(default)]
    pub fixed_in: Vec<String>,
    /// What to do, in one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Where. The first is the smallest cause; the others are related.
    pub locations: Vec<Location>,
    /// Whether it counts.
    pub status: Status,
    /// Why it does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppression: Option<Suppression>,
    /// In an image, whether it is about what the base image brought; absent where nobody says where that ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<bool>,
    /// The layer that overwrote or deleted what it is about. Such a finding does not fail the gate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden_by: Option<LayerIndex>,
    /// Whether this finding fails the gate.
    pub gate: bool,
    /// Stable across runs, versions and unrelated edits.
    pub fingerprint: Fingerprint,
    /// Rolling hash of the source from the first line on, as CodeQL computes it; only for findings on a text line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_hash: Option<String>,
    /// Facts behind the verdict: records, ranges, severity sources, what the rule returned.
    #[serde(default)]
    pub evidence: BTreeMap<String, serde_json::Value>,
}

/// Kinds of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FindingClass {
    /// A known vulnerability.
    Vulnerability,
    /// A malicious package.
    Malicious,
    /// An informational advisory: unmaintained, unsound, notice.
    Unmaintained,
    /// A policy says no.
    Policy,
    /// A secret.
    Secret,
    /// A licence.
    License,
    /// An image that is wasteful or not to standard.
    Image,
    /// Past its end of life.
    EndOfLife,
}

/// Whether a finding counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It counts.
    #[default]
    Open,
    /// A waiver, a comment, an annotation or an exception covers it.
    Suppressed,
    /// The rule could not decide.
    Unknown,
}

/// Why a finding does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Suppression {
    /// What its author wrote.
    pub reason: String,
    /// The last day it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub expires: Option<jiff::civil::Date>,
    /// Which file it came from.
    pub source: String,
    /// 1-based line in that file, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Where such a decision is written.
    #[serde(default)]
    pub kind: SuppressionKind,
    /// True when that file lies inside what was scanned.
    #[serde(default)]
    pub from_scanned_tree: bool,
}

/// Where the decision that a finding does not count is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SuppressionKind {
    /// In a file of waivers.
    #[default]
    Waiver,
    /// Beside the code: a comment or an annotation.
    InSource,
    /// In the policy: an `exception` rule.
    Exception,
}

/// Identity of a finding: 32 lower-case hex digits; empty until the scanner sets it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Fingerprint(String);

impl Fingerprint {
    /// Wraps the first 16 bytes of a SHA-256 sum over the finding's identity.
    pub fn from_sum(sum: &[u8; 32]) -> Fingerprint {
        Fingerprint(sum[..16].iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = String;

    fn try_from(text: String) -> Result<Fingerprint, String> {
        let is_hex = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if is_hex && matches!(text.len(), 0 | 32) {
            Ok(Fingerprint(text))
        } else {
            Err(format!("`{text}` is no fingerprint: 32 lower-case hex digits"))
        }
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> String {
        fingerprint.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl SuppressionKind {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            SuppressionKind::Waiver => "waiver",
            SuppressionKind::InSource => "in-source",
            SuppressionKind::Exception => "exception",
        }
    }
}

impl FindingClass {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            FindingClass::Vulnerability => "vulnerability",
            FindingClass::Malicious => "malicious",
            FindingClass::Unmaintained => "unmaintained",
            FindingClass::Policy => "policy",
            FindingClass::Secret => "secret",
            FindingClass::License => "license",
            FindingClass::Image => "image",
            FindingClass::EndOfLife => "end-of-life",
        }
    }
}

impl Finding {
    /// A finding with the least that makes one; fill in the rest by its fields. The fingerprint is set by the scanner.
    pub fn new(rule: RuleId, class: FindingClass, severity: Severity, message: impl Into<String>) -> Finding {
        let message = message.into();
        Finding {
            rule,
            class,
            severity,
            score: None,
            title: String::new(),
            message,
            aliases: Vec::new(),
            package: None,
            via: Vec::new(),
            fixed_in: Vec::new(),
            remedy: None,
            locations: Vec::new(),
            status: Status::Open,
            suppression: None,
            base: None,
            hidden_by: None,
            gate: false,
            fingerprint: Fingerprint::default(),
            line_hash: None,
            evidence: BTreeMap::new(),
        }
    }
}
