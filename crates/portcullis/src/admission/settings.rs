//! What an admission is built from. Plain data; building one reads nothing.

use std::time::Duration;

use model::Document;
use policy::{Namespaces, PolicyFile};

use super::Actions;

/// All that an answer depends on beside the request.
#[derive(Clone, Debug)]
pub struct AdmissionSettings {
    /// The profiles of the built-in policies that are asked; none for none of them.
    pub profiles: Vec<String>,
    /// Packages of Rego.
    pub policies: Vec<PolicyFile>,
    /// Which packages of these are asked.
    pub namespaces: Namespaces,
    /// Gatekeeper's templates and constraints; other documents are left alone.
    pub constraints: Vec<Document>,
    /// What stands for the cluster: `data.inventory` of templates, and the namespaces with their labels.
    pub cluster: Vec<Document>,
    /// `cluster` holds every object that is there, of every namespace a policy may ask about: then rules over all documents
    /// ([`Admission::not_asked`](super::Admission::not_asked)) are asked of each object that is created or updated, among the others. Where
    /// some are missing they would refuse what is right. Each such request costs a look at the whole cluster.
    pub cluster_is_whole: bool,
    /// What policies see as `data` beside packages: an object.
    pub data: serde_json::Value,
    /// What findings do.
    pub actions: Actions,
    /// What is answered when a policy gave none.
    pub failure: FailureMode,
    /// Time for one answer. An API server waits for ten seconds unless told otherwise: this should end before that.
    pub deadline: Duration,
    /// Bytes of one request. Objects of a cluster stay under three megabytes, and a request may hold two.
    pub most_bytes: usize,
}

/// What is answered when a policy failed, ran out of time or could not decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailureMode {
    /// Refused, with status 500.
    #[default]
    Closed,
    /// Allowed, unless another policy refuses; warnings and audit annotations say what was not judged.
    Open,
}

impl Default for AdmissionSettings {
    /// The profile `recommended`, two seconds, closed.
    fn default() -> AdmissionSettings {
        AdmissionSettings {
            profiles: vec!["recommended".to_owned()],
            policies: Vec::new(),
            namespaces: Namespaces::default(),
            constraints: Vec::new(),
            cluster: Vec::new(),
            cluster_is_whole: false,
            data: serde_json::Value::Object(serde_json::Map::new()),
            actions: Actions::default(),
            failure: FailureMode::Closed,
            deadline: Duration::from_secs(2),
            most_bytes: 8 << 20,
        }
    }
}
