//! Why there is no admission, or no answer.

use policy::PolicyError;

use crate::builtin_policies::PROFILES;

/// Why policies cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AdmissionSetupError {
    /// Some policies do not compile.
    #[error("{}", .0.iter().map(PolicyError::to_string).collect::<Vec<_>>().join("\n"))]
    Policies(Vec<PolicyError>),
    /// A profile that there is not.
    #[error("there is no profile `{0}`; there are {known}", known = PROFILES.join(", "))]
    Profile(String),
    /// Templates that ask for the cluster cannot be made ready with it.
    #[error("{0}")]
    Cluster(String),
    /// An admission without any policy would allow everything.
    #[error("there is no policy to ask: every request would be allowed")]
    NoPolicy,
}

/// Why a request has no answer. None of these allows anything: without an answer the API server does what its `failurePolicy` says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// Larger than the limit.
    #[error("the request has {bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// How many it has.
        bytes: usize,
        /// How many are read.
        limit: usize,
    },
    /// No JSON.
    #[error("the request is no JSON: {0}")]
    Syntax(String),
    /// JSON, but no AdmissionReview that can be answered.
    #[error("the request is no AdmissionReview of admission.k8s.io/v1: {0}")]
    Shape(String),
    /// A fault of our own.
    #[error("the request could not be read, which is a fault of ours")]
    Internal,
}

impl RequestError {
    /// The status of an HTTP answer.
    pub fn http_status(&self) -> u16 {
        match self {
            RequestError::TooLarge { .. } => 413,
            RequestError::Syntax(_) | RequestError::Shape(_) => 400,
            RequestError::Internal => 500,
        }
    }
}
