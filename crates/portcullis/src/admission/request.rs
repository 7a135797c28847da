//! What an API server asks: `AdmissionReview` of `admission.k8s.io/v1` with a `request`. Members that are not named here are
//! passed on to policies and else left alone.

use std::sync::Arc;

use model::{Document, DocumentKind, Format, Node, Origin, ProblemSeverity, TreePath};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::RequestError;
use super::settings::AdmissionSettings;

const API_VERSION: &str = "admission.k8s.io/v1";
const KIND: &str = "AdmissionReview";
/// Characters of a `uid`: it is sent back as it came.
const LONGEST_UID: usize = 256;

/// A request, read.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) uid: String,
    pub(super) operation: Operation,
    pub(super) sub_resource: String,
    /// The `request` as it came.
    pub(super) node: Node,
    /// What is judged: the object, of a deletion the old one; `None` where there is neither.
    pub(super) object: Option<Document>,
}

/// What is about to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Operation {
    Create,
    Update,
    Delete,
    Connect,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    api_version: String,
    kind: String,
    request: WireRequest,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRequest {
    uid: String,
    kind: GroupVersionKind,
    operation: Operation,
    #[serde(default)]
    sub_resource: Option<String>,
    // Named so that one that is there twice is refused: readers differ in which they take.
    #[serde(default, rename = "object")]
    _object: Option<IgnoredAny>,
    #[serde(default, rename = "oldObject")]
    _old_object: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct GroupVersionKind {
    #[serde(default)]
    group: String,
    version: String,
    kind: String,
}

impl Request {
    pub(super) fn read(body: &[u8], settings: &AdmissionSettings) -> Result<Request, RequestError> {
        if body.len() > settings.most_bytes {
            return Err(RequestError::TooLarge { bytes: body.len(), limit: settings.most_bytes });
        }
        let wire: Wire = serde_json::from_slice(body).map_err(|error| match error.is_data() {
            true => RequestError::Shape(error.to_string()),
            false => RequestError::Syntax(error.to_string()),
        })?;
        check(&wire)?;
        let node = request_node(body, settings)?;
        let object = object(body, &wire.request, &node)?;
        let WireRequest { uid, operation, sub_resource, .. } = wire.request;
        Ok(Request { uid, operation, sub_resource: sub_resource.unwrap_or_default(), node, object })
    }
}

fn check(wire: &Wire) -> Result<(), RequestError> {
    let shape = |message: String| Err(RequestError::Shape(message));
    if wire.api_version != API_VERSION {
        return shape(format!("`apiVersion` is `{}`", shortened(&wire.api_version)));
    }
    if wire.kind != KIND {
        return shape(format!("`kind` is `{}`", shortened(&wire.kind)));
    }
    let uid = &wire.request.uid;
    if uid.is_empty() || uid.chars().count() > LONGEST_UID {
        return shape(format!("`request.uid` must have 1 to {LONGEST_UID} characters"));
    }
    let kind = &wire.request.kind;
    if kind.kind.is_empty() || kind.version.is_empty() {
        return shape("`request.kind` must name a version and a kind".to_owned());
    }
    Ok(())
}

fn request_node(body: &[u8], settings: &AdmissionSettings) -> Result<Node, RequestError> {
    let limits = document::Limits { bytes: settings.most_bytes, ..document::Limits::default() };
    let (roots, problems) = document::parse_values(Format::Json, &origin(), body, &limits);
    if let Some(problem) = problems.iter().find(|problem| problem.severity == ProblemSeverity::Error) {
        return Err(RequestError::Syntax(problem.message.clone()));
    }
    let root = roots.into_iter().next();
    let request = root.as_ref().and_then(|root| root.get("request")).cloned();
    request.ok_or_else(|| RequestError::Shape("there is no `request`".to_owned()))
}

fn object(body: &[u8], wire: &WireRequest, request: &Node) -> Result<Option<Document>, RequestError> {
    let name = if wire.operation == Operation::Delete { "oldObject" } else { "object" };
    let Some(root) = request.get(name).filter(|node| node.is_object()) else { return Ok(None) };
    let said = |name: &str| root.get(name).and_then(Node::as_str).unwrap_or_default();
    let GroupVersionKind { group, version, kind } = &wire.kind;
    let expected = if group.is_empty() { version.clone() } else { format!("{group}/{version}") };
    if said("kind") != kind || said("apiVersion") != expected {
        let message = format!(
            "`{name}` is of the kind `{}` of `{}`, and `request.kind` says `{}` of `{}`",
            shortened(said("kind")),
            shortened(said("apiVersion")),
            shortened(kind),
            shortened(&expected)
        );
        return Err(RequestError::Shape(message));
    }
    Ok(Some(Document {
        origin: origin(),
        index: 0,
        format: Format::Json,
        kind: DocumentKind::Kubernetes,
        root: root.clone(),
        text: Arc::from(body),
    }))
}

fn origin() -> Origin {
    Origin::file(TreePath::new("admission-review.json").expect("a plain name is a path"))
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
