//! The type of a package URL.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PurlError;
use super::types::{Rules, rules_of};

/// The type of a package URL: lower case, starts with a letter.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct PurlType(Form);

/// Nearly every type has a row in the table: that is pointed at.
#[derive(Clone)]
enum Form {
    Listed(&'static Rules),
    Other(Box<str>),
}

impl PurlType {
    /// Lower-cases and checks.
    pub fn new(text: &str) -> Result<PurlType, PurlError> {
        if let Some(rules) = rules_of(text) {
            return Ok(PurlType(Form::Listed(rules)));
        }
        let lower = text.to_ascii_lowercase();
        let fits = lower.starts_with(|first: char| first.is_ascii_alphabetic())
            && lower.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-'));
        if !fits {
            return Err(PurlError::Type(text.to_owned()));
        }
        let form = rules_of(&lower).map_or_else(|| Form::Other(lower.as_str().into()), Form::Listed);
        Ok(PurlType(form))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Form::Listed(rules) => rules.purl_type,
            Form::Other(text) => text,
        }
    }

    /// What it asks of the other components, where it has a row.
    pub(super) fn rules(&self) -> Option<&'static Rules> {
        match self.0 {
            Form::Listed(rules) => Some(rules),
            Form::Other(_) => None,
        }
    }
}

impl PartialEq for PurlType {
    fn eq(&self, other: &PurlType) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for PurlType {}

impl Hash for PurlType {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl PartialOrd for PurlType {
    fn partial_cmp(&self, other: &PurlType) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PurlType {
    fn cmp(&self, other: &PurlType) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl TryFrom<String> for PurlType {
    type Error = PurlError;

    fn try_from(text: String) -> Result<PurlType, PurlError> {
        PurlType::new(&text)
    }
}

impl From<PurlType> for String {
    fn from(purl_type: PurlType) -> String {
        purl_type.as_str().to_owned()
    }
}

impl fmt::Display for PurlType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for PurlType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PurlType").field(&self.as_str()).finish()
    }
}
