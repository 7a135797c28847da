//! Packages that judge the same documents, asked together: what they share in libraries is worked out once for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::Duration;

use model::DocumentKind;

use crate::package::Package;
use crate::rego::{ASKS, Fault, Module, Program, Value, asking, gives_more};
use crate::sieve::{Sieve, needs_to_end};
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
    sieve: OnceLock<Option<Sieve>>,
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
        let group = |((trust, kinds, input), packages)| Group {
            trust,
            kinds,
            input,
            packages,
            program: OnceLock::new(),
            sieve: OnceLock::new(),
        };
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
            let sieve = self.sieve(all, modules, options);
            let paths = packages().flat_map(|package| package.entries.iter().map(|entry| &entry.path));
            for (place, path) in paths.enumerate() {
                let is_always_asked = sieve.is_none_or(|sieve| sieve.lets_all_through(place));
                let first = if is_always_asked { String::new() } else { format!("{ASKS}({place}); ") };
                asks += &format!("answers contains [{path:?}, answer] if {{ {first}answer := {path} }}\n");
            }
            let modules = needed.iter().map(|place| (&modules[*place], Vec::new()));
            Program::compile_with(modules, Some(asks), options, &format!("data.{PACKAGE}.answers"))
        })
    }

    /// What tells which of its rules need not be asked of a document; `None` where all have to be. Rules that may ask what file it is, which is
    /// no part of the data, are all asked.
    pub(crate) fn sieve(&self, all: &[Package], modules: &[Module], options: &Options) -> Option<&Sieve> {
        let made = self.sieve.get_or_init(|| {
            let packages = || self.packages.iter().map(|place| &all[*place]);
            let mut needed = packages().flat_map(|package| &package.modules);
            let may_pass_over = match self.trust {
                Trust::Builtin => true,
                Trust::User => options.passes_over_users,
            };
            if options.asks_all
                || !may_pass_over
                || self.input == Input::Documents
                || needed.any(|place| gives_more(&modules[*place]))
            {
                return None;
            }
            let entries = packages().flat_map(|package| package.entries.iter().map(move |entry| (package, entry)));
            let needs: Vec<_> = entries.map(|(package, entry)| needs_to_end(package, entry, modules)).collect();
            Some(Sieve::of(&needs, &options.data))
        });
        made.as_ref()
    }

    /// The value of every rule that is asked, by its path; `None` where something went wrong, and each must be asked alone to tell
    /// which.
    pub(crate) fn ask(
        program: &Program,
        asked: Option<&[bool]>,
        input: &Value,
        limit: Duration,
    ) -> Option<BTreeMap<String, Value>> {
        asking(asked);
        let answer = program.ask(&format!("data.{PACKAGE}.answers"), input, limit).ok()?;
        let (None, Value::Set(answers)) = (answer.warning, answer.value) else { return None };
        let pairs = answers.iter_sorted().map(|pair| match pair {
            Value::Array(pair) => Some((pair.get(0)?.as_string().ok()?.to_string(), pair.get(1)?.clone())),
            _ => None,
        });
        pairs.collect()
    }
}
