//! Pipelines of GitLab CI. Any mapping at the top may be a job, and parts of a pipeline lie in files of any name.

use model::{DocumentKind, Format, Node, TreePath};

use super::{Teller, elements, is_in, members, stem};

pub(super) const TELLER: Teller = Teller {
    kind: DocumentKind::GitlabCi,
    formats: &[Format::Yaml],
    is_named: is_pipeline_file,
    is_such: is_pipeline,
    may_be_such: |text| text.may_have("script"),
};

/// What a job of GitLab has beside its script, and the jobs of others have not.
const BESIDE_SCRIPT: &[&str] = &[
    "after_script",
    "allow_failure",
    "artifacts",
    "before_script",
    "cache",
    "coverage",
    "dependencies",
    "except",
    "extends",
    "image",
    "interruptible",
    "needs",
    "only",
    "parallel",
    "retry",
    "rules",
    "services",
    "stage",
    "tags",
    "when",
];

fn is_pipeline_file(path: &TreePath) -> bool {
    let is_name =
        |stem: String| stem.starts_with("gitlab-ci") || stem.ends_with("gitlab-ci") || stem.starts_with(".gitlab-ci");
    let is_home = is_in(path, ".gitlab/ci") || is_in(path, ".gitlab-ci");
    stem(path).is_some_and(|stem| is_home || is_name(stem))
}

fn is_pipeline(root: &Node) -> bool {
    let has_stages = elements(root.get("stages")).iter().any(|stage| stage.as_str().is_some());
    members(root)
        .any(|(_, job)| has_script(job) && (has_stages || BESIDE_SCRIPT.iter().any(|key| job.get(key).is_some())))
}

fn has_script(job: &Node) -> bool {
    job.get("script").is_some_and(|script| script.as_str().is_some() || !elements(Some(script)).is_empty())
}
