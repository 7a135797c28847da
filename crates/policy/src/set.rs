//! Loaded policies, ready to judge.

use std::collections::BTreeSet;

use model::{Digest, DocumentKind};

use crate::conftest::Action;
use crate::group::Group;
use crate::package::Package;
use crate::rego::{Module, RuleSyntax, misprints, unknown_fields, unknown_references};
use crate::{Input, LoadedRule, Options, PolicyError, Trust};

/// Loaded policies, ready to judge. Built once, shared; evaluating changes nothing.
pub struct PolicySet {
    pub(crate) modules: Vec<Module>,
    pub(crate) packages: Vec<Package>,
    pub(crate) groups: Vec<Group>,
    pub(crate) options: Options,
    rules: Vec<LoadedRule>,
    digest: Digest,
}

impl PolicySet {
    pub(crate) fn new(
        modules: Vec<Module>,
        packages: Vec<Package>,
        rules: Vec<LoadedRule>,
        digest: Digest,
        options: Options,
    ) -> PolicySet {
        let trust_of = |package: &Package| package.entries.first().map_or(Trust::User, |entry| rules[entry.rule].trust);
        let groups = Group::all(&packages, trust_of);
        PolicySet { modules, packages, groups, options, rules, digest }
    }

    /// The identity of all their texts.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Every rule that is asked, built-in ones first.
    pub fn rules(&self) -> &[LoadedRule] {
        &self.rules
    }

    /// The user's packages that have rules to ask and are in no namespace asked for, sorted.
    pub fn unasked(&self) -> Vec<String> {
        let is_asked = |name: &str| self.packages.iter().any(|package| package.name == name);
        let has_rule = |module: &&Module| {
            let named = |rule: &RuleSyntax| rule.name.first().is_some_and(|name| Action::of(name).is_some());
            module.trust == Trust::User && module.rules().iter().any(named)
        };
        let names = self.modules.iter().filter(has_rule).map(Module::package_name).filter(|name| !is_asked(name));
        names.collect::<BTreeSet<String>>().into_iter().collect()
    }

    /// References of the user's policies to data that neither a policy nor the data gives.
    pub fn unknown_references(&self) -> Vec<PolicyError> {
        let modules: Vec<&Module> = self.modules.iter().filter(|module| module.trust == Trust::User).collect();
        unknown_references(&modules, &self.options.data)
    }

    /// What is most probably a slip, though the policies run: references to what nothing gives, to fields that no document of the kind
    /// has, and texts of `sprintf` that misprint.
    pub fn warnings(&self) -> Vec<PolicyError> {
        let mut found = self.unknown_references();
        found.extend(self.modules.iter().flat_map(misprints));
        for package in self.packages.iter().filter(|package| !package.kinds.is_empty()) {
            let kinds: Vec<&str> = package.kinds.iter().map(|kind| kind.name()).collect();
            let own = self.modules.iter().filter(|module| module.package_name() == package.name);
            found.extend(own.flat_map(|module| unknown_fields(module, &kinds, package.input)));
        }
        found.sort();
        found.dedup();
        found
    }

    /// Makes the programs that are else made when they are first asked.
    pub(crate) fn make_ready(&self) {
        for package in &self.packages {
            // A fault is said with every evaluation.
            let _ = package.program(&self.modules, &self.options);
        }
    }

    /// Whether any rule sees all documents at once.
    pub fn sees_together(&self) -> bool {
        self.groups.iter().any(|group| group.input == Input::Documents)
    }

    /// Whether any rule judges documents of this kind.
    pub fn wants(&self, kind: DocumentKind) -> bool {
        self.packages.iter().any(|package| package.wants(kind))
    }
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<PolicySet>();
};
