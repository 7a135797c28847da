//! Built-in rules compiled before delivery: what they say of a document, told without their text.
//!
//! A scan asks some two hundred rules, and most of them have nothing to say. Reading and compiling their text takes longer than
//! everything else a scan does, so the program carries them compiled, and reads the text of those alone that gave an answer.
//! Those that a document cannot give anything to do, because it lacks what they need, are not even run.

mod answers;
mod group;
mod header;
mod prepared;
mod write;

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::Duration;

use model::{DocumentKind, TreePath};

pub use self::answers::Answers;
use self::group::Ready;
use self::header::{GroupHeader, Header, RuleHeader};
pub use self::prepared::Prepared;
pub(crate) use self::prepared::together_of;
use crate::Input;
use crate::rego::Value;

/// Groups of rules, each read when it is first asked.
pub struct Precompiled {
    header: Header,
    bytes: &'static [u8],
    ready: Vec<OnceLock<Option<Ready>>>,
    data: serde_json::Value,
    /// The same for the machine.
    value: Value,
}

/// Who asks, and how.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// Rules of any of these profiles are asked.
    pub profiles: &'a [String],
    /// Time for one document.
    pub limit: Duration,
}

impl Precompiled {
    /// Reads what [`PolicySet::precompile`](crate::PolicySet::precompile) wrote; `None` if it was written of other texts, by
    /// another version, or is none. `data` is what rules see as `data`, beside packages: an object.
    pub fn open(bytes: &'static [u8], stamp: &str, data: &serde_json::Value) -> Option<Precompiled> {
        let header = Header::read(bytes).filter(|header| header.stamp == stamp)?;
        let ready = header.groups.iter().map(|_| OnceLock::new()).collect();
        Some(Precompiled { header, bytes, ready, data: data.clone(), value: Value::from(data.clone()) })
    }

    /// Rules that the machine could not compile, or this version of the engine cannot read, with the reason. They are asked by their
    /// texts.
    pub fn missing(&self) -> Vec<String> {
        let groups = self.header.groups.iter().enumerate();
        let missing = groups.filter_map(|(at, group)| {
            let ready = self.ready(at).filter(|ready| ready.machine.is_none())?;
            Some(ready.rules.iter().map(|rule| format!("{}: {}", rule.path, group.fault)))
        });
        missing.flatten().collect()
    }

    /// Whether a rule of these profiles judges documents of this kind.
    pub fn wants(&self, kind: DocumentKind, profiles: &[String]) -> bool {
        self.header.groups.iter().any(|group| group.wants(kind) && group.is_asked(profiles))
    }

    /// Whether a rule of these profiles sees all documents at once.
    pub fn sees_together(&self, profiles: &[String]) -> bool {
        self.header.groups.iter().any(|group| group.input == Input::Documents && group.is_asked(profiles))
    }

    /// Asks every rule that sees one document; `None` where something went wrong, and all have to be asked by their
    /// texts.
    pub fn ask(&self, prepared: &Prepared<'_>, asking: Asking<'_>) -> Option<Answers> {
        let document = prepared.document;
        let mut answers = Answers::default();
        let wanted = |group: &GroupHeader| group.input == Input::Document && group.wants(document.kind);
        for at in (0..self.ready.len()).filter(|at| wanted(&self.header.groups[*at])) {
            self.ask_group(at, &[prepared], || prepared.value().clone(), asking, &mut answers)?;
        }
        Some(answers)
    }

    /// The same of every rule that sees all documents of its kinds at once.
    pub fn ask_together(
        &self,
        documents: &[&Prepared<'_>],
        unread: &[TreePath],
        asking: Asking<'_>,
    ) -> Option<Answers> {
        let mut answers = Answers::default();
        for at in (0..self.ready.len()).filter(|at| self.header.groups[*at].input == Input::Documents) {
            let group = &self.header.groups[at];
            let wanted: Vec<&Prepared<'_>> =
                documents.iter().copied().filter(|prepared| group.wants(prepared.document.kind)).collect();
            if !wanted.is_empty() {
                self.ask_group(at, &wanted, || together_of(&wanted, unread), asking, &mut answers)?;
            }
        }
        Some(answers)
    }

    /// The files of the rules that gave an answer, and of what these need.
    pub fn files(&self, answers: &[&Answers]) -> BTreeSet<&str> {
        let given: BTreeSet<&str> = answers.iter().flat_map(|answers| answers.paths()).collect();
        let groups = (0..self.ready.len()).filter_map(|at| self.ready[at].get()?.as_ref());
        self.files_of(groups.flat_map(|ready| &ready.rules).filter(|rule| given.contains(rule.path.as_str())))
    }

    /// The files of the rules of these profiles that judge some of these kinds and have to be asked by their texts, and of what these
    /// need.
    pub fn open_files<'p>(&'p self, kinds: &BTreeSet<DocumentKind>, profiles: &'p [String]) -> BTreeSet<&'p str> {
        let groups = self.header.groups.iter().enumerate();
        let wanted =
            groups.filter(|(_, group)| kinds.iter().any(|kind| group.wants(*kind)) && group.is_asked(profiles));
        let open = wanted.filter_map(|(at, _)| self.ready(at).filter(|ready| ready.machine.is_none()));
        let rules = open.flat_map(|ready| &ready.rules);
        self.files_of(rules.filter(|rule| rule.is_in(profiles)))
    }

    fn files_of<'h>(&'h self, rules: impl Iterator<Item = &'h RuleHeader>) -> BTreeSet<&'h str> {
        rules.flat_map(|rule| &rule.files).map(|file| self.header.files[*file].as_str()).collect()
    }

    /// Asks those rules of a group that may have something to say; `input` is what they see of the documents.
    fn ask_group(
        &self,
        at: usize,
        documents: &[&Prepared<'_>],
        input: impl FnOnce() -> Value,
        asking: Asking<'_>,
        answers: &mut Answers,
    ) -> Option<()> {
        if !self.header.groups[at].is_asked(asking.profiles) {
            return Some(());
        }
        let ready = self.ready(at)?;
        // Those that have none are in `open_files`.
        let Some(machine) = &ready.machine else { return Some(()) };
        let sight = ready.sight(documents.iter().map(|prepared| prepared.document));
        let asked = ready.places(asking.profiles);
        let mut count = 0;
        let fulfils = |place: &usize| {
            count += 1;
            sight.fulfils(&ready.rules[*place].needs)
        };
        let places: Vec<usize> = asked.filter(fulfils).collect();
        if !places.is_empty() {
            let values = machine.ask(&places, input(), &self.value, asking.limit).ok()?;
            let rules: Vec<&RuleHeader> = places.iter().map(|place| &ready.rules[*place]).collect();
            answers.take(&values, &rules)?;
        }
        answers.asked += count;
        Some(())
    }

    fn ready(&self, at: usize) -> Option<&Ready> {
        let made = self.ready[at].get_or_init(|| Ready::of(&self.header.groups[at], self.bytes, &self.data));
        made.as_ref()
    }
}
