//! Pipelines and templates of Azure Pipelines.

use model::{DocumentKind, Format, Node, TreePath};

use super::glance::Glance;
use super::{Teller, elements, has_text, members, stem};

pub(super) const TELLER: Teller = Teller {
    kind: DocumentKind::AzurePipelines,
    formats: &[Format::Yaml],
    is_named: is_pipeline_file,
    is_such: is_pipeline,
    may_be_such,
};

/// The lists of a pipeline, and what an element of each has that no other system's has.
const LISTS: &[(&str, &[&str])] = &[
    ("stages", &["stage", "template"]),
    ("jobs", &["job", "deployment", "template"]),
    ("steps", &["script", "bash", "pwsh", "powershell", "task", "checkout", "template"]),
];

/// What stands at the top of a pipeline beside its steps.
const BESIDE_STEPS: &[&str] = &["pool", "trigger", "pr", "resources", "parameters", "variables", "schedules"];

fn is_pipeline_file(path: &TreePath) -> bool {
    stem(path).is_some_and(|stem| stem.contains("azure-pipeline"))
}

fn may_be_such(text: &Glance<'_>) -> bool {
    (text.may_have("extends") && text.may_have("template"))
        || LISTS.iter().any(|(list, keys)| text.may_have(list) && text.may_have_any(keys))
}

fn is_pipeline(root: &Node) -> bool {
    let is_extension = root.get("extends").is_some_and(|extends| has_text(extends, "template"));
    is_extension
        || LISTS.iter().any(|(list, keys)| elements(root.get(list)).iter().any(|item| is_item(root, item, keys)))
}

/// An element of a list, or a condition or loop (`${{ if … }}:`) around some.
fn is_item(root: &Node, item: &Node, keys: &[&str]) -> bool {
    let is_wrapped = |(name, inner): (&str, &Node)| {
        name.starts_with("${{") && elements(Some(inner)).iter().any(|inner| is_item(root, inner, keys))
    };
    keys.iter().any(|key| has_text(item, key) && !is_of_others(root, item, key)) || members(item).any(is_wrapped)
}

/// Steps of Google Cloud Build have a `script` too, and the image that runs it as `name`.
fn is_of_others(root: &Node, item: &Node, key: &str) -> bool {
    key == "script" && item.get("name").is_some() && !BESIDE_STEPS.iter().any(|key| root.get(key).is_some())
}
