//! Compiles loaded rules and writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::header::{GroupHeader, Header, Question, RuleHeader};
use crate::PolicySet;
use crate::group::Group;
use crate::package::{Body, Entry};
use crate::rego::{Machine, lists};

/// A group, and its program or why there is none.
type Written = (GroupHeader, Result<Vec<u8>, String>);

/// The package of the rules that ask all others; no policy has that name.
const PACKAGE: &str = "portcullis_asks";
/// Rules whose values stand in one list: the machine counts what it holds at once in a byte.
const MOST_TOGETHER: usize = 100;

impl PolicySet {
    /// The bytes of a [`Precompiled`](crate::Precompiled) of all groups. Each of `profiles` can be asked; `stamp` has to be given
    /// again to open it. Rules of the ids in `except` are left out, because the machine does not give what their texts give.
    /// What it cannot compile is told by `Precompiled::missing`.
    pub fn precompile(&self, profiles: &[&str], stamp: &str, except: &[&str]) -> Vec<u8> {
        let mut header = Header { stamp: stamp.to_owned(), ..Header::default() };
        header.files = self.modules.iter().map(|module| module.file.clone()).collect();
        let mut programs = Vec::new();
        for group in &self.groups {
            let mut all = Vec::new();
            let (excepted, rules) = self.rules_of(group, except);
            if !excepted.is_empty() {
                let (written, _) = self.written(group, excepted, &[]);
                all.push((written, Err("the machine does not give what the text gives".to_owned())));
            }
            let whole = self.written(group, rules, profiles);
            // A rule that the machine cannot compile does not keep the others from it.
            all.extend(if whole.1.is_ok() { vec![whole] } else { self.parted(group, whole.0.rules, profiles) });
            for (mut written, program) in all {
                written.start = programs.len();
                match program {
                    Ok(program) => {
                        written.length = program.len();
                        programs.extend(program);
                    }
                    Err(fault) => written.fault = fault,
                }
                header.groups.push(written);
            }
        }
        header.write(&programs)
    }

    fn written(&self, group: &Group, rules: Vec<RuleHeader>, profiles: &[&str]) -> Written {
        let written = GroupHeader {
            kinds: group.kinds.clone(),
            input: group.input,
            questions: questions(&rules, profiles),
            rules,
            start: 0,
            length: 0,
            fault: String::new(),
        };
        let program = self.compiled(&written);
        (written, program)
    }

    /// Those that the machine can compile together, and each of the others.
    fn parted(&self, group: &Group, rules: Vec<RuleHeader>, profiles: &[&str]) -> Vec<Written> {
        let alone = rules.into_iter().map(|rule| self.written(group, vec![rule], profiles));
        let (good, bad): (Vec<Written>, Vec<Written>) = alone.partition(|(_, program)| program.is_ok());
        let good = good.into_iter().flat_map(|(written, _)| written.rules).collect();
        [self.written(group, good, profiles)].into_iter().chain(bad).collect()
    }

    /// Those that are left out, and the others.
    fn rules_of(&self, group: &Group, except: &[&str]) -> (Vec<RuleHeader>, Vec<RuleHeader>) {
        let packages = group.packages.iter().map(|place| &self.packages[*place]);
        let entries = packages.flat_map(|package| package.entries.iter().map(move |entry| (package, entry)));
        let (mut excepted, mut others) = (Vec::new(), Vec::new());
        for (package, entry) in entries {
            let rule = &self.rules()[entry.rule].rule;
            let list = if except.contains(&rule.id.as_str()) { &mut excepted } else { &mut others };
            list.push(RuleHeader {
                path: entry.path.clone(),
                profiles: rule.profiles.clone(),
                files: package.modules.clone(),
                lists: self.lists(entry),
            });
        }
        (excepted, others)
    }

    /// The lists that every body of a rule goes through.
    fn lists(&self, entry: &Entry) -> BTreeSet<String> {
        let of = |body: &Body| {
            let rules = self.modules[body.module].rules().iter();
            rules.filter(|rule| rule.range == body.range).map(lists).next().unwrap_or_default()
        };
        let all = entry.bodies.iter().map(of);
        all.reduce(|left, right| left.intersection(&right).cloned().collect()).unwrap_or_default()
    }

    fn compiled(&self, written: &GroupHeader) -> Result<Vec<u8>, String> {
        let mut own = format!("package {PACKAGE}\n");
        for (at, question) in written.questions.iter().enumerate() {
            let names: Vec<String> = (0..question.parts.len()).map(|part| format!("{}_{part}", name(at))).collect();
            for (part, places) in names.iter().zip(&question.parts) {
                let paths: Vec<&str> = places.iter().map(|place| written.rules[*place].path.as_str()).collect();
                let condition = written.rules[places[0]]
                    .list()
                    .map_or_else(String::new, |list| format!(" if {{\n\tcount({list}) > 0\n}} else := []"));
                writeln!(own, "{part} := [{}]{condition}", paths.join(", ")).expect("a string takes all");
            }
            writeln!(own, "{} := [{}]", name(at), names.join(", ")).expect("a string takes all");
        }
        let asked: Vec<String> = written.questions.iter().map(|question| question.rule.clone()).collect();
        let needed: BTreeSet<usize> = written.rules.iter().flat_map(|rule| rule.files.iter().copied()).collect();
        let modules = needed.iter().map(|place| &self.modules[*place]);
        Machine::compile(modules, own, &asked, &self.options).map_err(|fault| fault.to_string())
    }
}

impl RuleHeader {
    /// One of its lists.
    fn list(&self) -> Option<&str> {
        self.lists.first().map(String::as_str)
    }
}

fn questions(rules: &[RuleHeader], profiles: &[&str]) -> Vec<Question> {
    let asked = profiles.iter().map(|profile| {
        let is_in = |rule: &RuleHeader| rule.profiles.iter().any(|own| own == profile);
        // Those that go through the same list are left out together where it is empty.
        let mut parts: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for place in (0..rules.len()).filter(|place| is_in(&rules[*place])) {
            parts.entry(rules[place].list()).or_default().push(place);
        }
        let parts = parts.values().flat_map(|places| places.chunks(MOST_TOGETHER)).map(<[usize]>::to_vec);
        (profile, parts.collect::<Vec<_>>())
    });
    let question = |(at, (profile, parts)): (usize, (&&str, Vec<Vec<usize>>))| Question {
        profile: (*profile).to_owned(),
        rule: format!("data.{PACKAGE}.{}", name(at)),
        parts,
    };
    asked.filter(|(_, parts)| !parts.is_empty()).enumerate().map(question).collect()
}

fn name(at: usize) -> String {
    format!("asks_{at}")
}
