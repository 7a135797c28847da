//! Workflows and actions of GitHub Actions, and of the forges that took over its language.

use model::{DocumentKind, Format, Node, TreePath};

use super::glance::Glance;
use super::{Teller, has_text, is_in, is_mapping, members, stem};

pub(super) const WORKFLOW: Teller = Teller {
    kind: DocumentKind::GithubWorkflow,
    formats: &[Format::Yaml],
    is_named: is_workflow_file,
    is_such: is_workflow,
    may_be_such: |text| text.may_have("jobs") && text.may_have("on") && text.may_have_any(JOB),
};

pub(super) const ACTION: Teller = Teller {
    kind: DocumentKind::GithubAction,
    formats: &[Format::Yaml],
    // Other programs have an `action.yml` too: it takes a `runs.using` to be one.
    is_named: |_| false,
    is_such: |root| root.get("runs").is_some_and(|runs| has_text(runs, "using")),
    may_be_such: |text: &Glance<'_>| text.may_have("runs") && text.may_have("using"),
};

/// What a job has that does something.
const JOB: &[&str] = &["runs-on", "uses", "steps"];

fn is_workflow_file(path: &TreePath) -> bool {
    let is_home = [".github/workflows", ".gitea/workflows", ".forgejo/workflows"].iter().any(|home| is_in(path, home));
    is_home && stem(path).is_some()
}

/// `on` and `jobs` by name. Other systems have `jobs`, but as a list or without `on`.
fn is_workflow(root: &Node) -> bool {
    let is_job = |job: &Node| JOB.iter().any(|key| job.get(key).is_some());
    let has_event = root.get("on").is_some_and(|on| on.as_str().is_some() || on.as_array().is_some() || is_mapping(on));
    has_event && root.get("jobs").is_some_and(|jobs| members(jobs).any(|(_, job)| is_job(job)))
}
