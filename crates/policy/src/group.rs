//! Packages that judge the same documents, asked together: what they share in libraries is worked out once for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::Duration;

use model::DocumentKind;

use crate::package::Package;
use crate::rego::{Fault, Module, Program, Value};
use crate::{Input, Options, Trust};

/// The package of the rule that asks all others; no policy has that name.
const PACKAGE: &str = "portcullis_asks_all";

/// Packages that judge the same documents.
pub(crate) struct Group {
    pub(crate) trust: Trust,
    /// The kinds of documents they judge; empty for all.
    pub(crate) kinds: Vec<DocumentKind>,
    /// What they see at once.
    pub(crate) input: Input,
    /// Places in the list of packages.
    pub(crate) packages: Vec<usize>,
    program: OnceLock<Result<Program, Fault>>,
}

impl Group {
    /// Puts packages together that have an owner, kinds and input in common.
    pub(crate) fn all(packages: &[Package], trust_of: impl Fn(&Package) -> Trust) -> Vec<Group> {
        let mut by_kinds: BTreeMap<(Trust, Vec<DocumentKind>, Input), Vec<usize>> = BTreeMap::new();
        for (place, package) in packages.iter().enumerate() {
            let mut kinds = package.kinds.clone();
            kinds.sort_unstable();
            kinds.dedup();
            by_kinds.entry((trust_of(package), kinds, package.input)).or_default().push(place);
        }
        let group =
            |((trust, kinds, input), packages)| Group { trust, kinds, input, packages, program: OnceLock::new() };
        by_kinds.into_iter().map(group).collect()
    }

    /// Whether they judge documents of this kind.
    pub(crate) fn wants(&self, kind: DocumentKind) -> bool {
        (self.kinds.is_empty() && kind.is_for_all()) || self.kinds.contains(&kind)
    }

    /// The program of all together, compiled when it is first asked for.
    pub(crate) fn program(&self, all: &[Package], modules: &[Module], options: &Options) -> &Result<Program, Fault> {
        self.program.get_or_init(|| {
            let packages = || self.packages.iter().map(|place| &all[*place]);
            let needed: BTreeSet<usize> = packages().flat_map(|package| package.modules.iter().copied()).collect();
            let mut asks = format!("package {PACKAGE}\n");
            for path in packages().flat_map(|package| package.entries.iter().map(|entry| &entry.path)) {
                asks += &format!("answers contains [{path:?}, answer] if answer := {path}\n");
            }
            let modules = needed.iter().map(|place| (&modules[*place], Vec::new()));
            Program::compile_with(modules, Some(asks), options, &format!("data.{PACKAGE}.answers"))
        })
    }

    /// The value of every rule, by its path; `None` where something went wrong, and each must be asked alone to tell which.
    pub(crate) fn ask(program: &Program, input: &Value, limit: Duration) -> Option<BTreeMap<String, Value>> {
        let answer = program.ask(&format!("data.{PACKAGE}.answers"), input, limit).ok()?;
        let (None, Value::Set(answers)) = (answer.warning, answer.value) else { return None };
        let pairs = answers.iter_sorted().map(|pair| match pair {
            Value::Array(pair) => Some((pair.get(0)?.as_string().ok()?.to_string(), pair.get(1)?.clone())),
            _ => None,
        });
        pairs.collect()
    }
}
