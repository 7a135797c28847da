//! What a finding is an instance of: an advisory or a policy.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{FindingClass, Severity};

/// The stable identifier of an advisory (`CVE-2023-0286`) or a policy (`kubernetes/privileged-container`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct RuleId(String);

/// Why a text is no rule identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no rule id: 1 to 255 printable ASCII characters without blanks")]
pub struct RuleIdError(String);

/// What is known of a rule, the same for every finding of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rule {
    /// The identifier.
    pub id: RuleId,
    /// What it is about, in a few words.
    pub title: String,
    /// Why it matters. Never package, version or file: those belong to findings.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What to do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remediation: String,
    /// The class of its findings.
    pub class: FindingClass,
    /// The severity of its findings, unless one says otherwise.
    pub severity: Severity,
    /// The same thing's other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// CWE identifiers, `CWE-79`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cwes: Vec<String>,
    /// Where to read more; the first is the rule's own page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// `kubernetes`, `dockerfile`, or the ecosystem of an advisory.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub domain: String,
    /// Named selections of policies it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
    /// Compliance controls, `cis-kubernetes-1.8/5.2.1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<String>,
    /// What other tools call the same: `hadolint:DL3008`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equivalents: Vec<String>,
}

impl RuleId {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Rule {
    /// A rule of which nothing more is known.
    pub fn new(id: RuleId, class: FindingClass, title: impl Into<String>) -> Rule {
        Rule {
            id,
            title: title.into(),
            description: String::new(),
            remediation: String::new(),
            class,
            severity: Severity::Unknown,
            aliases: Vec::new(),
            cwes: Vec::new(),
            links: Vec::new(),
            domain: String::new(),
            profiles: Vec::new(),
            controls: Vec::new(),
            equivalents: Vec::new(),
        }
    }
}

impl FromStr for RuleId {
    type Err = RuleIdError;

    fn from_str(text: &str) -> Result<RuleId, RuleIdError> {
        let fits = (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(RuleId(text.to_owned())) } else { Err(RuleIdError(text.to_owned())) }
    }
}

impl TryFrom<String> for RuleId {
    type Error = RuleIdError;

    fn try_from(text: String) -> Result<RuleId, RuleIdError> {
        text.parse()
    }
}

impl From<RuleId> for String {
    fn from(id: RuleId) -> String {
        id.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
