//! What goes back to the API server.

use std::collections::BTreeMap;

use serde::Serialize;

use super::actions::Action;
use super::judge::{Judgement, Said};
use super::settings::FailureMode;
use super::text::{annotation_key, cut, warnings};

/// Characters of a status message, and of one audit annotation.
const LONGEST_MESSAGE: usize = 4096;
/// Audit annotations of one answer.
const MOST_ANNOTATIONS: usize = 64;

/// `AdmissionReview` of `admission.k8s.io/v1` with a `response`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AdmissionReview {
    /// `admission.k8s.io/v1`.
    pub api_version: &'static str,
    /// `AdmissionReview`.
    pub kind: &'static str,
    /// The answer.
    pub response: AdmissionResponse,
}

/// The answer to one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AdmissionResponse {
    /// That of the request.
    pub uid: String,
    /// Whether it may go on.
    pub allowed: bool,
    /// Why it may not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// For whoever sent it: at most 256 characters each, 4,096 in all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// For the audit log; the API server puts the webhook's name and `/` in front of the keys.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub audit_annotations: BTreeMap<String, String>,
}

/// `Status` of `meta/v1`, as far as an answer needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// `Failure`.
    pub status: &'static str,
    /// For people.
    pub message: String,
    /// `Forbidden`, or `InternalError` where a policy gave no answer.
    pub reason: &'static str,
    /// 403 or 500.
    pub code: u16,
}

impl AdmissionReview {
    /// The body of an HTTP answer.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts, numbers and maps with keys that are texts become JSON")
    }
}

pub(super) fn of(uid: &str, judgement: Judgement, failure: FailureMode) -> AdmissionReview {
    let Judgement { said, failures } = judgement;
    let with = |action: Action| said.iter().filter(move |said| said.action == action);
    let is_failed = !failures.is_empty();
    let denied = with(Action::Enforce).count() > 0;
    let status = match (denied, is_failed && failure == FailureMode::Closed) {
        (true, _) => Some(refused(with(Action::Enforce))),
        (false, true) => Some(undecided(&failures)),
        (false, false) => None,
    };
    let unjudged = failures.iter().filter(|_| status.is_none()).map(|why| format!("not judged: {why}"));
    let warned = unjudged.chain(with(Action::Warn).map(Said::line));
    let response = AdmissionResponse {
        uid: uid.to_owned(),
        allowed: status.is_none(),
        warnings: warnings(warned),
        audit_annotations: audit(with(Action::Audit), &failures),
        status,
    };
    AdmissionReview { api_version: "admission.k8s.io/v1", kind: "AdmissionReview", response }
}

fn refused<'s>(said: impl Iterator<Item = &'s Said>) -> Status {
    let lines: Vec<String> = said.map(Said::line).collect();
    let message = cut(&format!("portcullis: {}", lines.join("; ")), LONGEST_MESSAGE);
    Status { status: "Failure", message, reason: "Forbidden", code: 403 }
}

fn undecided(failures: &[String]) -> Status {
    let message = cut(&format!("portcullis could not judge this request: {}", failures.join("; ")), LONGEST_MESSAGE);
    Status { status: "Failure", message, reason: "InternalError", code: 500 }
}

/// What is audited, by rule, and what was not judged.
fn audit<'s>(said: impl Iterator<Item = &'s Said>, failures: &[String]) -> BTreeMap<String, String> {
    let mut annotations: BTreeMap<String, String> = BTreeMap::new();
    let own = said.map(|said| (annotation_key(&said.rule), said.message.as_str()));
    for (key, message) in failures.iter().map(|why| ("not-judged".to_owned(), why.as_str())).chain(own) {
        if annotations.len() == MOST_ANNOTATIONS && !annotations.contains_key(&key) {
            continue;
        }
        let value = annotations.entry(key).or_default();
        if value.len() < LONGEST_MESSAGE {
            let between = if value.is_empty() { "" } else { "; " };
            *value = cut(&format!("{value}{between}{message}"), LONGEST_MESSAGE);
        }
    }
    annotations
}

impl Said {
    fn line(&self) -> String {
        format!("{}: {}", self.rule, self.message)
    }
}
