//! The policies a scanner holds. The built-in ones alone are compiled when the first document needs them: most scans of
//! lockfiles and images meet none, and compiling takes longer than everything else they do.

use std::sync::OnceLock;

use model::{DocumentKind, PolicyData, Problem, ProblemKind};
use policy::{Gatekeeper, Options, PolicyError, PolicyFile, PolicySet};

use crate::{Config, builtin_policies};

/// Policies, compiled or ready to be.
pub(crate) struct PolicyRoom {
    files: Vec<PolicyFile>,
    options: Options,
    profiles: Vec<String>,
    set: OnceLock<PolicySet>,
    /// The built-in policies of images alone: an image is judged by few of them, and compiling all takes longer than reading most.
    of_images: OnceLock<PolicySet>,
    gatekeeper: Gatekeeper,
}

impl PolicyRoom {
    /// The user's policies are compiled at once, so that what is wrong with them is said before anything is scanned.
    pub(crate) fn open(config: &Config) -> Result<PolicyRoom, Vec<PolicyError>> {
        let profiles = if config.builtin_policies { config.profiles.clone() } else { Vec::new() };
        let mut files = if profiles.is_empty() { Vec::new() } else { builtin_policies::files_of(&profiles) };
        let only_builtin = config.policies.is_empty();
        files.extend(config.policies.iter().cloned());
        let options = Options {
            configs: config.configs.clone(),
            namespaces: config.namespaces.clone(),
            time_limit: config.policy_time_limit,
            combine: config.combine,
            data: config.policy_data.clone(),
            ..Options::default()
        };
        let (gatekeeper, mut errors) = Gatekeeper::load(&config.constraints, &options);
        let room =
            PolicyRoom { files, options, profiles, set: OnceLock::new(), of_images: OnceLock::new(), gatekeeper };
        if !only_builtin || !errors.is_empty() {
            let (set, faults) = policy::load(room.files.clone(), &room.options);
            errors.extend(faults);
            if !errors.is_empty() {
                return Err(errors);
            }
            room.set.get_or_init(|| set);
        }
        Ok(room)
    }

    /// The compiled policies.
    pub(crate) fn get(&self) -> &PolicySet {
        self.set.get_or_init(|| self.load(|_| true))
    }

    /// The policies that judge images, with others where those are compiled anyway.
    pub(crate) fn of_images(&self) -> &PolicySet {
        if let Some(set) = self.set.get() {
            return set;
        }
        self.of_images.get_or_init(|| {
            let wanted = builtin_policies::of_domain(&self.files, DocumentKind::Image.domain());
            self.load(|name| wanted.contains(name))
        })
    }

    fn load(&self, is_wanted: impl Fn(&str) -> bool) -> PolicySet {
        let files = self.files.iter().filter(|file| is_wanted(&file.name)).cloned().collect();
        let (set, errors) = policy::load(files, &self.options);
        assert!(errors.is_empty(), "the built-in policies compile, their tests prove it: {errors:?}");
        set
    }

    /// Gatekeeper's constraints.
    pub(crate) fn gatekeeper(&self) -> &Gatekeeper {
        &self.gatekeeper
    }

    /// Whether any policy judges documents of this kind; compiles nothing.
    pub(crate) fn wants(&self, kind: DocumentKind) -> bool {
        if kind == DocumentKind::Kubernetes && !self.gatekeeper.is_empty() {
            return true;
        }
        match self.set.get() {
            Some(set) => set.wants(kind),
            None => self.rule_files().any(|name| name.split('/').next() == Some(kind.domain())),
        }
    }

    /// What the report says of them; compiles nothing.
    pub(crate) fn describe(&self) -> PolicyData {
        let constraints = self.gatekeeper.rules().len() as u64;
        let (digest, rules) = match self.set.get() {
            Some(set) => (set.digest(), set.rules().len()),
            None => (policy::digest(&self.files), self.rule_files().count()),
        };
        PolicyData { digest, rules: rules as u64 + constraints, profiles: self.profiles.clone() }
    }

    /// Packages that the user gave and that no namespace asks for: nobody should take their silence for a pass.
    pub(crate) fn warnings(&self) -> Vec<Problem> {
        let unasked = self.set.get().map(PolicySet::unasked).unwrap_or_default();
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
        unasked.into_iter().map(warn).chain(unused).collect()
    }

    /// Of the built-in policies every file that is no library holds one rule, in the folder of the domain it judges.
    fn rule_files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str()).filter(|name| !builtin_policies::is_library(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_judged_by_few() {
        let config = Config::new("2026-08-25T00:00:00Z".parse().expect("a date"));
        let config = Config { profiles: vec!["strict".to_owned()], ..config };
        let room = PolicyRoom::open(&config).expect("the built-in policies need no compiling");
        let names: Vec<&str> = room.of_images().rules().iter().map(|rule| rule.file.as_str()).collect();
        assert!(names.len() > 10 && names.iter().all(|name| name.starts_with("image/")), "{names:?}");
        let wanted = builtin_policies::of_domain(&room.files, "image");
        let libraries: Vec<&str> = wanted.into_iter().filter(|name| builtin_policies::is_library(name)).collect();
        assert_eq!(libraries, ["lib/image.rego", "lib/secrets.rego"]);
    }

    #[test]
    fn what_is_said_before_compiling_is_so() {
        let config = Config::new("2026-08-25T00:00:00Z".parse().expect("a date"));
        let room = PolicyRoom::open(&config).expect("the built-in policies need no compiling");
        let before = (room.describe(), DocumentKind::ALL.map(|kind| room.wants(kind)));
        assert!(room.set.get().is_none());
        room.get();
        assert_eq!(before, (room.describe(), DocumentKind::ALL.map(|kind| room.wants(kind))));
    }
}
