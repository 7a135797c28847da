//! The policies a scanner holds: the built-in ones, the user's, and Gatekeeper's constraints.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use model::{
    Cancel, Document, DocumentKind, Finding, PolicyData, Problem, ProblemKind, PulledPolicies, Rule, RuleId, TreePath,
};
use policy::{Evaluation, Gatekeeper, Lists, Options, PolicyError, PolicyFile, PolicySet};
use rayon::prelude::*;

use crate::builtin_room::BuiltinRoom;
use crate::{Config, builtin_policies};

/// Policies, compiled or ready to be.
pub(crate) struct PolicyRoom {
    builtin: BuiltinRoom,
    /// Kinds of documents that built-in rules judge.
    builtin_kinds: BTreeSet<DocumentKind>,
    profiles: Vec<String>,
    files: Vec<PolicyFile>,
    pulled: Vec<PulledPolicies>,
    user: Option<PolicySet>,
    options: Options,
    gatekeeper: Gatekeeper,
    /// What does not compile, and is not asked.
    faults: Vec<PolicyError>,
    all: OnceLock<PolicySet>,
}

impl PolicyRoom {
    /// The user's policies are compiled at once, so that what is wrong with them is said before anything is scanned.
    pub(crate) fn open(config: &Config) -> Result<PolicyRoom, Vec<PolicyError>> {
        let profiles = if config.builtin_policies { config.profiles.clone() } else { Vec::new() };
        let options = Options {
            configs: config.configs.clone(),
            namespaces: config.namespaces.clone(),
            time_limit: config.policy_time_limit,
            combine: config.combine,
            data: config.policy_data.clone(),
            ..Options::default()
        };
        let (gatekeeper, mut errors) = Gatekeeper::load(&config.constraints, &options);
        let mut files = config.policies.clone();
        let mut user = None;
        if !files.is_empty() {
            let (set, faults) = policy::load(files.clone(), &options);
            user = Some(set);
            if !faults.is_empty() {
                errors.extend(faults.iter().cloned());
                (user, files) = usable(files, faults, &options);
            }
        }
        if !errors.is_empty() && !config.keep_other_policies {
            return Err(errors);
        }
        let faults = errors;
        let builtin = BuiltinRoom::new(profiles.clone(), options.clone());
        let all = OnceLock::new();
        let builtin_kinds = builtin_policies::kinds_of(&profiles);
        let pulled = config.pulled.clone();
        Ok(PolicyRoom { builtin, builtin_kinds, profiles, files, pulled, user, options, gatekeeper, faults, all })
    }

    /// All policies by their texts, which scans do without.
    pub(crate) fn get(&self) -> &PolicySet {
        self.all.get_or_init(|| {
            let files = builtin_policies::files_of(&self.profiles).into_iter().chain(self.files.iter().cloned());
            let (set, errors) = policy::load(files.collect(), &self.options);
            assert!(errors.is_empty(), "the built-in policies compile, their tests prove it: {errors:?}");
            set
        })
    }

    /// Judges documents that were found together; `unread` are files that may hold some and could not be read.
    pub(crate) fn judge(&self, documents: &[&Document], unread: &[TreePath], cancel: &Cancel) -> Evaluation {
        let mut all = self.builtin.judge(documents, unread, cancel);
        all.findings.iter_mut().for_each(forget_text);
        if let Some(user) = &self.user {
            let lists = Lists::among(documents.iter().copied());
            let judged = documents.par_iter().map(|document| match self.options.combine {
                true => user.evaluate_uncombined(document, cancel),
                false => user.evaluate_among(document, &lists, cancel),
            });
            judged.collect::<Vec<_>>().into_iter().for_each(|evaluation| all.take(evaluation));
            all.take(user.evaluate_together(documents, unread, cancel));
        }
        if !self.gatekeeper.is_empty() {
            all.take(self.gatekeeper.judge(documents, cancel));
        }
        all
    }

    /// Judges pieces of objects by the built-in rules, each alone.
    pub(crate) fn judge_pieces(&self, documents: &[&Document], cancel: &Cancel) -> Evaluation {
        self.builtin.judge_alone(documents, cancel)
    }

    /// Judges documents of all targets together by the user's policies; each comes with the path that rules see of it.
    pub(crate) fn judge_combined(&self, members: &[(&str, &Document)], cancel: &Cancel) -> Evaluation {
        self.user.as_ref().map(|user| user.evaluate_combined(members, cancel)).unwrap_or_default()
    }

    /// What is known of the rules that gave findings.
    pub(crate) fn rules(&self) -> BTreeMap<RuleId, Rule> {
        let mut rules = self.builtin.known();
        let user = self.user.iter().flat_map(PolicySet::rules).map(|loaded| &loaded.rule);
        rules.extend(user.chain(self.gatekeeper.rules()).map(|rule| (rule.id.clone(), rule.clone())));
        rules
    }

    /// Whether any policy judges documents of this kind; compiles nothing.
    pub(crate) fn wants(&self, kind: DocumentKind) -> bool {
        let by_constraint = kind == DocumentKind::Kubernetes && !self.gatekeeper.is_empty();
        by_constraint || self.builtin_kinds.contains(&kind) || self.user.as_ref().is_some_and(|set| set.wants(kind))
    }

