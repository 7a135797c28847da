//! A loaded rule: what is known of it and where it is written.

use std::sync::Arc;

use model::{DocumentKind, Rule};
use serde::{Deserialize, Serialize};

use crate::{ObjectKind, Trust};

/// What a rule sees at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Input {
    /// One document: its value.
    #[default]
    Document,
    /// All documents of its kinds that were found together: `[{"path": …, "contents": …}]`, the shape of Conftest's `--combine`.
    Documents,
}

/// A loaded rule.
#[derive(Clone, Debug)]
pub struct LoadedRule {
    /// What is known of it.
    pub rule: Rule,
    /// The kinds of documents it judges; empty for all.
    pub kinds: Vec<DocumentKind>,
    /// What it sees at once.
    pub input: Input,
    /// The Kubernetes objects it judges, where it says so; [`PolicySet::objects_of`](crate::PolicySet::objects_of) knows of the others.
    pub objects: Vec<ObjectKind>,
    /// What it looks for below `data.parameters`, and without which it says nothing.
    pub parameters: Vec<String>,
    /// `kubernetes.privileged_container`.
    pub package: String,
    /// `deny`, `warn_latest_tag`.
    pub name: String,
    /// The file it is in; of a rule in several, the first.
    pub file: String,
    /// 1-based line of its first body.
    pub line: u32,
    /// Whose it is.
    pub trust: Trust,
    /// The text of that file.
    pub(crate) text: Arc<str>,
}

impl LoadedRule {
    /// The source of the file it is in.
    pub fn source(&self) -> &str {
        &self.text
    }
}
