//! A configuration document: what policies judge.

use std::sync::Arc;

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
    /// All of the file as it is written, to find places inside a value.
    pub text: Arc<[u8]>,
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
    /// Services of Docker Compose.
    Compose,
    /// A workflow of GitHub Actions.
    GithubWorkflow,
    /// An action of GitHub Actions: `action.yml`.
    GithubAction,
    /// What Dependabot updates.
    Dependabot,
    /// A pipeline of GitLab CI, or a part of one.
    GitlabCi,
    /// A pipeline of Azure Pipelines, or a template of one.
    AzurePipelines,
    /// Anything else.
    Plain,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [DocumentKind; 9] = [
        DocumentKind::Kubernetes,
        DocumentKind::Dockerfile,
        DocumentKind::Compose,
        DocumentKind::GithubWorkflow,
        DocumentKind::GithubAction,
        DocumentKind::Dependabot,
        DocumentKind::GitlabCi,
        DocumentKind::AzurePipelines,
        DocumentKind::Plain,
    ];

    /// The name; what a policy claims with `kinds`.
    pub fn name(self) -> &'static str {
        match self {
            DocumentKind::Kubernetes => "kubernetes",
            DocumentKind::Dockerfile => "dockerfile",
            DocumentKind::Compose => "compose",
            DocumentKind::GithubWorkflow => "github-workflow",
            DocumentKind::GithubAction => "github-action",
            DocumentKind::Dependabot => "dependabot",
            DocumentKind::GitlabCi => "gitlab-ci",
            DocumentKind::AzurePipelines => "azure-pipelines",
            DocumentKind::Plain => "plain",
        }
    }

    /// The domain of the built-in policies that judge it: mostly its name.
    pub fn domain(self) -> &'static str {
        match self {
            DocumentKind::GithubWorkflow | DocumentKind::GithubAction => "github-actions",
            kind => kind.name(),
        }
    }
}
