//! Built-in rules compiled before delivery: what they say of a document, told without their text.
//!
//! A scan asks some two hundred rules, and most of them have nothing to say. Reading and compiling their text takes longer than
//! everything else a scan does, so the program carries them compiled, and reads the text of those alone that gave an answer.

mod answers;
mod header;
mod prepared;
mod sight;
mod write;

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::Duration;

use model::{DocumentKind, TreePath};

pub use self::answers::Answers;
use self::header::{GroupHeader, Header, RuleHeader};
pub use self::prepared::Prepared;
pub(crate) use self::prepared::together_of;
use self::sight::{Marks, Sight};
use crate::Input;
use crate::rego::{Machine, Value};

/// Groups of rules, each a program that is read when it is first asked.
pub struct Precompiled {
    header: Header,
    bytes: &'static [u8],
    programs: Vec<OnceLock<Option<Machine>>>,
    marks: Vec<OnceLock<(Marks, Sight)>>,
    data: Value,
    data_as_given: serde_json::Value,
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
        let programs = header.groups.iter().map(|_| OnceLock::new()).collect();
        let marks = header.groups.iter().map(|_| OnceLock::new()).collect();
        let value = Value::from(data.clone());
        Some(Precompiled { header, bytes, programs, marks, data: value, data_as_given: data.clone() })
    }

    /// Rules that the machine could not compile, or this version of the engine cannot read, with the reason. They are asked by their
    /// texts.
    pub fn missing(&self) -> Vec<String> {
        let groups = self.header.groups.iter().enumerate();
        let missing = groups.filter(|(at, _)| self.program(*at).is_none());
        missing
            .flat_map(|(_, group)| group.rules.iter().map(|rule| format!("{}: {}", rule.path, group.fault)))
            .collect()
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
        for at in (0..self.programs.len()).filter(|at| wanted(&self.header.groups[*at])) {
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
        for at in (0..self.programs.len()).filter(|at| self.header.groups[*at].input == Input::Documents) {
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
        let rules = self.header.groups.iter().flat_map(|group| &group.rules);
        self.files_of(rules.filter(|rule| given.contains(rule.path.as_str())))
    }

    /// The files of the rules of these profiles that judge some of these kinds and have to be asked by their texts, and of what these
    /// need.
    pub fn open_files<'p>(&'p self, kinds: &BTreeSet<DocumentKind>, profiles: &'p [String]) -> BTreeSet<&'p str> {
        let groups = self.header.groups.iter().enumerate();
        let open = groups.filter(|(at, group)| {
            kinds.iter().any(|kind| group.wants(*kind)) && group.is_asked(profiles) && self.program(*at).is_none()
        });
        self.files_of(open.flat_map(|(_, group)| group.rules_of(profiles)))
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
        let group = &self.header.groups[at];
        let asked: Vec<usize> = group.places_of(asking.profiles).collect();
        if asked.is_empty() {
            return Some(());
        }
        // Those that have none are in `open_files`.
        let Some(program) = self.program(at) else { return Some(()) };
        let sight = self.sight(at, documents);
        let mut places = asked.clone();
        places.retain(|place| sight.fulfils(&group.rules[*place].needs));
        if !places.is_empty() {
            let value = program.ask(&places, input(), &self.data, asking.limit).ok()?;
            let rules: Vec<&RuleHeader> = places.iter().map(|place| &group.rules[*place]).collect();
            answers.take(&value, &rules)?;
        }
        answers.asked += asked.len() as u64;
        Some(())
    }

    /// What is to be seen of documents, and of the data, that the rules of a group look for.
    fn sight(&self, at: usize, documents: &[&Prepared<'_>]) -> Sight {
        let (marks, in_data) = self.marks[at].get_or_init(|| {
            let marks = Marks::of(&self.header.groups[at].marks);
            let in_data = marks.in_data(&self.data_as_given);
            (marks, in_data)
        });
        let mut sight = in_data.clone();
        documents.iter().for_each(|prepared| marks.see(prepared.document, &mut sight));
        sight
    }

    fn program(&self, at: usize) -> Option<&Machine> {
        let group = &self.header.groups[at];
        let paths = || group.rules.iter().map(|rule| rule.path.as_str());
        let made = self.programs[at].get_or_init(|| Machine::open(group.program(self.bytes)?, paths()).ok());
        made.as_ref()
    }
}
