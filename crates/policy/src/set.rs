//! Loaded policies, ready to judge.

use model::{Digest, DocumentKind};

use crate::package::Package;
use crate::rego::Module;
use crate::{LoadedRule, Options};

/// Loaded policies, ready to judge. Built once, shared; evaluating changes nothing.
pub struct PolicySet {
    pub(crate) modules: Vec<Module>,
    pub(crate) packages: Vec<Package>,
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
        PolicySet { modules, packages, options, rules, digest }
    }

    /// The identity of all their texts.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Every rule that is asked, built-in ones first.
    pub fn rules(&self) -> &[LoadedRule] {
        &self.rules
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
