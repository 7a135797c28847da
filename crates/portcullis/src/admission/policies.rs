//! Policies, compiled.

use std::sync::Arc;
use std::time::Duration;

use model::{Cancel, Document, DocumentKind, Format, Origin, TreePath};
use policy::{Gatekeeper, Input, Options, PolicySet, Reviewer, Trust};

use super::{AdmissionSettings, AdmissionSetupError};
use crate::builtin_policies::{PROFILES, files_of};

/// The most time for one rule, whatever the deadline: no server waits longer.
const LONGEST: Duration = Duration::from_secs(3600);

/// Policies, compiled, and what is to be done with what they find.
pub(super) struct Policies {
    pub(super) set: PolicySet,
    pub(super) reviewer: Reviewer,
    pub(super) settings: AdmissionSettings,
}

impl Policies {
    pub(super) fn load(settings: AdmissionSettings) -> Result<Policies, AdmissionSetupError> {
        if let Some(unknown) = settings.profiles.iter().find(|name| !PROFILES.contains(&name.as_str())) {
            return Err(AdmissionSetupError::Profile(unknown.clone()));
        }
        let mut files = if settings.profiles.is_empty() { Vec::new() } else { files_of(&settings.profiles) };
        files.extend(settings.policies.iter().cloned());
        let options = Options {
            namespaces: settings.namespaces.clone(),
            time_limit: settings.deadline.min(LONGEST),
            data: settings.data.clone(),
            // Nobody asks an API server for a line.
            evaluations_per_finding: 0,
            ..Options::default()
        };
        let (gatekeeper, mut errors) = Gatekeeper::load(&settings.constraints, &options);
        let (set, faults) = policy::load(files, &options);
        errors.extend(faults);
        if !errors.is_empty() {
            return Err(AdmissionSetupError::Policies(errors));
        }
        if gatekeeper.is_empty() && !set.wants(DocumentKind::Kubernetes) {
            return Err(AdmissionSetupError::NoPolicy);
        }
        let reviewer = Reviewer::new(gatekeeper, &settings.cluster)
            .map_err(|problem| AdmissionSetupError::Cluster(problem.message))?;
        let policies = Policies { set, reviewer, settings };
        policies.warm_up();
        Ok(policies)
    }

    /// Programs are made when they are first asked: here, not under the deadline of the first request.
    fn warm_up(&self) {
        let text = br#"{"apiVersion": "v1", "kind": "Portcullis", "metadata": {"name": "warm-up"}}"#;
        let origin = Origin::file(TreePath::new("warm-up.json").expect("a plain name is a path"));
        let (roots, _) = document::parse_values(Format::Json, &origin, text, &document::Limits::default());
        for root in roots {
            let document = Document {
                origin: origin.clone(),
                index: 0,
                format: Format::Json,
                kind: DocumentKind::Kubernetes,
                root,
                text: Arc::from(&text[..]),
            };
            // What goes wrong here goes wrong again with every request, and is said there.
            self.set.evaluate(&document, &Cancel::new());
            if self.settings.cluster_is_whole {
                self.set.evaluate_together(&[&document], &[], &Cancel::new());
            }
        }
    }

    /// True for a rule that comes with the program.
    pub(super) fn is_builtin(&self, rule: &model::RuleId) -> bool {
        self.set.rules().iter().any(|loaded| loaded.trust == Trust::Builtin && loaded.rule.id == *rule)
    }

    pub(super) fn not_asked(&self) -> Vec<String> {
        let is_left_out = |input| input == Input::Documents && !self.settings.cluster_is_whole;
        let together = self.set.rules().iter().filter(|loaded| is_left_out(loaded.input));
        let together = together.map(|loaded| loaded.rule.id.to_string());
        together.chain(self.set.unasked()).collect()
    }
}
