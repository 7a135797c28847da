//! One package that is asked: its rules, the program that runs them, and the kinds of documents they judge.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use model::DocumentKind;

use crate::conftest::Action;
use crate::rego::{Fault, Mentions, Module, Program, RuleSyntax};
use crate::{Input, Options};

/// One package that is asked.
pub(crate) struct Package {
    /// `main`.
    pub(crate) name: String,
    /// The kinds of documents it judges; empty for all.
    pub(crate) kinds: Vec<DocumentKind>,
    /// What its rules see at once.
    pub(crate) input: Input,
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
    /// Its place in the list of rules: that of its first body.
    pub(crate) rule: usize,
    pub(crate) bodies: Vec<Body>,
}

/// One of the rules of the same name that make a set together.
pub(crate) struct Body {
    /// Its place in the list of rules.
    pub(crate) rule: usize,
    /// The place of its module.
    pub(crate) module: usize,
    pub(crate) range: Range<usize>,
    alone: OnceLock<Option<Alone>>,
}

/// A body without the others: what gives a result, and what it mentions.
pub(crate) struct Alone {
    pub(crate) program: Program,
    pub(crate) mentions: Mentions,
}

impl Body {
    pub(crate) fn new(rule: usize, module: usize, range: Range<usize>) -> Body {
        Body { rule, module, range, alone: OnceLock::new() }
    }
}

impl Package {
    pub(crate) fn new(
        name: String,
        kinds: Vec<DocumentKind>,
        input: Input,
        entries: Vec<Entry>,
        exception: Option<String>,
    ) -> Package {
        Package {
            name,
            kinds,
            input,
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
        self.mentions = Mentions::of(self.modules.iter().map(|place| &all[*place]), &self.name, |_, _| true);
        self
    }

    /// Whether it judges documents of this kind.
    pub(crate) fn wants(&self, kind: DocumentKind) -> bool {
        (self.kinds.is_empty() && kind.is_for_all()) || self.kinds.contains(&kind)
    }

    /// The program, compiled when it is first asked for.
    pub(crate) fn program(&self, all: &[Module], options: &Options) -> &Result<Program, Fault> {
        self.program.get_or_init(|| {
            let entry = self.entries.first().map(|entry| entry.path.as_str()).unwrap_or_default();
            Program::compile(self.modules.iter().map(|place| (&all[*place], Vec::new())), options, entry)
        })
    }

    /// One body of an entry without the others, made when it is first asked for; `None` if it does not stand alone.
    pub(crate) fn alone<'p>(
        &self,
        entry: &'p Entry,
        body: &'p Body,
        all: &[Module],
        options: &Options,
    ) -> Option<&'p Alone> {
        let is_other = |other: &&Body| !std::ptr::eq(*other, body);
        let others = |place: usize| -> Vec<Range<usize>> {
            let bodies = entry.bodies.iter().filter(is_other).filter(|other| other.module == place);
            bodies.map(|other| other.range.clone()).collect()
        };
        let made = body.alone.get_or_init(|| {
            let modules = self.modules.iter().map(|place| (&all[*place], others(*place)));
            let program = Program::compile(modules, options, &entry.path).ok()?;
            let is_asked = |module: &Module, rule: &RuleSyntax| {
                let place = self.modules.iter().find(|place| std::ptr::eq(&all[**place], module));
                place.is_none_or(|place| !others(*place).contains(&rule.range))
            };
            let modules = self.modules.iter().map(|place| &all[*place]);
            Some(Alone { program, mentions: Mentions::of(modules, &self.name, is_asked) })
        });
        made.as_ref()
    }
}
