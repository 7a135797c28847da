//! Policy as code: Rego policies, unmodified, on any document, with the smallest lines that cause each finding.
//!
//! [`load`] reads policy files into a [`PolicySet`]; [`PolicySet::evaluate`] judges one document. The engine is regorus; no
//! type of it leaves this crate, and nothing it does badly passes for an answer: a policy it cannot run as OPA would is refused
//! when loaded, and an evaluation that fails is a problem of severity error.
//!
//! # Which rules are asked
//!
//! Rules named `deny`, `violation` or `warn`, alone or with `_` and more behind, as Conftest has it. Of the user's files, those
//! in the namespaces asked for (default `main`) see every document. Of the built-in files, every package but `lib` and what is
//! below it is asked; it names the kind of document it judges by `custom.kind`, or by the first part of its package.
//! A rule gives strings, or objects with `msg` and whatever else. What `exception` names does not count, but is shown.
//!
//! # Where a finding's facts come from
//!
//! From [metadata annotations](https://www.openpolicyagent.org/docs/policy-language#metadata) of the rule, its document, its
//! package or a package above: `title`, `description`, `related_resources`, and of `custom`: `id`, `severity`, `remediation`,
//! `kind` or `kinds`, `input`, `objects`, `parameters`, `profiles`, `controls`, `equivalents`. The convention of the built-in policies: one package a rule, named
//! `<domain>.<rule_name>`; its annotation gives `custom.id: <domain>/<rule-name>`; what they share is below package `lib`.
//!
//! A rule whose annotation says `custom.input: documents` is asked once for all documents of its kinds ([`PolicySet::evaluate_together`]),
//! in the shape of Conftest's `--combine`; a `path` it gives begins with the place of the document: `[2, "contents", "spec"]`.
//!
//! # What a rule judges
//!
//! Kubernetes objects of which kinds is read from what the rule asks of `kind` and `apiVersion` ([`PolicySet::objects_of`]); where it asks for a
//! group in words of its own, `custom.objects` names them: `Service`, `networking.k8s.io/Ingress`. `custom.parameters` names what it says
//! nothing without.
//!
//! # Where a finding is
//!
//! Where the result says so (`_loc` with `line`, or `path`), there. Else the cause is found by counterfactuals: take a piece out
//! of the document, ask again, and see whether the finding is gone; see [`Located`]. The evidence names the path.

mod annotation;
mod bundle;
mod config_files;
mod conftest;
mod digest;
mod error;
mod evaluate;
mod finding;
mod gatekeeper;
mod group;
mod lint;
mod load;
mod locate;
mod namespace;
mod objects;
mod options;
mod package;
mod precompiled;
mod rego;
mod rule;
mod set;
mod sieve;
mod sight;
mod source;
mod testing;
#[cfg(test)]
mod tests;

pub use bundle::{
    BUNDLE_LAYER, Bundle, BundleFile, BundleKey, DATA_LAYER, MANIFEST, MANIFEST_LAYER, POLICY_LAYER, PolicyLayer,
    files_of_layers, layers_of_files,
};
pub use config_files::{ConfigFiles, ConfigReader};
pub use digest::{digest, digest_of, sum_of};
pub use error::PolicyError;
pub use evaluate::{Evaluation, Lists};
pub use gatekeeper::suite::Suite;
pub use gatekeeper::{Gatekeeper, Reviewer, is_gatekeeper, is_suite};
pub use lint::Lint;
pub use load::{ParsedPolicy, load, load_parsed};
pub use locate::Located;
pub use namespace::Namespaces;
pub use objects::{ObjectKind, ObjectKindError, RuleObjects};
pub use options::Options;
pub use precompiled::{Answers, Asking, Precompiled, Prepared};
pub use rego::migrate;
pub use rule::{Input, LoadedRule};
pub use set::PolicySet;
pub use source::{PolicyFile, Trust};
pub use testing::{
    Coverage, Example, Expectation, FileCoverage, Lines, Row, TestCase, TestOutcome, TestReport, Tests, run_tests,
};
