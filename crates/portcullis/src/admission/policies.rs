//! Policies, compiled.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use model::{Cancel, Document, DocumentKind, Format, Origin, TreePath};
use policy::{Asking, Evaluation, Gatekeeper, Input, Options, PolicySet, Precompiled, Prepared, Reviewer};

use super::{AdmissionSettings, AdmissionSetupError};
use crate::builtin_policies::{PROFILES, compiled, files_of};

/// The most time for one rule, whatever the deadline: no server waits longer.
const LONGEST: Duration = Duration::from_secs(3600);

/// Policies, compiled, and what is to be done with what they find.
pub(super) struct Policies {
    builtin: PolicySet,
    /// What answers for the built-in ones, unless one of them has to be asked by its text.
    compiled: Option<Precompiled>,
    user: PolicySet,
    pub(super) reviewer: Reviewer,
    pub(super) settings: AdmissionSettings,
}

impl Policies {
    pub(super) fn load(settings: AdmissionSettings) -> Result<Policies, AdmissionSetupError> {
        if let Some(unknown) = settings.profiles.iter().find(|name| !PROFILES.contains(&name.as_str())) {
            return Err(AdmissionSetupError::Profile(unknown.clone()));
        }
        let files = if settings.profiles.is_empty() { Vec::new() } else { files_of(&settings.profiles) };
        let options = Options {
            namespaces: settings.namespaces.clone(),
            time_limit: settings.deadline.min(LONGEST),
            data: settings.data.clone(),
            // Nobody asks an API server for a line.
            evaluations_per_finding: 0,
            ..Options::default()
        };
        let (gatekeeper, mut errors) = Gatekeeper::load(&settings.constraints, &options);
        let (builtin, faults) = policy::load(files, &options);
        errors.extend(faults);
        let (user, faults) = policy::load(settings.policies.clone(), &options);
        errors.extend(faults);
        if !errors.is_empty() {
            return Err(AdmissionSetupError::Policies(errors));
        }
        if gatekeeper.is_empty() && ![&builtin, &user].iter().any(|set| set.wants(DocumentKind::Kubernetes)) {
            return Err(AdmissionSetupError::NoPolicy);
        }
        let reviewer = Reviewer::new(gatekeeper, &settings.cluster)
            .map_err(|problem| AdmissionSetupError::Cluster(problem.message))?;
        let kinds = BTreeSet::from([DocumentKind::Kubernetes]);
        let compiled = compiled(&settings.data).filter(|all| all.open_files(&kinds, &settings.profiles).is_empty());
        let policies = Policies { builtin, compiled, user, reviewer, settings };
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
            self.judge(&document, &Cancel::new());
            self.sets().for_each(|set| {
                set.evaluate(&document, &Cancel::new());
            });
            if self.settings.cluster_is_whole {
                self.judge_together(&[&document], &Cancel::new());
            }
        }
    }

    /// Asks all rules that see one document.
    pub(super) fn judge(&self, document: &Document, cancel: &Cancel) -> Evaluation {
        let limit = self.settings.deadline.min(LONGEST);
        let left = cancel.deadline().map_or(limit, |deadline| deadline.saturating_duration_since(Instant::now()));
        let asking = Asking { profiles: &self.settings.profiles, limit: left.min(limit) };
        let prepared = Prepared::of(document);
        let answers = self.compiled.as_ref().and_then(|compiled| compiled.ask(&prepared, asking));
        let mut all = match answers {
            Some(answers) => self.builtin.evaluate_answers(&prepared, &answers, cancel),
            None => self.builtin.evaluate(document, cancel),
        };
        all.take(self.user.evaluate(document, cancel));
        all
    }

    /// Asks all rules that see all documents.
    pub(super) fn judge_together(&self, documents: &[&Document], cancel: &Cancel) -> Evaluation {
        let mut all = Evaluation::default();
        self.sets().for_each(|set| all.take(set.evaluate_together(documents, &[], cancel)));
        all
    }

    /// Whether there are rules that see all documents.
    pub(super) fn see_together(&self) -> bool {
        self.sets().any(PolicySet::sees_together)
    }

    fn sets(&self) -> impl Iterator<Item = &PolicySet> {
        [&self.builtin, &self.user].into_iter()
    }

    /// True for a rule that comes with the program.
    pub(super) fn is_builtin(&self, rule: &model::RuleId) -> bool {
        self.builtin.rules().iter().any(|loaded| loaded.rule.id == *rule)
    }

    pub(super) fn not_asked(&self) -> Vec<String> {
        let is_left_out = |input| input == Input::Documents && !self.settings.cluster_is_whole;
        let together = self.sets().flat_map(PolicySet::rules).filter(|loaded| is_left_out(loaded.input));
        let together = together.map(|loaded| loaded.rule.id.to_string());
        together.chain(self.user.unasked()).collect()
    }
}
