//! What a document describes: told by what it says, and by what its file is called where that is what its reader goes by.

mod ansible;
mod azure_pipelines;
mod cloud;
mod compose;
mod dependabot;
mod github;
mod gitlab_ci;
mod glance;
mod helm;
mod image;
mod kubernetes;
mod kustomize;
mod look;
mod terraform;
mod terraform_json;

use model::{DocumentKind, Format, Node, NodeValue, TreePath};

use crate::file_name::is_terraform_in_json;
use glance::Glance;
pub(crate) use kubernetes::placeholder;
pub(crate) use kustomize::is_kustomization_name;
pub use kustomize::{is_kustomization, is_kustomization_file};
pub use look::{Look, may_be_kind};

/// How documents of one kind are told from others.
struct Teller {
    kind: DocumentKind,
    /// Languages its reader takes.
    formats: &'static [Format],
    /// Whether any mapping in a file of this name is one.
    is_named: fn(&TreePath) -> bool,
    /// Whether it is one under any name.
    is_such: fn(&Node) -> bool,
    /// False when no text of this look is one under any name.
    may_be_such: fn(&Glance<'_>) -> bool,
}

/// What one document is, names before contents, the stricter before the looser.
const TELLERS: &[Teller] = &[
    github::WORKFLOW,
    dependabot::TELLER,
    gitlab_ci::TELLER,
    azure_pipelines::TELLER,
    compose::TELLER,
    github::ACTION,
    helm::CHART,
    helm::VALUES,
    cloud::CLOUDFORMATION,
    cloud::ARM,
];

/// Folders that only package managers write, and Terraform for modules: what is in there is of somebody else.
const OF_OTHERS: &[&[u8]] = &[b"node_modules", b"bower_components", b"site-packages", b"dist-packages", b".terraform"];

/// The kinds of documents that a format may hold.
pub fn kinds_of(format: Format) -> &'static [DocumentKind] {
    use DocumentKind::{
        Ansible, Arm, AzurePipelines, CloudFormation, Compose, Dependabot, Dockerfile, GithubAction, GithubWorkflow,
        GitlabCi, HclSyntax, HelmChart, HelmValues, Image, Kubernetes, Plain, Terraform, TerraformPlan,
    };
    match format {
        Format::Dockerfile => &[Dockerfile],
        Format::Yaml | Format::Json | Format::Jsonc => &[
            Kubernetes,
            Compose,
            GithubWorkflow,
            GithubAction,
            Dependabot,
            GitlabCi,
            AzurePipelines,
            HelmChart,
            HelmValues,
            CloudFormation,
            Arm,
            Ansible,
            Terraform,
            TerraformPlan,
            Image,
            Plain,
        ],
        Format::Hcl => &[Terraform, HclSyntax, Plain],
        _ => &[Plain],
    }
}

/// The kind of a root, the first or another of its file; a Kubernetes list becomes its items.
pub(crate) fn classify(format: Format, path: &TreePath, at: usize, root: Node) -> Vec<(DocumentKind, Node)> {
    match format {
        Format::Dockerfile => return vec![(DocumentKind::Dockerfile, root)],
        Format::Hcl if at > 0 => return vec![(DocumentKind::HclSyntax, root)],
        Format::Hcl if !is_of_others(path) && terraform::is_module(&root) => {
            return vec![(DocumentKind::Terraform, root)];
        }
        Format::Json if is_terraform_in_json(path) && !is_of_others(path) => {
            let shape = terraform_json::shape(root);
            let kind = if terraform::is_module(&shape) { DocumentKind::Terraform } else { DocumentKind::Plain };
            return vec![(kind, shape)];
        }
        Format::Yaml | Format::Json | Format::Jsonc => {}
        _ => return vec![(DocumentKind::Plain, root)],
    }
    if terraform::is_plan(&root) {
        vec![(DocumentKind::TerraformPlan, root)]
    } else if image::is_facts(&root) {
        vec![(DocumentKind::Image, root)]
    } else if kubernetes::is_object(&root) {
        kubernetes::expand(root)
    } else {
        vec![(told(format, path, &root), root)]
    }
}

fn told(format: Format, path: &TreePath, root: &Node) -> DocumentKind {
    if is_of_others(path) {
        return DocumentKind::Plain;
    }
    if format == Format::Yaml && ansible::is_ansible(path, root) {
        return DocumentKind::Ansible;
    }
    if !matches!(root.value, NodeValue::Object(_)) {
        return DocumentKind::Plain;
    }
    let read = || TELLERS.iter().filter(|teller| teller.formats.contains(&format));
    let named = read().find(|teller| (teller.is_named)(path));
    let teller = named.or_else(|| read().find(|teller| (teller.is_such)(root)));
    teller.map_or(DocumentKind::Plain, |teller| teller.kind)
}

fn is_of_others(path: &TreePath) -> bool {
    path.as_bytes().split(|byte| *byte == b'/').any(|folder| OF_OTHERS.contains(&folder))
}

/// The name of a file in lower case without `.yml`, `.yaml` or `.json`; `None` if it ends otherwise.
fn stem(path: &TreePath) -> Option<String> {
    let name = String::from_utf8_lossy(path.file_name()).to_ascii_lowercase();
    [".yml", ".yaml", ".json"].iter().find_map(|end| name.strip_suffix(end)).map(str::to_owned)
}

/// Whether the file lies in a folder of this path, wherever that lies: `.github/workflows`.
fn is_in(path: &TreePath, folder: &str) -> bool {
    let parent = path.parent();
    let parent = parent.as_ref().map(TreePath::as_bytes).unwrap_or_default();
    parent.strip_suffix(folder.as_bytes()).is_some_and(|before| matches!(before.last(), None | Some(b'/')))
}

/// The members of a mapping; none of anything else.
fn members(node: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let members = match &node.value {
        NodeValue::Object(members) => &members[..],
        _ => &[],
    };
    members.iter().map(|(key, value)| (key.name.as_str(), value))
}

/// The elements of a list; none of anything else.
fn elements(node: Option<&Node>) -> &[Node] {
    node.and_then(Node::as_array).unwrap_or_default()
}

fn has_text(node: &Node, name: &str) -> bool {
    node.get(name).is_some_and(|value| value.as_str().is_some())
}

fn is_mapping(node: &Node) -> bool {
    matches!(node.value, NodeValue::Object(_))
}
