//! Built-in rules compiled before delivery: what they say of a document, told without their text.
//!
//! A scan asks some two hundred rules, and most of them have nothing to say. Reading and compiling their text takes longer than
//! everything else a scan does, so the program carries them compiled, and reads the text of those alone that gave an answer.

mod answers;
mod header;
mod prepared;
mod write;

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::Duration;

use model::{DocumentKind, TreePath};

pub use self::answers::Answers;
use self::header::{GroupHeader, Header, RuleHeader};
pub use self::prepared::Prepared;
pub(crate) use self::prepared::together_of;
use crate::Input;
use crate::rego::{Machine, Value};

/// Groups of rules, each a program that is read when it is first asked.
pub struct Precompiled {
    header: Header,
    bytes: &'static [u8],
    programs: Vec<OnceLock<Option<Machine>>>,
    data: Value,
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
        Some(Precompiled { header, bytes, programs, data: Value::from(data.clone()) })
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
        self.header.groups.iter().any(|group| group.wants(kind) && group.asked(profiles) > 0)
    }

    /// Whether a rule of these profiles sees all documents at once.
    pub fn sees_together(&self, profiles: &[String]) -> bool {
        self.header.groups.iter().any(|group| group.input == Input::Documents && group.asked(profiles) > 0)
    }

    /// Asks every rule that sees one document; `None` where something went wrong, and all have to be asked by their
    /// texts.
    pub fn ask(&self, prepared: &Prepared<'_>, asking: Asking<'_>) -> Option<Answers> {
        let document = prepared.document;
        let mut answers = Answers::default();
        let wanted = |group: &GroupHeader| group.input == Input::Document && group.wants(document.kind);
        for at in (0..self.programs.len()).filter(|at| wanted(&self.header.groups[*at])) {
            self.ask_group(at, &prepared.value, asking, &mut answers)?;
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
                self.ask_group(at, &together_of(&wanted, unread), asking, &mut answers)?;
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
            kinds.iter().any(|kind| group.wants(*kind)) && group.asked(profiles) > 0 && self.program(*at).is_none()
        });
        self.files_of(open.flat_map(|(_, group)| group.rules_of(profiles)))
    }

    fn files_of<'h>(&'h self, rules: impl Iterator<Item = &'h RuleHeader>) -> BTreeSet<&'h str> {
        rules.flat_map(|rule| &rule.files).map(|file| self.header.files[*file].as_str()).collect()
    }

    fn ask_group(&self, at: usize, input: &Value, asking: Asking<'_>, answers: &mut Answers) -> Option<()> {
        let group = &self.header.groups[at];
        let asked = group.asked(asking.profiles);
        if asked == 0 {
            return Some(());
        }
        // Those that have none are in `open_files`.
        let Some(program) = self.program(at) else { return Some(()) };
        for question in group.questions.iter().filter(|question| asking.profiles.contains(&question.profile)) {
            let value = program.ask(&question.rule, input.clone(), &self.data, asking.limit).ok()?;
            answers.take(&value, &question.parts, &group.rules)?;
        }
        answers.asked += asked as u64;
        Some(())
    }

    fn program(&self, at: usize) -> Option<&Machine> {
        let made = self.programs[at].get_or_init(|| Machine::open(self.header.groups[at].program(self.bytes)?).ok());
        made.as_ref()
    }
}
