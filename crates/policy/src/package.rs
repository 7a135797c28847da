//! One package that is asked: its rules, the program that runs them, and the kinds of documents they judge.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use model::DocumentKind;

use crate::conftest::Action;
use crate::rego::{Fault, Mentions, Module, Program};

/// One package that is asked.
pub(crate) struct Package {
    /// `main`.
    pub(crate) name: String,
    /// The kinds of documents it judges; empty for all.
    pub(crate) kinds: Vec<DocumentKind>,
    pub(crate) entries: Vec<Entry>,
    /// `data.main.exception`, if the package has one.
    pub(crate) exception: Option<String>,
    /// Places of the modules it needs, its own and those it refers to.
    pub(crate) modules: Vec<usize>,
    pub(crate) mentions: Mentions,
    program: OnceLock<Result<Program, Fault>>,
}

/// One rule of a package that is asked.
pub(crate) struct Entry {
    /// `data.main.deny_latest`.
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) action: Action,
    /// `latest`: what an exception calls it.
    pub(crate) suffix: String,
    /// Its place in the list of rules.
    pub(crate) rule: usize,
}

impl Package {
    pub(crate) fn new(
        name: String,
        kinds: Vec<DocumentKind>,
        entries: Vec<Entry>,
        exception: Option<String>,
    ) -> Package {
        Package {
            name,
            kinds,
            entries,
            exception,
            modules: Vec::new(),
            mentions: Mentions::default(),
            program: OnceLock::new(),
        }
    }

    /// Gives it what it runs with.
    pub(crate) fn with_modules(mut self, all: &[Module], needed: &BTreeSet<usize>) -> Package {
        self.modules = needed.iter().copied().collect();
        self.mentions = Mentions::of(self.modules.iter().map(|place| &all[*place]), &self.name);
        self
    }

    /// Whether it judges documents of this kind.
    pub(crate) fn wants(&self, kind: DocumentKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// The program, compiled when it is first asked for.
    pub(crate) fn program(&self, all: &[Module], data: &serde_json::Value) -> &Result<Program, Fault> {
        self.program.get_or_init(|| {
            let entry = self.entries.first().map(|entry| entry.path.as_str()).unwrap_or_default();
            Program::compile(self.modules.iter().map(|place| &all[*place]), data, entry)
        })
    }
}
