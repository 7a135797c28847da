//! A configuration document: what policies judge.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Node, Origin};

/// One document of a file; a YAML stream holds several.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The file.
    pub origin: Origin,
    /// 0-based place in the file.
    pub index: usize,
    /// The language it is written in.
    pub format: Format,
    /// What it describes.
    pub kind: DocumentKind,
    /// Its value. A Dockerfile is an array of `{Cmd, SubCmd, Flags, Value, JSON, Stage, Original, StartLine, EndLine}`, the shape Conftest users know.
    pub root: Node,
}

/// Languages documents are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Format {
    /// YAML 1.2.
    Yaml,
    /// JSON.
    Json,
    /// A Dockerfile or Containerfile.
    Dockerfile,
}

/// What a document describes. Built-in policies name the kind they judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DocumentKind {
    /// A Kubernetes object: has `apiVersion` and `kind`.
    Kubernetes,
    /// A Dockerfile or Containerfile.
    Dockerfile,
    /// Anything else.
    Plain,
}

impl DocumentKind {
    /// The name, also the domain of the policies that judge it.
    pub fn name(self) -> &'static str {
        match self {
            DocumentKind::Kubernetes => "kubernetes",
            DocumentKind::Dockerfile => "dockerfile",
            DocumentKind::Plain => "plain",
        }
    }
}
