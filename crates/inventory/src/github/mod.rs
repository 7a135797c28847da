//! Actions that workflows run (`.github/workflows/*.yml`, also Gitea's and Forgejo's) and those that actions run in turn
//! (`action.yml`): GitHub documentation, "Workflow syntax", `jobs.<job_id>.steps[*].uses`.

mod reference;
#[cfg(test)]
mod tests;

use model::Relationship;

use self::reference::add_reference;
use crate::dockerfile::add_image;
use crate::package_list::PackageList;
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, yaml_tree};

const NAME: &str = "github-actions";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[
        Claim::new(Pattern::PathMatches(is_workflow)).limit(4 << 20),
        Claim::new(Pattern::Name("action.yml")).limit(4 << 20),
        Claim::new(Pattern::Name("action.yaml")).limit(4 << 20),
    ],
    parse,
};

fn is_workflow(path: &str) -> bool {
    let Some((folder, name)) = path.rsplit_once('/') else { return false };
    let is_yaml = name.ends_with(".yml") || name.ends_with(".yaml");
    let folders = [".github/workflows", ".gitea/workflows", ".forgejo/workflows"];
    is_yaml && folders.iter().any(|known| folder == *known || folder.ends_with(&format!("/{known}")))
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let text = list.text();
    let (documents, fault) = yaml_tree::read_written(text, &list.lines);
    list.report(fault);
    for root in &documents {
        for job in root.get("jobs").map_or(&[][..], Node::members) {
            take_job(&job.value, text, &mut list);
        }
        // An action: `runs.steps` of one that is put together, `runs.image` of one that is a container.
        if let Some(runs) = root.get("runs") {
            take_steps(runs, text, &mut list);
            let image =
                runs.get("image").filter(|image| image.text().is_some_and(|text| text.starts_with("docker://")));
            image.into_iter().for_each(|image| take_image(image, &mut list));
        }
    }
    for package in &mut list.packages {
        package.relationship = Relationship::Direct;
    }
    list.finish()
}

fn take_job(job: &Node<'_>, text: &str, list: &mut PackageList<'_>) {
    if let Some(workflow) = job.get("uses") {
        add_reference(workflow, text, list);
    }
    take_steps(job, text, list);
    take_container(job.get("container"), list);
    for service in job.get("services").map_or(&[][..], Node::members) {
        take_container(Some(&service.value), list);
    }
}

fn take_steps(node: &Node<'_>, text: &str, list: &mut PackageList<'_>) {
    for step in node.get("steps").map_or(&[][..], Node::items) {
        if let Some(action) = step.get("uses") {
            add_reference(action, text, list);
        }
    }
}

/// A name, or a table with one.
fn take_container(container: Option<&Node<'_>>, list: &mut PackageList<'_>) {
    let image = container.and_then(|node| if node.text().is_some() { Some(node) } else { node.get("image") });
    image.into_iter().for_each(|image| take_image(image, list));
}

fn take_image(node: &Node<'_>, list: &mut PackageList<'_>) {
    let Some(text) = node.text().filter(|text| !text.is_empty()) else { return };
    // What an expression gives is known when the workflow runs.
    if text.contains("${{") {
        list.warning(
            model::ProblemKind::Unsupported,
            node.start as usize,
            format!("image `{}` is known only when the workflow runs: it is not read", crate::bounds::quote(text)),
        );
        return;
    }
    add_image(text.strip_prefix("docker://").unwrap_or(text), node.start as usize..node.end as usize, list);
}
