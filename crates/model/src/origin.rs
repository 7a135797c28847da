//! How advisory data got here, when it did not come with the program and was not built on the spot.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How advisory data got here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub struct DataOrigin {
    /// In which way.
    pub kind: OriginKind,
    /// Who gave it, without anything secret: a file's name or a host.
    pub from: String,
    /// Id of the trusted key whose signature was found good; absent where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
    /// The number that grows from issue to issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
    /// After this the publisher wants the data no longer to be relied on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub expires: Option<jiff::Timestamp>,
    /// What stood against the data and was allowed by whoever installed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<DataOverride>,
}

/// A way for data to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OriginKind {
    /// A bundle, put in place with `db import`.
    Bundle,
    /// Fetched with `db update`.
    Update,
}

/// Something that stands against data and can be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DataOverride {
    /// No trusted key signed it.
    Unsigned,
    /// It is not what was signed.
    Altered,
    /// Its time is over.
    Expired,
    /// It is older than what was there.
    Older,
}

impl DataOverride {
    /// The flag that allows it.
    pub fn flag(self) -> &'static str {
        match self {
            DataOverride::Unsigned => "--allow-unsigned",
            DataOverride::Altered => "--allow-altered",
            DataOverride::Expired => "--allow-expired",
            DataOverride::Older => "--allow-older",
        }
    }
}

impl fmt::Display for DataOverride {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DataOverride::Unsigned => "no trusted key signed it",
            DataOverride::Altered => "it is not what was signed",
            DataOverride::Expired => "its time was over",
            DataOverride::Older => "it is older than what was there",
        })
    }
}
