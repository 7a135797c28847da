//! The object among all others: what rules say of it that see all documents at once.

use model::{Cancel, Document, Finding, Node};
use policy::Evaluation;

use super::policies::Policies;
use super::request::{Operation, Request};

/// What such rules say of the object, asked as if the request had been carried out; nothing where they are not to be asked. What they
/// say of others was so before, or is the business of who sends those.
pub(super) fn judge(policies: &Policies, request: &Request, object: &Document, cancel: &Cancel) -> Evaluation {
    let is_written =
        matches!(request.operation, Operation::Create | Operation::Update) && request.sub_resource.is_empty();
    if !policies.settings.cluster_is_whole || !is_written || !policies.see_together() {
        return Evaluation::default();
    }
    let own = Identity::of(&object.root);
    let others = policies.settings.cluster.iter().filter(|other| Identity::of(&other.root) != own);
    let all: Vec<&Document> = [object].into_iter().chain(others).collect();
    let mut evaluation = policies.judge_together(&all, cancel);
    evaluation.findings.retain(|finding| is_of(finding, object));
    evaluation
}

fn is_of(finding: &Finding, object: &Document) -> bool {
    finding.locations.first().is_none_or(|location| location.path == object.origin.path)
}

/// What makes two objects the same one. Versions of one group hold the same objects.
#[derive(PartialEq, Eq)]
struct Identity<'a> {
    group: &'a str,
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
}

impl<'a> Identity<'a> {
    fn of(object: &'a Node) -> Identity<'a> {
        let text = |node: Option<&'a Node>| node.and_then(Node::as_str).unwrap_or_default();
        let named = |name: &str| text(object.get("metadata").and_then(|metadata| metadata.get(name)));
        let group = text(object.get("apiVersion")).split_once('/').map_or("", |(group, _)| group);
        Identity { group, kind: text(object.get("kind")), namespace: named("namespace"), name: named("name") }
    }
}
