//! How policies are loaded and evaluated.

use std::time::Duration;

use crate::{ConfigFiles, Namespaces};

/// Choices and budgets. Every budget that is spent is said in a problem or in a finding's evidence.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which packages of the user's policies are asked.
    pub namespaces: Namespaces,
    /// Time for one evaluation of one rule on one document; finding the causes of its results may take as long again.
    pub time_limit: Duration,
    /// Every rule is asked of every document, also of those that hold nothing for it to speak of. This changes no finding; it is what
    /// rules that are passed over are held against.
    pub asks_all: bool,
    /// Rules of the user's policies, too, are passed over where a document holds nothing for them to speak of. Off unless asked for: what such a rule
    /// needs is read from its syntax, and what only this engine takes for an error is then not said.
    pub passes_over_users: bool,
    /// All documents are judged as one input: an array of `{path, contents}`.
    pub combine: bool,
    /// What reads configuration for `parse_config` and its like; without it a policy that calls them is refused.
    pub configs: Option<ConfigFiles>,
    /// What policies see as `data`, beside packages: an object.
    pub data: serde_json::Value,
    /// Evaluations that may be spent on finding the cause of one result.
    pub evaluations_per_finding: usize,
    /// Results of one rule on one document.
    pub results: usize,
    /// Bytes of one message; a longer one is cut.
    pub message_bytes: usize,
    /// Bytes of one policy file.
    pub file_bytes: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            namespaces: Namespaces::default(),
            time_limit: Duration::from_secs(5),
            asks_all: false,
            passes_over_users: false,
            combine: false,
            configs: None,
            data: serde_json::Value::Object(serde_json::Map::new()),
            evaluations_per_finding: 250,
            results: 1000,
            message_bytes: 16 << 10,
            file_bytes: 4 << 20,
        }
    }
}
