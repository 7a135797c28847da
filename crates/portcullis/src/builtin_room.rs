//! The built-in rules as a scan asks them: compiled before delivery, and of their texts only those that have something to say.
//!
//! Where the machine gives no answer (a rule it cannot compile, a builtin that fails, no time left) the texts are asked of the
//! interpreter, as the user's are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use model::{Cancel, Document, Rule, RuleId, TreePath};
use policy::{Answers, Asking, Evaluation, Options, ParsedPolicy, PolicyFile, PolicySet, Precompiled, Prepared};
use rayon::prelude::*;

use crate::builtin_policies;

/// Documents that one rule may see at once within the time for one.
const DOCUMENTS_PER_LIMIT: usize = 1000;

/// The built-in rules of some profiles.
pub(crate) struct BuiltinRoom {
    profiles: Vec<String>,
    options: Options,
    precompiled: OnceLock<Option<Precompiled>>,
    /// All texts, for what the machine cannot answer.
    texts: OnceLock<PolicySet>,
    /// What is known of rules that gave something.
    known: Mutex<BTreeMap<RuleId, Rule>>,
}

impl BuiltinRoom {
    pub(crate) fn new(profiles: Vec<String>, options: Options) -> BuiltinRoom {
        BuiltinRoom { profiles, options, precompiled: OnceLock::new(), texts: OnceLock::new(), known: Mutex::default() }
    }

    /// The files of all its rules; reads none of them.
    pub(crate) fn files(&self) -> Vec<PolicyFile> {
        if self.profiles.is_empty() { Vec::new() } else { builtin_policies::files_of(&self.profiles) }
    }

    /// Judges every document alone, then those that rules see together; `unread` are files that may hold some and could not be read.
    pub(crate) fn judge(&self, documents: &[&Document], unread: &[TreePath], cancel: &Cancel) -> Evaluation {
        self.judge_as(documents, Some(unread), cancel)
    }

    /// Judges every document alone, and by no rule that sees several.
    pub(crate) fn judge_alone(&self, documents: &[&Document], cancel: &Cancel) -> Evaluation {
        self.judge_as(documents, None, cancel)
    }

    fn judge_as(&self, documents: &[&Document], unread: Option<&[TreePath]>, cancel: &Cancel) -> Evaluation {
        if self.profiles.is_empty() {
            return Evaluation::default();
        }
        let prepared: Vec<Prepared<'_>> = documents.iter().map(|document| Prepared::of(document)).collect();
        let prepared_all: Vec<&Prepared<'_>> = prepared.iter().collect();
        let (alone, together) = self.ask(&prepared_all, unread, cancel);
        let given: Vec<&Answers> = alone.iter().chain([&together]).flatten().collect();
        let given = || self.load(&self.files_given(&given));
        let (set, open) = rayon::join(given, || self.load(&self.files_open(documents)));
        let judge = |((prepared, document), answers): ((&Prepared<'_>, &&Document), &Option<Answers>)| match answers {
            Some(answers) => {
                let mut judged = set.evaluate_answers(prepared, answers, cancel);
                judged.take(open.evaluate(document, cancel));
                judged
            }
            None => self.texts().evaluate(document, cancel),
        };
        let judged = prepared.par_iter().zip(documents).zip(&alone).map(judge);
        let mut all = Evaluation::default();
        judged.collect::<Vec<_>>().into_iter().for_each(|evaluation| all.take(evaluation));
        let Some(unread) = unread else { return all };
        match &together {
            Some(answers) => {
                all.take(set.evaluate_answers_together(&prepared_all, unread, answers, cancel));
                all.take(open.evaluate_together(documents, unread, cancel));
            }
            None => all.take(self.texts().evaluate_together(documents, unread, cancel)),
        }
        all
    }

    /// What is known of the rules that gave something so far.
    pub(crate) fn known(&self) -> BTreeMap<RuleId, Rule> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn ask(
        &self,
        prepared: &[&Prepared<'_>],
        unread: Option<&[TreePath]>,
        cancel: &Cancel,
    ) -> (Vec<Option<Answers>>, Option<Answers>) {
        let Some(precompiled) = self.precompiled() else { return (vec![None; prepared.len()], None) };
        let asking = |limit: Duration| {
            let left = cancel.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()));
            Asking { profiles: &self.profiles, limit: left.map_or(limit, |left| left.min(limit)) }
        };
        let limit = self.options.time_limit;
        let ask = |prepared: &&Prepared<'_>| match cancel.is_cancelled() {
            true => None,
            false => precompiled.ask(prepared, asking(limit)),
        };
        let together = || {
            let limit = limit * (1 + prepared.len() / DOCUMENTS_PER_LIMIT) as u32;
            unread.and_then(|unread| precompiled.ask_together(prepared, unread, asking(limit)))
        };
        let alone = || prepared.par_iter().map(ask).collect();
        // The longest piece that cannot be cut goes first.
        let (together, alone) = rayon::join(together, alone);
        (alone, together)
    }

    /// The texts of the rules that gave an answer, with what they need.
    fn files_given(&self, given: &[&Answers]) -> BTreeSet<&str> {
        self.precompiled().map(|precompiled| precompiled.files(given)).unwrap_or_default()
    }

    /// The same of the rules that the machine was not asked.
    fn files_open(&self, documents: &[&Document]) -> BTreeSet<&str> {
        let kinds = documents.iter().map(|document| document.kind).collect();
        self.precompiled().map(|precompiled| precompiled.open_files(&kinds, &self.profiles)).unwrap_or_default()
    }

    fn load(&self, names: &BTreeSet<&str>) -> PolicySet {
        let set = loaded(&builtin_policies::files_named(|name| names.contains(name)), &self.options);
        self.remember(&set);
        set
    }

    /// All texts.
    fn texts(&self) -> &PolicySet {
        self.texts.get_or_init(|| {
            let set = loaded(&self.files(), &self.options);
            self.remember(&set);
            set
        })
    }

    fn remember(&self, set: &PolicySet) {
        let rules = set.rules().iter().map(|loaded| (loaded.rule.id.clone(), loaded.rule.clone()));
        self.known.lock().unwrap_or_else(PoisonError::into_inner).extend(rules);
    }

    fn precompiled(&self) -> Option<&Precompiled> {
        self.precompiled.get_or_init(|| builtin_policies::compiled(&self.options.data)).as_ref()
    }
}

/// Reading the texts is most of the work, and each can be read alone.
fn loaded(files: &[PolicyFile], options: &Options) -> PolicySet {
    let parsed = files.par_iter().map(|file| ParsedPolicy::of(file, options)).collect();
    let (set, errors) = policy::load_parsed(parsed, options);
    assert!(errors.is_empty(), "the built-in policies compile, their tests prove it: {errors:?}");
    set
}
