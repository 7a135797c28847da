//! Admission: the answer to a request that a Kubernetes API server asks a webhook about.
//!
//! [`Admission::review`] takes the bytes of an `AdmissionReview` of `admission.k8s.io/v1` and gives the one to send back. Built-in
//! policies, packages of Rego and Gatekeeper's constraints are asked about the object; what each finding does, [`Actions`] says:
//!
//! | action | answer |
//! |---|---|
//! | enforce | `allowed: false`, status 403 whose message names every rule |
//! | warn | one of `warnings`, at most 256 characters each and 4,096 in all, as the API allows |
//! | audit | one of `auditAnnotations` |
//!
//! **Never allowed by accident.** A rule that fails, panics, runs out of the deadline or cannot decide makes the whole answer that of
//! the [`FailureMode`]: refused with status 500, unless the embedder chose otherwise. What is no such review at all is a
//! [`RequestError`]: no answer can be made for it, and the API server does what its `failurePolicy` says.
//!
//! **What is judged.** The object; for `DELETE` the old object, which built-in policies are not asked about: what they judge
//! is about to go. Nor are they about the subresource `status`, through which nothing they judge can change. `CONNECT`
//! and other subresources bring objects of kinds of their own, which are judged as such. A dry run is judged like any other request:
//! an answer has no effects here. Annotations that accept findings (`portcullis.dev/ignore…`) do not count: whoever sends the object
//! wrote them. Rules that see all documents at once are asked only where the embedder gives them all
//! ([`AdmissionSettings::cluster_is_whole`]), and only what they say of the object counts; [`Admission::not_asked`] names those that are not.
//!
//! Policies are compiled when an [`Admission`] is built and when it is given others ([`Admission::reload`]): requests that are under
//! way end with the old ones, and a set with a fault changes nothing.
//!
//! ```no_run
#![doc = include_str!("../../examples/webhook.rs")]
//! ```

mod actions;
mod answer;
mod error;
mod judge;
mod policies;
mod request;
mod settings;
#[cfg(test)]
mod tests;
mod text;
mod together;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use model::Cancel;

pub use actions::{Action, Actions};
pub use answer::{AdmissionResponse, AdmissionReview, Status};
pub use error::{AdmissionSetupError, RequestError};
pub use settings::{AdmissionSettings, FailureMode};

use judge::Judgement;
use policies::Policies;
use request::Request;

/// Policies, ready to answer. `Send + Sync`: built once, shared by all threads of a server.
pub struct Admission {
    current: RwLock<Arc<Policies>>,
}

impl Admission {
    /// Compiles the policies, all of them: no request waits for that.
    pub fn new(settings: AdmissionSettings) -> Result<Admission, AdmissionSetupError> {
        Ok(Admission { current: RwLock::new(Arc::new(Policies::load(settings)?)) })
    }

    /// Puts other policies in the place of these, at once and whole; if they have a fault, these stay.
    pub fn reload(&self, settings: AdmissionSettings) -> Result<(), AdmissionSetupError> {
        let policies = Arc::new(Policies::load(settings)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = policies;
        Ok(())
    }

    /// Answers one request: the body of an HTTP request as it came.
    pub fn review(&self, body: &[u8]) -> Result<AdmissionReview, RequestError> {
        let policies = self.policies();
        let deadline = Instant::now().checked_add(policies.settings.deadline);
        // A time that no clock reaches is none.
        let cancel = deadline.map_or_else(Cancel::new, Cancel::with_deadline);
        let read = AssertUnwindSafe(|| Request::read(body, &policies.settings));
        let request = catch_unwind(read).unwrap_or(Err(RequestError::Internal))?;
        let judge = AssertUnwindSafe(|| judge::judge(&policies, &request, &cancel));
        let judgement = catch_unwind(judge).unwrap_or_else(|_| Judgement::failed("the engine panicked"));
        Ok(answer::of(&request.uid, judgement, policies.settings.failure))
    }

    /// Rules that are loaded and can never be asked here, by their ids, and packages that no namespace asks for: nobody should take
    /// their silence for a pass.
    pub fn not_asked(&self) -> Vec<String> {
        self.policies().not_asked()
    }

    fn policies(&self) -> Arc<Policies> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Admission>();
};
