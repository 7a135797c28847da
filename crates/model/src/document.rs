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
    /// JSON with comments, and commas before closing brackets.
    Jsonc,
    /// TOML 1.0.
    Toml,
    /// HCL 2.
    Hcl,
    /// A Dockerfile or Containerfile.
    Dockerfile,
    /// INI.
    Ini,
    /// Names and values of an environment.
    Dotenv,
    /// Java properties.
    Properties,
    /// XML.
    Xml,
    /// Comma-separated values.
    Csv,
    /// `.gitignore`, `.dockerignore` and their like.
    Ignore,
    /// EDN.
    Edn,
    /// The text format of protocol buffers.
    Textproto,
    /// SPDX as tags and values.
    Spdx,
    /// The configuration of nginx.
    Nginx,
    /// CODEOWNERS.
    Codeowners,
}

impl Format {
    /// All of them.
    pub const ALL: &[Format] = &[
        Format::Yaml,
        Format::Json,
        Format::Jsonc,
        Format::Toml,
        Format::Hcl,
        Format::Dockerfile,
        Format::Ini,
        Format::Dotenv,
        Format::Properties,
        Format::Xml,
        Format::Csv,
        Format::Ignore,
        Format::Edn,
        Format::Textproto,
        Format::Spdx,
        Format::Nginx,
        Format::Codeowners,
    ];

    /// The name: that of Conftest's parser, where it has one.
    pub fn name(self) -> &'static str {
        match self {
            Format::Yaml => "yaml",
            Format::Json => "json",
            Format::Jsonc => "jsonc",
            Format::Toml => "toml",
            Format::Hcl => "hcl2",
            Format::Dockerfile => "dockerfile",
            Format::Ini => "ini",
            Format::Dotenv => "dotenv",
            Format::Properties => "properties",
            Format::Xml => "xml",
            Format::Csv => "csv",
            Format::Ignore => "ignore",
            Format::Edn => "edn",
            Format::Textproto => "textproto",
            Format::Spdx => "spdx",
            Format::Nginx => "nginx",
            Format::Codeowners => "codeowners",
        }
    }
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
    /// What a chart of Helm says of itself: `Chart.yaml`.
    HelmChart,
    /// Values of a chart of Helm: `values.yaml`.
    HelmValues,
    /// A template of AWS CloudFormation.
    #[serde(rename = "cloudformation")]
    CloudFormation,
    /// A template of Azure Resource Manager.
    Arm,
    /// A playbook of Ansible, or tasks of a role.
    Ansible,
    /// Terraform: HCL with its blocks. Expressions are text in `${…}`.
    Terraform,
    /// A plan of Terraform as JSON: `terraform show -json`.
    TerraformPlan,
    /// The syntax tree of an HCL file: every block, attribute, expression and template. Only rules that name this kind see it.
    HclSyntax,
    /// What a container image says of itself and what was seen in it: `portcullis.image/1`. Only rules that name this kind see it.
    Image,
    /// Anything else.
    Plain,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [DocumentKind; 18] = [
        DocumentKind::Kubernetes,
        DocumentKind::Dockerfile,
        DocumentKind::Compose,
        DocumentKind::GithubWorkflow,
        DocumentKind::GithubAction,
        DocumentKind::Dependabot,
        DocumentKind::GitlabCi,
        DocumentKind::AzurePipelines,
        DocumentKind::HelmChart,
        DocumentKind::HelmValues,
        DocumentKind::CloudFormation,
        DocumentKind::Arm,
        DocumentKind::Ansible,
        DocumentKind::Terraform,
        DocumentKind::TerraformPlan,
        DocumentKind::HclSyntax,
        DocumentKind::Image,
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
            DocumentKind::HelmChart => "helm-chart",
            DocumentKind::HelmValues => "helm-values",
            DocumentKind::CloudFormation => "cloudformation",
            DocumentKind::Arm => "arm",
            DocumentKind::Ansible => "ansible",
            DocumentKind::Terraform => "terraform",
            DocumentKind::TerraformPlan => "terraform-plan",
            DocumentKind::HclSyntax => "hcl-syntax",
            DocumentKind::Image => "image",
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

    /// The version of what rules see of it: raised when that changes otherwise than by addition.
    pub fn shape_version(self) -> u32 {
        1
    }

    /// The name of what rules see of it: `portcullis.dockerfile/1`.
    pub fn shape(self) -> String {
        format!("portcullis.{}/{}", self.name(), self.shape_version())
    }

    /// Whether a rule that names no kind judges it. A second view of a file is only for those who ask for it, and so is what
    /// nobody wrote: rules about files would take an image for a file that lacks everything.
    pub fn is_for_all(self) -> bool {
        !matches!(self, DocumentKind::HclSyntax | DocumentKind::Image)
    }
}