    /// Whether any of the user's policies judges whatever documents there are.
    pub(crate) fn judges_anything(&self) -> bool {
        self.user.as_ref().is_some_and(|set| set.wants(DocumentKind::Plain))
    }

    /// What the report says of them; compiles nothing.
    pub(crate) fn describe(&self) -> PolicyData {
        let modules = builtin_policies::modules_of(&self.profiles);
        let builtin = modules.iter().filter(|module| !builtin_policies::is_library(module.path)).count();
        let own = modules.iter().map(|module| module.sum);
        let digest = policy::digest_of(own.chain(self.files.iter().map(|file| policy::sum_of(&file.text))));
        let user = self.user.as_ref().map_or(0, |set| set.rules().len());
        let rules = (builtin + user + self.gatekeeper.rules().len()) as u64;
        let parameters = self.options.data.get("parameters").and_then(|given| given.as_object());
        let parameters = parameters.into_iter().flat_map(|given| given.keys().cloned()).collect();
        let (profiles, pulled) = (self.profiles.clone(), self.pulled.clone());
        PolicyData { digest, rules, profiles, parameters, pulled }
    }

    /// What the user gave and is not asked, for it does not compile.
    pub(crate) fn faults(&self) -> &[PolicyError] {
        &self.faults
    }

    /// Packages that the user gave and that no namespace asks for: nobody should take their silence for a pass.
    pub(crate) fn warnings(&self) -> Vec<Problem> {
        let unasked = self.user.as_ref().map(PolicySet::unasked).unwrap_or_default();
        let unused = self.gatekeeper.unused().into_iter().map(|kind| {
            let message = format!("no constraint of the kind `{kind}` was given, so its template was not asked");
            Problem::warning(ProblemKind::Policy, message)
        });
        let warn = |name: String| {
            let message = format!(
                "the policy package `{name}` was not asked; name it with --namespace {name}, or ask all with --all-namespaces"
            );
            Problem::warning(ProblemKind::Policy, message)
        };
        let conftest = self.user.iter().flat_map(PolicySet::unknown_references).filter(|error| {
            // Data that Conftest itself gives, and a policy of its users may rely on.
            error.message.contains("`data.conftest")
        });
        let conftest = conftest.map(|error| Problem::warning(ProblemKind::Policy, error.to_string()));
        unasked.into_iter().map(warn).chain(unused).chain(conftest).collect()
    }
}

/// What compiles without the files that are at fault, and without those that need them: their data would be undefined, and what asks
/// for it find nothing.
fn usable(
    mut files: Vec<PolicyFile>,
    mut faults: Vec<PolicyError>,
    options: &Options,
) -> (Option<PolicySet>, Vec<PolicyFile>) {
    let mut missed: BTreeSet<String> = BTreeSet::new();
    let unknown =
        |set: &PolicySet| set.unknown_references().into_iter().map(|error| (error.file.clone(), error.to_string()));
    let (all, _) = policy::load(files.clone(), options);
    missed.extend(unknown(&all).map(|(_, text)| text));
    loop {
        let before = files.len();
        files.retain(|file| !faults.iter().any(|fault| fault.file == file.name));
        let (set, left) = policy::load(files.clone(), options);
        let needs_what_is_gone = unknown(&set).filter(|(_, text)| !missed.contains(text));
        faults = left.into_iter().chain(needs_what_is_gone.map(|(file, text)| fault_in(file, text))).collect();
        if files.is_empty() || files.len() == before || faults.is_empty() {
            // Faults of no file: nothing can be told from what is left.
            let is_usable = faults.is_empty() && !files.is_empty();
            return if is_usable { (Some(set), files) } else { (None, Vec::new()) };
        }
    }
}

fn fault_in(file: String, message: String) -> PolicyError {
    PolicyError { file, line: None, column: None, message, lint: None }
}

/// Of the built-in rules: where the words stand is in the location, and they may hold a secret.
fn forget_text(finding: &mut Finding) {
    if let Some(details) = finding.evidence.get_mut("details").and_then(|details| details.as_object_mut()) {
        details.remove("text");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_before_compiling_is_so() {
        let config = Config::new("2026-08-25T00:00:00Z".parse().expect("a date"));
        let room = PolicyRoom::open(&config).expect("the built-in policies need no compiling");
        let said = room.describe();
        let wanted = DocumentKind::ALL.map(|kind| room.wants(kind));
        assert!(room.all.get().is_none());
        let set = room.get();
        assert_eq!((said.digest, said.rules), (set.digest(), set.rules().len() as u64));
        assert_eq!(wanted, DocumentKind::ALL.map(|kind| set.wants(kind)));
    }

    #[test]
    fn built_in_policies_have_no_slips() {
        let config = Config::new("2026-08-25T00:00:00Z".parse().expect("a date"));
        let room = PolicyRoom::open(&config).expect("the built-in policies need no compiling");
        let strict =
            Config { profiles: builtin_policies::PROFILES.iter().map(|name| (*name).to_owned()).collect(), ..config };
        let all = PolicyRoom::open(&strict).expect("the built-in policies need no compiling");
        for set in [room.get(), all.get()] {
            assert_eq!(set.warnings(), []);
        }
    }
}
